/** What the grades of a course say of its labs and checks: distributions, difficulty, discrimination, lateness. */
@NullMarked
package org.labharness.autograder.statistics;

import org.jspecify.annotations.NullMarked;

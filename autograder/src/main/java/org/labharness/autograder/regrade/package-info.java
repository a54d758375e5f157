/** What another rubric makes of evidence that is there already: who would change, by how much and why, before anything does. */
@NullMarked
package org.labharness.autograder.regrade;

import org.jspecify.annotations.NullMarked;

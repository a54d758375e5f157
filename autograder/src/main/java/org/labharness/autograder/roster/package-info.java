/** Who takes a course: students, their teams, sections, repositories, extensions and excuses. */
@NullMarked
package org.labharness.autograder.roster;

import org.jspecify.annotations.NullMarked;

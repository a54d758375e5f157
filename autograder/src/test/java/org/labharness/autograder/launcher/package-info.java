/** Runs the launcher {@code ./lab} and the scripts below {@code docker/} as a user would, with programs of their own on PATH. */
@NullMarked
package org.labharness.autograder.launcher;

import org.jspecify.annotations.NullMarked;

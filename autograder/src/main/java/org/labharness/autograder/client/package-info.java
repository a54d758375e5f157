/** Speaks to a server of the harness as a program does: hands in, follows a grading, brings its verdict. */
@NullMarked
package org.labharness.autograder.client;

import org.jspecify.annotations.NullMarked;

/** Lets submissions wait for their grading, and lets workers of this and of other machines take them one by one. */
@NullMarked
package org.labharness.autograder.queue;

import org.jspecify.annotations.NullMarked;

/** Spring Batch's jobs: the grading of one submission, and of a class. The only place that knows Spring Batch. */
@NullMarked
package org.labharness.autograder.job;

import org.jspecify.annotations.NullMarked;

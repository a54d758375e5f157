/** Keeps what facts point to, by its SHA-256: the evidence of runs, Git bundles of submissions, and files of predictions. */
@NullMarked
package org.labharness.autograder.archive;

import org.jspecify.annotations.NullMarked;

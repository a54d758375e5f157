/** Keeps what facts point to, by its SHA-256: the evidence of runs, and Git bundles of submissions. */
@NullMarked
package org.labharness.autograder.archive;

import org.jspecify.annotations.NullMarked;

/** The harness's own Git endpoint: repositories that students push to, and an answer that tells live what becomes of a push. */
@NullMarked
package org.labharness.autograder.gitserver;

import org.jspecify.annotations.NullMarked;

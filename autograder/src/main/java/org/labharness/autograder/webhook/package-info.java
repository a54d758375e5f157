/** Pushes that forges tell of: proven, noted before the answer, frozen and graded afterwards. */
@NullMarked
package org.labharness.autograder.webhook;

import org.jspecify.annotations.NullMarked;

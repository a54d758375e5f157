/** Data challenges: predictions against hidden labels, what they score in public and in private, and what that is worth. */
@NullMarked
package org.labharness.autograder.challenge;

import org.jspecify.annotations.NullMarked;

/** Submissions that attack the harness: each attack works where its one protection is missing, and not against the harness. */
@NullMarked
package org.labharness.autograder.hostile;

import org.jspecify.annotations.NullMarked;

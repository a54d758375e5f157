/** Reads {@code lab.yaml} into a {@link org.labharness.lab.Lab}, collecting every problem with its line before failing once. */
@NullMarked
package org.labharness.lab.load;

import org.jspecify.annotations.NullMarked;

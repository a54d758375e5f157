/** The submissions that ship with a lab, with what each must earn, and their files. */
@NullMarked
package org.labharness.lab.sample;

import org.jspecify.annotations.NullMarked;

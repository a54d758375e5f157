/** What a lab is and what can be said of one: checks and their arguments, verdicts, findings, points. No I/O. */
@NullMarked
package org.labharness.lab;

import org.jspecify.annotations.NullMarked;

/** What graders enter into forms: one mark at a time, or a table of them. */
@NullMarked
package org.labharness.autograder.mark;

import org.jspecify.annotations.NullMarked;

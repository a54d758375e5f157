/** What students are shown: frozen when staff release it, and changed only by another release. */
@NullMarked
package org.labharness.autograder.release;

import org.jspecify.annotations.NullMarked;

/** Forgets a person: facts stay, without a name. */
@NullMarked
package org.labharness.autograder.forget;

import org.jspecify.annotations.NullMarked;

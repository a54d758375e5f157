/** Tokens by which people and pipelines speak to the server: what they look like, and whom they are for. */
@NullMarked
package org.labharness.autograder.token;

import org.jspecify.annotations.NullMarked;

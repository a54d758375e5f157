/** Answers of other servers. */
@NullMarked
package org.labharness.autograder.http;

import org.jspecify.annotations.NullMarked;

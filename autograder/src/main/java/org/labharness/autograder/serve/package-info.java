/** The server: one process that takes pushes, answers over HTTP, and grades. */
@NullMarked
package org.labharness.autograder.serve;

import org.jspecify.annotations.NullMarked;

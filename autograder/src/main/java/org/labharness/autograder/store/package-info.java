/** Keeps the facts of courses in a database: H2 in a file, or PostgreSQL, with the same migrations. */
@NullMarked
package org.labharness.autograder.store;

import org.jspecify.annotations.NullMarked;

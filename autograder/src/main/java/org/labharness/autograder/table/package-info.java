/** Tables that people bring and take away as CSV, whatever their spreadsheet made of them. */
@NullMarked
package org.labharness.autograder.table;

import org.jspecify.annotations.NullMarked;

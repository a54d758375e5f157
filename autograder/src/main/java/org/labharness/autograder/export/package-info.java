/** A gradebook as other programs take it: tables for people, Moodle and Canvas, and JSON. */
@NullMarked
package org.labharness.autograder.export;

import org.jspecify.annotations.NullMarked;

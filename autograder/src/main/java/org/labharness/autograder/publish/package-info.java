/** Writes what students get of a lab, and nothing else of it. */
@NullMarked
package org.labharness.autograder.publish;

import org.jspecify.annotations.NullMarked;

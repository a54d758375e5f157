/** A class of invented students whose repositories show good work and the usual ways of going wrong. */
@NullMarked
package org.labharness.autograder.demo;

import org.jspecify.annotations.NullMarked;

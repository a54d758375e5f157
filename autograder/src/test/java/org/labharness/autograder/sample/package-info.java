/** Evidence made by hand for tests: good work, and the ways of going wrong that classes show. */
@NullMarked
package org.labharness.autograder.sample;

import org.jspecify.annotations.NullMarked;

/** What programs ask the server over HTTP: handing in, following a grading, its verdict. */
@NullMarked
package org.labharness.autograder.api;

import org.jspecify.annotations.NullMarked;

/** A remote for DVC over HTTP, one for each student or team and lab. */
@NullMarked
package org.labharness.autograder.dvcremote;

import org.jspecify.annotations.NullMarked;

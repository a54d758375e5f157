/** Asks a service of a submission, and stands in for one that its client should ask. */
@NullMarked
package org.labharness.probe.http;

import org.jspecify.annotations.NullMarked;

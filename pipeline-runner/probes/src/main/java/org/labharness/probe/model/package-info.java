/** Loads models of formats that carry no code and lets them predict. */
@NullMarked
package org.labharness.probe.model;

import org.jspecify.annotations.NullMarked;

package org.labharness.pipeline.preflight;

import org.labharness.lab.Place;

/**
 * What shows that code is written for Python 3.12 or newer.
 *
 * @param what in words, to follow the place
 */
public record NewerPython(String what, Place where) {}

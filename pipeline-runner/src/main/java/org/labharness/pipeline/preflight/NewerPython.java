package org.labharness.pipeline.preflight;

import org.labharness.lab.Place;

/**
 * What shows that code is written for Python 3.12 or newer.
 *
 * @param what in words, to follow "uses"
 */
public record NewerPython(String what, Place where) {}

package org.labharness.autograder.challenge;

import org.labharness.lab.challenge.Baseline;

/** A baseline with what it scores. */
public record Yardstick(Baseline baseline, Measured measured) {}

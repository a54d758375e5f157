package org.labharness.lab;

/** How much a finding matters. */
public enum Severity {
    /** The pipeline cannot run because of it. */
    BLOCKS,
    /** A check is likely to lose points because of it. */
    COSTS_POINTS,
    /** Good to know. */
    ADVICE
}

package org.labharness.autograder.check;

/** What became of a stage, by whose doing. */
enum Blame {
    /** It ran. */
    RAN,
    /** Its work, or that of a stage it needs, failed. */
    WORK,
    /** The student's data, or a service that the work calls, cannot be reached. */
    DATA,
    /** The harness could not run it. */
    OURS,
    /** Frozen in dvc.yaml: never runs. */
    FROZEN,
    /** The lab's input stands in for it. */
    REPLACED
}

package org.labharness.pipeline.sandbox;

/** Whose code runs in a container. */
public enum Whose {
    /** The harness's, or a course's or a package's on its behalf: it shows signs of work, or it is stuck. */
    OURS,
    /** The submission's, or what reads a model of it, asks its service, tests its tree: it may wait for as long as its limits allow. */
    THEIRS
}

package org.labharness.pipeline.sandbox;

/** What a container can reach. */
public enum Network {
    /** Nothing, not even other containers. */
    NONE,
    /** The submission's namespace: loopback only, shared with its other containers. */
    SUBMISSION,
    /** The package index; with the host's proxy, CA bundle and index settings. Never for a container that runs student code. */
    PACKAGE_INDEX
}

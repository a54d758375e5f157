package org.labharness.pipeline.preflight;

import org.labharness.lab.Place;

/**
 * An MLflow tracking address that is written into the code or configuration of a submission.
 *
 * @param uri as written
 * @param host in lower case; empty for files and databases
 * @param port the default one of the scheme where none is written; -1 for files and databases
 * @param use when the code uses it
 * @param bound whether the submission's own code or commands open that port themselves
 */
public record TrackingUri(String uri, String host, int port, Place where, Use use, boolean bound) {
    /** When an address is used. */
    public enum Use {
        ALWAYS,
        /** Only under a condition. */
        UNDER_CONDITION,
        /** First, and where that fails, the code goes on without it. */
        TRIED
    }

    /** Whether it is a server on the machine that runs the code. */
    public boolean isLoopback() {
        return host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals("0.0.0.0")
                || host.equals("::1")
                || host.equals("host.docker.internal");
    }

    /** Whether it is a folder or database file, not a server. */
    public boolean isFile() {
        return host.isEmpty();
    }
}

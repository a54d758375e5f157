package org.labharness.autograder.cli;

import picocli.CommandLine.Option;

/** How strict the sandbox is. */
final class SandboxOptions {
    @Option(
            names = "--accept-weaker-sandbox",
            description = "Go on where this engine or user cannot enforce every limit (./lab doctor names them).")
    private boolean acceptWeaker;

    boolean acceptWeaker() {
        return acceptWeaker;
    }
}

package org.labharness.pipeline.collect.dvc;

/** How much of a history's documents is parsed: Git keeps the same content under any number of names and commits for nothing. */
final class Budget {
    private long bytes;

    Budget(long bytes) {
        this.bytes = bytes;
    }

    /** Whether so much may still be parsed. */
    boolean take(long size) {
        if (size < 0 || size > bytes) {
            return false;
        }
        bytes -= size;
        return true;
    }
}

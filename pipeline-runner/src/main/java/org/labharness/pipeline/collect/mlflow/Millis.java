package org.labharness.pipeline.collect.mlflow;

/** Times as stores write them: milliseconds since 1970. */
final class Millis {
    private Millis() {}

    /** 0 where it is no time. */
    static long parse(String text) {
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

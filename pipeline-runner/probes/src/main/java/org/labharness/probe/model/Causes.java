package org.labharness.probe.model;

/** Words of libraries and models, as long as anybody reads them. */
final class Causes {
    private static final int LONGEST = 1_000;

    private Causes() {}

    /** The words of the deepest cause: those around it only say that something failed. */
    static String words(Throwable problem) {
        Throwable deepest = problem;
        for (int depth = 0; depth < 20 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return shortened(String.valueOf(deepest.getMessage() == null ? deepest : deepest.getMessage()));
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}

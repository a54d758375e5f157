package org.labharness.autograder.gitserver;

/**
 * Whether this process is being ended. From then on throwaway folders vanish and the embedded database closes, beside whatever still
 * runs: what fails then says nothing of the work that was pushed.
 */
final class Shutdown {
    private Shutdown() {}

    static boolean underway() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}

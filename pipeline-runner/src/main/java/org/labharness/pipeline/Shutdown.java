package org.labharness.pipeline;

/**
 * Whether this process is being ended. From then on throwaway folders vanish and the embedded database closes, beside whatever still
 * runs: what fails then says nothing of anybody's work.
 */
public final class Shutdown {
    private Shutdown() {}

    public static boolean underway() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}

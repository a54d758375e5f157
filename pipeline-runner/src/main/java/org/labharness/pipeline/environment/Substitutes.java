package org.labharness.pipeline.environment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Packages that cannot work where stages run, and what stands in for them. Facts, kept by hand. */
final class Substitutes {
    private static final Set<String> OTHER_SYSTEMS = Set.of(
            "pywin32",
            "pypiwin32",
            "pywinpty",
            "pywin32-ctypes",
            "winshell",
            "windows-curses",
            "comtypes",
            "wmi",
            "winsdk",
            "tensorflow-intel",
            "tensorflow-macos",
            "tensorflow-metal",
            "appnope",
            "pyobjc",
            "pyobjc-core",
            "triton-windows");

    /** Names under which the index has nothing that installs, or nothing that runs without a screen; the versions are the same. */
    private static final Map<String, Substitute> OTHERS = Map.of(
            "sklearn", new Substitute("scikit-learn", false, "is the name to import"),
            "tensorflow-gpu", new Substitute("tensorflow", true, "is part of tensorflow now"),
            "psycopg2", new Substitute("psycopg2-binary", true, "has to be compiled"),
            "opencv-python",
                    new Substitute("opencv-python-headless", true, "needs a screen, which a container has not"),
            "opencv-contrib-python",
                    new Substitute(
                            "opencv-contrib-python-headless", true, "needs a screen, which a container has not"));

    private Substitutes() {}

    /**
     * @param name the package to take
     * @param sameVersion whether the version asked for is asked of it too
     * @param reason completes the sentence that begins with the old name
     */
    record Substitute(String name, boolean sameVersion, String reason) {}

    static boolean isForAnotherSystem(String normalized) {
        return OTHER_SYSTEMS.contains(normalized) || normalized.startsWith("pyobjc-");
    }

    /** Grading machines have no graphics card, and the packages that use one bring these along. */
    static boolean isForGraphicsCards(String normalized) {
        return normalized.matches("nvidia-[a-z]+(-[a-z]+)*-cu\\d+") || normalized.equals("triton");
    }

    static Optional<Substitute> of(String normalized) {
        return Optional.ofNullable(OTHERS.get(normalized));
    }
}

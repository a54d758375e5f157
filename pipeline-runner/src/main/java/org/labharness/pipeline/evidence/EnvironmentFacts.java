package org.labharness.pipeline.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/**
 * The Python environment of the run.
 *
 * @param python version, such as 3.11
 * @param declaredIn files that it was read from, or {@code lab.yaml}; empty where it was derived from imports
 * @param installed exact pins, sorted
 * @param setAside requirements not installed as declared
 * @param broken well-known modules that cannot be imported with what was installed
 * @param failure why no environment could be made, or null
 * @param help what was needed beyond the first try ("constraints of ...", "Python 3.13"), or null
 * @param digest identifies the environment's content; empty where it failed
 */
public record EnvironmentFacts(
        String python,
        List<String> declaredIn,
        List<String> installed,
        List<SetAside> setAside,
        List<Broken> broken,
        @Nullable Failure failure,
        @Nullable String help,
        String digest) {
    public EnvironmentFacts {
        declaredIn = List.copyOf(declaredIn);
        installed = List.copyOf(installed);
        setAside = List.copyOf(setAside);
        broken = List.copyOf(broken);
    }

    /**
     * @param reason in words for the student: what was wrong with it
     * @param fault whether the student can be blamed (an impossible pin), or not (a Windows-only package)
     * @param ours whether it is for the Pythons and the sandbox of the harness that it could not be had: elsewhere it can
     */
    public record SetAside(String requirement, Place where, String reason, boolean fault, boolean ours) {}

    /** @param error the exception's words, in one line */
    public record Broken(String module, String error) {}

    /** @param message what could not be installed and why, in words for the student */
    public record Failure(String message, @Nullable Place where, LogExcerpt log) {}
}

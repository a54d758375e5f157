package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;

/** Says in words of the harness's own why a requirement could not be had as declared. */
final class VerdictWords {
    private VerdictWords() {}

    static SetAside of(Requirement requirement, String verdict, Resolution resolution) {
        String name = requirement.name();
        String instead = installed(requirement, resolution);
        String reason = switch (verdict) {
            case "unknown" -> "there is no package '" + name + "' in the package index; it was left out";
            case "no-version" ->
                "the package index has no such version of " + name + " for Python " + resolution.python() + "; "
                        + instead;
            case "no-wheel" ->
                "has no ready-made package (wheel) for Linux and Python " + resolution.python() + "; " + instead;
            case "other-python" -> "does not support Python " + resolution.python() + "; " + instead;
            case "conflict" -> "contradicts the other requirements; " + instead;
            case "too-new" -> "was published after the day of the commit; it was installed as asked for";
            default -> "could not be installed as declared (" + verdict + "); " + instead;
        };
        boolean fault = verdict.equals("unknown") || verdict.equals("no-version") || verdict.equals("conflict");
        return new SetAside(requirement.declared(), requirement.where(), reason, fault);
    }

    private static String installed(Requirement requirement, Resolution resolution) {
        return resolution.pins().stream()
                .filter(pin -> new Requirement(pin.split("==", 2)[0], pin, pin, requirement.where())
                        .normalized()
                        .equals(requirement.normalized()))
                .findFirst()
                .map(pin -> pin + " was installed instead")
                .orElse("it was left out");
    }

    /** What was needed beyond the first try, or null. */
    static @Nullable String help(Resolution resolution, List<String> constraints) {
        List<String> words = new ArrayList<>();
        for (String help : resolution.help()) {
            words.add(
                    switch (help) {
                        case "cap" -> "no cap by date: the package index gives no upload times";
                        case "constraints" -> "the constraints " + String.join(" ", constraints);
                        case "python" -> "Python " + resolution.python();
                        default -> help;
                    });
        }
        return words.isEmpty() ? null : String.join("; ", words);
    }
}

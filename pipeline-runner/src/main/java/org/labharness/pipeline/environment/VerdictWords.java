package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.evidence.LogExcerpt;

/** Says in words of the harness's own why a requirement could not be had as declared. */
final class VerdictWords {
    private static final int MOST_NAMED = 3;

    private VerdictWords() {}

    static Aside of(Requirement requirement, String verdict, Resolution resolution) {
        String name = requirement.name();
        String instead = installed(requirement, resolution);
        return switch (verdict) {
            case "unknown" ->
                aside(
                        requirement,
                        Why.UNKNOWN,
                        "there is no package '" + name + "' in the package index; it was left out",
                        true);
            case "no-version" ->
                aside(
                        requirement,
                        Why.NO_VERSION,
                        "the package index has no such version of " + name + " for Python " + resolution.python() + "; "
                                + instead,
                        true);
            case "no-wheel" ->
                aside(
                        requirement,
                        Why.NO_WHEEL,
                        "has no ready-made package (wheel) for Linux and Python " + resolution.python() + "; "
                                + instead,
                        false);
            case "other-python" ->
                aside(
                        requirement,
                        Why.OTHER_PYTHON,
                        "does not support Python " + resolution.python() + "; " + instead,
                        false);
            case "conflict" -> aside(requirement, Why.CONFLICT, "contradicts the other requirements; " + instead, true);
            case "too-new" ->
                aside(
                        requirement,
                        Why.TOO_NEW,
                        "was published after the day of the commit; it was installed as asked for",
                        false);
            case "conflict-here" ->
                aside(
                        requirement,
                        Why.CONFLICT_HERE,
                        "does not go together with what had to stand in for other requirements on Python "
                                + resolution.python() + "; " + instead,
                        false);
            case "dvc" ->
                aside(
                        requirement,
                        Why.DVC_IN_THE_WAY,
                        "cannot be installed on Python " + resolution.python()
                                + " together with the other requirements; it was left out, for the grader's own DVC runs the"
                                + " pipeline",
                        false);
            case "not-built" ->
                aside(
                        requirement,
                        Why.NOT_INSTALLABLE,
                        "comes as source code that could not be built without network; it was left out",
                        false);
            default ->
                aside(
                        requirement,
                        Why.NOT_INSTALLABLE,
                        "could not be installed as declared (" + verdict + "); " + instead,
                        false);
        };
    }

    private static Aside aside(Requirement requirement, Why why, String reason, boolean fault) {
        return new Aside(requirement.declared(), requirement.where(), why, reason, fault && requirement.blamed());
    }

    private static String installed(Requirement requirement, Resolution resolution) {
        return resolution.pins().stream()
                .filter(pin -> Requirement.normalize(pin.split("[=@ ]", 2)[0]).equals(requirement.normalized()))
                .findFirst()
                .map(pin -> pin + " was installed instead")
                .orElse("it was left out");
    }

    /** The requirements that uv names where it says why nothing goes together, in their order. */
    static List<Requirement> named(List<Requirement> requirements, LogExcerpt log) {
        String said = Stream.concat(log.head().stream(), log.tail().stream()).collect(Collectors.joining(" "));
        return requirements.stream()
                .filter(requirement -> Pattern.compile(
                                "(?<![\\w.-])" + Pattern.quote(requirement.name()) + "(?![\\w-])")
                        .matcher(said)
                        .find())
                .limit(MOST_NAMED)
                .toList();
    }

    /** Where the trouble is, to follow the failure; nothing where that is not known. */
    static String trouble(List<Requirement> named) {
        return named.isEmpty()
                ? ""
                : "; the trouble is with "
                        + named.stream().map(Requirement::declared).collect(Collectors.joining(", "));
    }

    /** What was needed beyond the first try, or null. */
    static @Nullable String help(Resolution resolution) {
        List<String> words = new ArrayList<>();
        for (String help : resolution.help()) {
            words.add(
                    switch (help.split(" ", 2)[0]) {
                        case "cap" ->
                            "the harness's own list of what was the newest version at the day of the commit, because the"
                                    + " package index does not say when files were uploaded";
                        case "undated" ->
                            "the harness's own list of what was the newest version at the day of the commit for "
                                    + help.substring("undated ".length()).replace(" ", ", ")
                                    + ", because the package index does not say when they were uploaded";
                        case "constraints" -> "the " + help;
                        case "free" -> "leaving out the submission's constraints file, which nothing satisfies";
                        case "day" ->
                            "packages as they were on " + help.substring("day ".length())
                                    + ", for those of the day of the commit were never made for Python "
                                    + resolution.python();
                        case "later" ->
                            "packages as they were on " + help.substring("later ".length())
                                    + ", for on the day of the commit there was not yet what is asked for";
                        case "python" -> "Python " + resolution.python();
                        case "built" ->
                            "building "
                                    + help.substring("built ".length()).replace(" ", ", ")
                                    + " from source, which has no ready-made package";
                        default -> help;
                    });
        }
        return words.isEmpty() ? null : String.join("; ", words);
    }
}

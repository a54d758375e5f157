package org.labharness.pipeline.environment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Place;

/** Reads one requirement: name, extras, version and marker; everything else is set aside with a sentence. */
final class RequirementLine {
    private static final int LONGEST = 500;
    private static final String NAME = "([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)";
    private static final String EXTRAS = "(?:\\[\\s*([A-Za-z0-9._-]+(?:\\s*,\\s*[A-Za-z0-9._-]+)*)?\\s*])?";
    private static final String CLAUSE = "(?:===|==|~=|!=|<=|>=|<|>)\\s*[A-Za-z0-9._*+!-]+";
    private static final String VERSION = "(" + CLAUSE + "(?:\\s*,\\s*" + CLAUSE + ")*\\s*,?)?";
    private static final Pattern FORM = Pattern.compile(
            NAME + "\\s*" + EXTRAS + "\\s*(?:\\(\\s*" + VERSION + "\\s*\\)|" + VERSION + ")\\s*(?:;\\s*(.*))?");
    private static final Pattern MARKER_TOKEN = Pattern.compile(
            "\\s*(?:'[A-Za-z0-9._*+ -]*'|\"[A-Za-z0-9._*+ -]*\"|===|==|~=|!=|<=|>=|<|>|\\(|\\)|and\\b|or\\b|not\\b|in\\b"
                    + "|(?:python_version|python_full_version|os_name|sys_platform|platform_machine|platform_system"
                    + "|platform_release|platform_version|platform_python_implementation|implementation_name"
                    + "|implementation_version|extra)\\b)");
    private static final Pattern AT = Pattern.compile(NAME + "\\s*(?:\\[[^]]*])?\\s*@\\s*(\\S+).*");
    private static final Pattern SLIP = Pattern.compile(NAME + "(?:\\s+|\\s*=\\s*)v?\\d[A-Za-z0-9.=_*-]*");
    /** Of PyTorch's own index: the usual one has the same versions without it. */
    private static final Pattern BUILD = Pattern.compile("\\+(cu\\d+|cpu|rocm[0-9.]+)(?=,|$)");

    private RequirementLine() {}

    /** What came of a line. */
    sealed interface Outcome {}

    record Kept(Requirement requirement) implements Outcome {}

    record NotKept(Aside reason) implements Outcome {}

    /** Kept, though not as declared. */
    record Loosened(Requirement requirement, Aside reason) implements Outcome {}

    /** To be had from an address, under the name that it gives. */
    record Addressed(Requirement requirement) implements Outcome {}

    static Outcome parse(String text, Place where) {
        if (text.length() > LONGEST) {
            String start = text.substring(0, 60) + "…";
            return new NotKept(
                    new Aside(start, where, Why.NOT_A_REQUIREMENT, "is longer than " + LONGEST + " characters", true));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return odd(text, where);
        }
        Optional<String> marker = Optional.ofNullable(form.group(5)).map(String::strip);
        if (marker.isPresent() && !isMarker(marker.get())) {
            return new NotKept(new Aside(
                    text, where, Why.NOT_A_REQUIREMENT, "has a marker that is none: ';" + marker.get() + "'", true));
        }
        return fit(requirement(form, marker, text, where));
    }

    /** Takes out what cannot work where stages run, and puts in what stands for it. */
    private static Outcome fit(Requirement asked) {
        String name = asked.normalized();
        if (Substitutes.isForAnotherSystem(name)) {
            return new NotKept(new Aside(
                    asked.declared(),
                    asked.where(),
                    Why.OTHER_SYSTEM,
                    "exists for Windows or macOS only; the pipeline runs on Linux without it",
                    false));
        }
        if (Substitutes.isForGraphicsCards(name)) {
            return new NotKept(new Aside(
                    asked.declared(),
                    asked.where(),
                    Why.GRAPHICS_CARD,
                    "is for graphics cards; the pipeline runs on processors alone",
                    false));
        }
        Matcher build = BUILD.matcher(asked.line());
        if (build.find()) {
            String line =
                    asked.line().substring(0, build.start()) + asked.line().substring(build.end());
            return new Loosened(
                    new Requirement(asked.name(), line, asked.declared(), asked.where(), asked.blamed()),
                    new Aside(
                            asked.declared(),
                            asked.where(),
                            Why.RENAMED,
                            "names a build for other hardware (" + build.group().substring(1) + "); " + line
                                    + " was taken",
                            false));
        }
        return Substitutes.of(name).map(other -> replaced(asked, other)).orElseGet(() -> new Kept(asked));
    }

    private static Outcome replaced(Requirement asked, Substitutes.Substitute other) {
        String rest = asked.line().substring(asked.name().length());
        String line = other.name() + (other.sameVersion() ? rest : rest.replaceFirst("^[^;]*", ""));
        return new Loosened(
                new Requirement(other.name(), line.strip(), asked.declared(), asked.where(), false),
                new Aside(
                        asked.declared(),
                        asked.where(),
                        Why.RENAMED,
                        other.reason() + "; " + other.name() + " was installed instead",
                        false));
    }

    private static Requirement requirement(Matcher form, Optional<String> marker, String text, Place where) {
        String version = form.group(3) != null ? form.group(3) : form.group(4);
        StringBuilder line = new StringBuilder(form.group(1));
        if (form.group(2) != null) {
            line.append('[').append(form.group(2).replaceAll("\\s", "")).append(']');
        }
        if (version != null) {
            String clauses = version.replaceAll("\\s", "");
            line.append(clauses.endsWith(",") ? clauses.substring(0, clauses.length() - 1) : clauses);
        }
        marker.ifPresent(condition -> line.append(" ; ").append(condition));
        return new Requirement(form.group(1), line.toString(), text, where, true);
    }

    private static Outcome odd(String text, Place where) {
        Matcher at = AT.matcher(text);
        if (at.matches()) {
            String address = at.group(2);
            if (address.startsWith("file:") || address.startsWith("/") || address.startsWith(".")) {
                return loosened(
                        at.group(1),
                        new Aside(
                                text,
                                where,
                                Why.FOREIGN_FILE,
                                "names a file of another machine; any version of " + at.group(1) + " was taken",
                                true));
            }
            return new Addressed(new Requirement(at.group(1), at.group(1), text, where, true));
        }
        Matcher slip = SLIP.matcher(text);
        if (slip.matches()) {
            return loosened(
                    slip.group(1),
                    new Aside(
                            text,
                            where,
                            Why.NOT_A_REQUIREMENT,
                            "is not how pip writes a version (name==1.2.3); any version of " + slip.group(1)
                                    + " was taken",
                            true));
        }
        if (text.contains("://") || text.startsWith("git+") || text.endsWith(".whl")) {
            return new Addressed(new Requirement(nameIn(text), nameIn(text), text, where, true));
        }
        return new NotKept(
                new Aside(text, where, Why.NOT_A_REQUIREMENT, "is no requirement that pip would understand", true));
    }

    private static Outcome loosened(String name, Aside reason) {
        return new Loosened(new Requirement(name, name, reason.declared(), reason.where(), true), reason);
    }

    /** What an address calls the package: {@code #egg=name}, or the last part of its path. */
    private static String nameIn(String address) {
        Matcher egg = Pattern.compile("#egg=" + NAME).matcher(address);
        if (egg.find()) {
            return egg.group(1);
        }
        String path = address.replaceFirst("[?#@][^/]*$", "").replaceFirst("(\\.git)?/*$", "");
        Matcher name = Pattern.compile(NAME)
                .matcher(path.substring(path.lastIndexOf('/') + 1).replaceFirst("-\\d.*$", ""));
        return name.find() ? name.group(1) : "package";
    }

    private static boolean isMarker(String marker) {
        Matcher token = MARKER_TOKEN.matcher(marker);
        int at = 0;
        while (at < marker.length() && token.region(at, marker.length()).lookingAt()) {
            at = token.end();
        }
        return at > 0 && marker.substring(at).isBlank();
    }
}

package org.labharness.pipeline.environment;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;

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
    private static final Set<String> ELSEWHERE = Set.of(
            "pywin32",
            "pypiwin32",
            "pywinpty",
            "pywin32-ctypes",
            "winshell",
            "windows-curses",
            "comtypes",
            "wmi",
            "tensorflow-intel",
            "tensorflow-macos",
            "tensorflow-metal",
            "appnope",
            "pyobjc",
            "pyobjc-core",
            "triton-windows");

    private RequirementLine() {}

    /** What came of a line. */
    sealed interface Outcome {}

    record Kept(Requirement requirement) implements Outcome {}

    record NotKept(SetAside reason) implements Outcome {}

    /** Kept, though not as declared. */
    record Loosened(Requirement requirement, SetAside reason) implements Outcome {}

    static Outcome parse(String text, Place where) {
        if (text.length() > LONGEST) {
            String start = text.substring(0, 60) + "…";
            return new NotKept(new SetAside(start, where, "is longer than " + LONGEST + " characters", true));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return odd(text, where);
        }
        Optional<String> marker = Optional.ofNullable(form.group(5)).map(String::strip);
        if (marker.isPresent() && !isMarker(marker.get())) {
            return new NotKept(new SetAside(text, where, "has a marker that is none: ';" + marker.get() + "'", true));
        }
        Requirement requirement = requirement(form, marker, text, where);
        if (ELSEWHERE.contains(requirement.normalized())
                || requirement.normalized().startsWith("pyobjc-")) {
            return new NotKept(new SetAside(
                    text, where, "exists for Windows or macOS only; the pipeline runs on Linux without it", false));
        }
        return new Kept(requirement);
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
        return new Requirement(form.group(1), line.toString(), text, where);
    }

    private static Outcome odd(String text, Place where) {
        Matcher at = AT.matcher(text);
        if (at.matches()) {
            if (at.group(2).startsWith("file:")
                    || at.group(2).startsWith("/")
                    || at.group(2).startsWith(".")) {
                return new Loosened(
                        new Requirement(at.group(1), at.group(1), text, where),
                        new SetAside(
                                text,
                                where,
                                "names a file of another machine; any version of " + at.group(1) + " was taken",
                                true));
            }
            return new NotKept(
                    new SetAside(text, where, "comes from an address; only the package index is used", false));
        }
        Matcher slip = SLIP.matcher(text);
        if (slip.matches()) {
            return new Loosened(
                    new Requirement(slip.group(1), slip.group(1), text, where),
                    new SetAside(
                            text,
                            where,
                            "is not how pip writes a version (name==1.2.3); any version of " + slip.group(1)
                                    + " was taken",
                            true));
        }
        return address(text)
                ? new NotKept(new SetAside(text, where, "comes from an address; only the package index is used", false))
                : new NotKept(new SetAside(text, where, "is no requirement that pip would understand", true));
    }

    private static boolean address(String text) {
        return text.contains("://") || text.startsWith("git+") || text.endsWith(".whl");
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

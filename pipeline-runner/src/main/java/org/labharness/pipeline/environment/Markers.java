package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.PythonVersion;

/**
 * The conditions of requirements ({@code sys_platform == "win32"}), looked at for the containers in which stages run. Grammar: the
 * "environment markers" of Python's dependency specifiers. What cannot be understood holds, so that nothing is lost.
 */
final class Markers {
    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 40;
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(['\"])(.*?)\\1|(===|==|~=|!=|<=|>=|<|>)|([()])|([A-Za-z_][A-Za-z0-9_.]*))\\s*");

    private final Map<String, String> values;
    private final Set<String> extras;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private Markers(PythonVersion python, Set<String> extras) {
        this.extras = extras;
        this.values = Map.ofEntries(
                Map.entry("python_version", python.number()),
                Map.entry("python_full_version", python.number() + ".5"),
                Map.entry("implementation_version", python.number() + ".5"),
                Map.entry("os_name", "posix"),
                Map.entry("sys_platform", "linux"),
                Map.entry("platform_system", "Linux"),
                Map.entry("platform_machine", machine()),
                Map.entry("platform_release", ""),
                Map.entry("platform_version", ""),
                Map.entry("platform_python_implementation", "CPython"),
                Map.entry("implementation_name", "cpython"));
    }

    private static String machine() {
        return System.getProperty("os.arch", "amd64").equals("aarch64") ? "aarch64" : "x86_64";
    }

    static boolean hold(String marker, PythonVersion python) {
        return hold(marker, python, Set.of());
    }

    static boolean hold(String marker, PythonVersion python, Set<String> extras) {
        if (marker.isBlank() || marker.length() > LONGEST) {
            return true;
        }
        Markers reading = new Markers(python, extras);
        try {
            reading.split(marker);
            boolean holds = reading.either(0);
            return holds || reading.at < reading.tokens.size();
        } catch (NotUnderstood e) {
            return true;
        }
    }

    private static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Strings keep their first quote as a mark of what they are. */
    private void split(String marker) throws NotUnderstood {
        Matcher token = TOKEN.matcher(marker);
        int end = 0;
        while (end < marker.length()) {
            if (!token.region(end, marker.length()).lookingAt()) {
                throw new NotUnderstood();
            }
            tokens.add(
                    token.group(2) != null
                            ? "'" + token.group(2)
                            : token.group().strip());
            end = token.end();
        }
    }

    private boolean either(int depth) throws NotUnderstood {
        boolean value = both(depth);
        while (skip("or")) {
            value |= both(depth);
        }
        return value;
    }

    private boolean both(int depth) throws NotUnderstood {
        boolean value = one(depth);
        while (skip("and")) {
            value &= one(depth);
        }
        return value;
    }

    private boolean one(int depth) throws NotUnderstood {
        if (skip("(")) {
            if (depth > DEEPEST) {
                throw new NotUnderstood();
            }
            boolean value = either(depth + 1);
            if (!skip(")")) {
                throw new NotUnderstood();
            }
            return value;
        }
        String left = next();
        String operator = next();
        if (operator.equals("not")) {
            operator = "not " + next();
        }
        return compare(left, operator, next());
    }

    private boolean compare(String left, String operator, String right) throws NotUnderstood {
        if (left.equals("extra") || right.equals("extra")) {
            boolean asked = extras.contains(text(left.equals("extra") ? right : left));
            return operator.equals("!=") != asked;
        }
        String a = text(left);
        String b = text(right);
        if (operator.equals("in") || operator.equals("not in")) {
            return b.contains(a) == operator.equals("in");
        }
        boolean versions = left.contains("version") || right.contains("version");
        if (versions && a.matches("\\d+(\\.\\d+)*") && b.matches("\\d+(\\.\\d+)*(\\.\\*)?")) {
            return versions(a, operator, b);
        }
        return switch (operator) {
            case "==", "===" -> a.equals(b);
            case "!=" -> !a.equals(b);
            case "<" -> a.compareTo(b) < 0;
            case "<=" -> a.compareTo(b) <= 0;
            case ">" -> a.compareTo(b) > 0;
            case ">=" -> a.compareTo(b) >= 0;
            default -> throw new NotUnderstood();
        };
    }

    private static boolean versions(String a, String operator, String b) throws NotUnderstood {
        if (b.endsWith(".*")) {
            boolean same = (a + ".").startsWith(b.substring(0, b.length() - 1));
            return operator.equals("==") ? same : !same;
        }
        int order = VersionOrder.compare(a, b);
        return switch (operator) {
            case "==", "===" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "~=" -> order >= 0 && (a + ".").startsWith(b.substring(0, b.lastIndexOf('.') + 1));
            default -> throw new NotUnderstood();
        };
    }

    private String text(String token) throws NotUnderstood {
        if (token.startsWith("'")) {
            return token.substring(1);
        }
        String value = values.get(token.replace("os.name", "os_name").replace("sys.platform", "sys_platform"));
        if (value == null) {
            throw new NotUnderstood();
        }
        return value;
    }

    private boolean skip(String token) {
        boolean there = at < tokens.size() && tokens.get(at).equals(token);
        at += there ? 1 : 0;
        return there;
    }

    private String next() throws NotUnderstood {
        if (at >= tokens.size()) {
            throw new NotUnderstood();
        }
        return tokens.get(at++);
    }
}

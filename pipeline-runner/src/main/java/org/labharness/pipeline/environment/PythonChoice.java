package org.labharness.pipeline.environment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.PythonVersion;

/**
 * Which Python is used.
 *
 * @param fixed whether the lab says so, so that no other is tried
 */
record PythonChoice(PythonVersion version, boolean fixed) {
    private static final Pattern CLAUSE = Pattern.compile("(===?|~=|!=|<=|>=|<|>|\\^|~|=)?\\s*3\\.(\\d{1,2})");
    private static final int NEWER_FROM = 12;

    /** @param newer whether the code shows that it is written for 3.12 or newer, whatever is asked for */
    static PythonChoice of(@Nullable PythonVersion lab, Optional<String> asked, boolean newer) {
        if (lab != null) {
            return new PythonChoice(lab, true);
        }
        if (newer) {
            return new PythonChoice(PythonVersion.PY313, false);
        }
        return new PythonChoice(asked.map(PythonChoice::nearest).orElse(PythonVersion.PY311), false);
    }

    PythonChoice other() {
        return new PythonChoice(version == PythonVersion.PY311 ? PythonVersion.PY313 : PythonVersion.PY311, fixed);
    }

    /** 3.13 where the request excludes 3.11, or names 3.12 or newer; else 3.11. */
    private static PythonVersion nearest(String asked) {
        Matcher clause = CLAUSE.matcher(asked);
        while (clause.find()) {
            String operator = clause.group(1) == null ? "==" : clause.group(1);
            int minor = Integer.parseInt(clause.group(2));
            boolean newer = switch (operator) {
                case "<", "<=", "!=" -> false;
                case ">" -> minor >= NEWER_FROM - 1;
                default -> minor >= NEWER_FROM;
            };
            if (newer) {
                return PythonVersion.PY313;
            }
        }
        return PythonVersion.PY311;
    }
}

package org.labharness.pipeline.environment;

import java.time.Instant;
import java.util.List;
import org.labharness.lab.PythonVersion;

/**
 * The days whose packages are tried for a commit. One that is older than the oldest Python here had packages that were never built for
 * it: those of the first weeks after it came out are the nearest there are, those of half a year later the first that are complete.
 */
final class PackageDays {
    private PackageDays() {}

    /** In the order in which they are tried; the commit's own alone where this Python had packages by then. */
    static List<Instant> of(PythonVersion python, Instant commit) {
        List<Instant> first = switch (python) { // CPython 3.11.0 is of 2022-10-24, CPython 3.13.0 of 2024-10-07
            case PY311 -> List.of(Instant.parse("2022-12-10T00:00:00Z"), Instant.parse("2023-05-01T00:00:00Z"));
            case PY313 -> List.of(Instant.parse("2024-12-10T00:00:00Z"), Instant.parse("2025-05-01T00:00:00Z"));
        };
        return commit.isBefore(first.getFirst())
                ? first
                : commit.isBefore(first.getLast()) ? List.of(commit, first.getLast()) : List.of(commit);
    }
}

package org.labharness.pipeline.environment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths in a repository, as text. */
final class RelativePath {
    private RelativePath() {}

    /** A path that is relative to a folder, relative to the root; empty where it leads outside. */
    static Optional<String> resolve(String folder, String path) {
        if (path.isBlank() || path.startsWith("/") || path.length() > 1_000 || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }
}

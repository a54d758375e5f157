package org.labharness.pipeline.preflight;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths relative to the repository. */
final class Paths {
    private Paths() {}

    /** Without {@code .} and, where that is possible, {@code ..}. */
    static String join(String folder, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the first is the second or lies in it. */
    static boolean isWithin(String path, String folder) {
        return path.equals(folder) || (!folder.isEmpty() && path.startsWith(folder + "/"));
    }
}

package org.labharness.pipeline.collect.dvc;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as dvc.yaml writes them, made relative to the repository. */
final class RepositoryPath {
    private RepositoryPath() {}

    /** URLs and absolute paths stay as they are; one that leaves the repository begins with {@code ..}. */
    static String join(String folder, String path) {
        if (isElsewhere(path)) {
            return path;
        }
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

    /** Whether it is a URL or an absolute path of Unix or Windows. */
    static boolean isElsewhere(String path) {
        return path.startsWith("/") || path.contains("://") || isWindows(path);
    }

    static boolean isWindows(String path) {
        return path.startsWith("\\\\")
                || (path.length() > 2
                        && Character.isLetter(path.charAt(0))
                        && path.charAt(1) == ':'
                        && (path.charAt(2) == '\\' || path.charAt(2) == '/'));
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

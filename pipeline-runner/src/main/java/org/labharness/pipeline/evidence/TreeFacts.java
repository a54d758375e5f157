package org.labharness.pipeline.evidence;

import java.util.List;

/**
 * The committed files.
 *
 * @param files sorted by path, at most {@link #MAX_FILES}
 * @param count all files, also those beyond the cap
 * @param bytes their size together
 */
public record TreeFacts(List<TreeFile> files, int count, long bytes) {
    public static final int MAX_FILES = 50_000;

    public TreeFacts {
        files = List.copyOf(files);
    }

    /**
     * @param kind what Git says it is
     * @param size in bytes
     */
    public record TreeFile(String path, Kind kind, long size) {}

    /** Kinds of tree entries. */
    public enum Kind {
        FILE,
        EXECUTABLE,
        SYMLINK,
        SUBMODULE,
        LFS_POINTER
    }
}

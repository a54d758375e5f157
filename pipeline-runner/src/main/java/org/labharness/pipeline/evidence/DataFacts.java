package org.labharness.pipeline.evidence;

/**
 * A file or folder that DVC tracks without a stage that makes it (a {@code .dvc} file), or that a stage needs and nothing makes.
 *
 * @param path relative to the repository
 * @param tracker the {@code .dvc} file, or empty where none names it
 * @param size as recorded, in bytes; -1 where not recorded
 * @param presence whether its content can be had
 * @param reason why not, in words for the student; empty where present
 */
public record DataFacts(String path, String tracker, long size, Presence presence, String reason) {
    /** Whether content can be had from a clean clone. */
    public enum Presence {
        /** In Git, or in a cache or remote inside the repository. */
        PRESENT,
        /** The lab puts it in place. */
        PROVIDED,
        NO_REMOTE,
        /** A path on another machine's disk. */
        REMOTE_ELSEWHERE,
        /** A remote that the harness could not or may not read. */
        REMOTE_UNREACHABLE,
        /** The remote is readable, the content was never pushed. */
        NOT_PUSHED,
        /** Neither tracked nor committed. */
        UNTRACKED
    }

    public boolean reachable() {
        return presence == Presence.PRESENT || presence == Presence.PROVIDED;
    }
}

package org.labharness.pipeline.evidence;

/**
 * A file or folder that DVC tracks without a stage that makes it (a {@code .dvc} file), or that a stage needs and nothing makes.
 *
 * @param path relative to the repository
 * @param tracker the {@code .dvc} file, or empty where none names it
 * @param size as recorded, in bytes; -1 where not recorded
 * @param presence whether its content can be had
 * @param reason why not, in words for the student; for what is fetched or to be fetched: where from; empty where present
 */
public record DataFacts(String path, String tracker, long size, Presence presence, String reason) {
    /** Whether content can be had from a clean clone. */
    public enum Presence {
        /** In Git, or in a cache or remote inside the repository. */
        PRESENT,
        /** In a cache or remote inside the repository (the reason), where Git has changed its line endings; they were put back. */
        RESTORED,
        /** The lab puts it in place; with a reason where it is another content than the submission records. */
        PROVIDED,
        /** A remote may hold it; only fetching can tell. Not a state after a grading's Fetch step. */
        FETCHABLE,
        /** Brought from a remote, and what its sum says. */
        FETCHED,
        /** The remote may hold it, but did not answer: nobody's fault that is known, and no point is lost for it. */
        UNANSWERED,
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

    /** Whether what comes of it cannot be compared with what the submission recorded. */
    public boolean otherThanRecorded() {
        return presence == Presence.PROVIDED && !reason.isEmpty();
    }

    public boolean reachable() {
        return switch (presence) {
            case PRESENT, RESTORED, PROVIDED, FETCHABLE, FETCHED -> true;
            case UNANSWERED, NO_REMOTE, REMOTE_ELSEWHERE, REMOTE_UNREACHABLE, NOT_PUSHED, UNTRACKED -> false;
        };
    }
}

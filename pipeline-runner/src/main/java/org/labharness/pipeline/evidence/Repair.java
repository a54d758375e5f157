package org.labharness.pipeline.evidence;

/**
 * Something that the harness mended in the throwaway clone, so that a stage could run.
 *
 * @param stage full name of the stage
 * @param path what was mended, relative to the submission
 */
public record Repair(String stage, Kind kind, String path) {
    /** Kinds of repairs. */
    public enum Kind {
        /** A folder that Git cannot keep was made, and the stage's command run again. */
        FOLDER_MADE,
        /** An output that Git tracks as well was given to DVC all the same. */
        OUTPUT_TRACKED
    }
}

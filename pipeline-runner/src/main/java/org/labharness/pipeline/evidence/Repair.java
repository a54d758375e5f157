package org.labharness.pipeline.evidence;

/**
 * Something that the harness mended in the throwaway clone, so that a stage, or those after it, could run.
 *
 * @param stage full name of the stage
 * @param path what was mended, relative to the submission; of a command the words
 */
public record Repair(String stage, Kind kind, String path) {
    /** Kinds of repairs. */
    public enum Kind {
        /** A folder that Git cannot keep was made, and the stage's command run again. */
        FOLDER_MADE(true),
        /** A committed MLflow store that holds paths of another machine was taken out, and the stage's command run again. */
        STORE_SET_ASIDE(true),
        /** A command in the language of the shell of Windows (the path) was run again in that of Linux. */
        COMMAND_REWRITTEN(true),
        /** An output that Git tracks as well was given to DVC all the same. */
        OUTPUT_TRACKED(false),
        /** An output of a stage that the want of a network had stopped was put in place as recorded, so that later stages could run. */
        OUTPUT_PLACED(false);

        private final boolean needed;

        Kind(boolean needed) {
            this.needed = needed;
        }

        /** Whether the command itself had failed without it: so does a clean clone. */
        public boolean needed() {
            return needed;
        }
    }
}

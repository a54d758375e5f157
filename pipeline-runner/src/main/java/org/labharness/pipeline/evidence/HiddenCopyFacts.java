package org.labharness.pipeline.evidence;

import java.util.List;

/**
 * Where rows of hidden data were found in what a submission holds. Never which.
 *
 * @param data id of the hidden data
 * @param rows how many were looked for
 * @param unfit why they could not be looked for, a sentence; empty where they were
 * @param whole whether everything was looked at, within the bounds of size and time
 * @param files that hold rows
 */
public record HiddenCopyFacts(String data, int rows, String unfit, boolean whole, List<Copies> files) {
    public HiddenCopyFacts {
        files = List.copyOf(files);
    }

    /**
     * @param path of the file
     * @param rows how many of the hidden rows it holds
     * @param lookalikes how many it holds of rows of the same form that nobody was ever given: by chance
     */
    public record Copies(String path, Where where, int rows, int lookalikes) {}

    /** When the file was there. */
    public enum Where {
        /** In the work tree before anything ran: committed, or fetched by DVC. */
        HANDED_IN,
        /** In the work tree after the run only. */
        MADE,
        /** Among what was logged to MLflow. */
        LOGGED,
        /** In the stages' folder for temporary files. */
        TEMPORARY
    }
}

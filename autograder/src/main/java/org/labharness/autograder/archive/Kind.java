package org.labharness.autograder.archive;

/** What is kept. */
public enum Kind {
    /** A Git bundle of a submission. */
    BUNDLE("bundles", ".bundle"),
    /** The canonical {@code evidence.json} of a run, packed; its digest is that of the unpacked text. */
    EVIDENCE("evidence", ".json.gz"),
    /** A file that was handed in to a data challenge. */
    PREDICTIONS("predictions", ".csv");

    private final String folder;
    private final String ending;

    Kind(String folder, String ending) {
        this.folder = folder;
        this.ending = ending;
    }

    String folder() {
        return folder;
    }

    String ending() {
        return ending;
    }

    /** As people call so many of them. */
    public String counted(int count) {
        return switch (this) {
            case BUNDLE -> count + (count == 1 ? " bundle" : " bundles");
            case EVIDENCE -> count + " of evidence";
            case PREDICTIONS -> count + " of predictions";
        };
    }
}

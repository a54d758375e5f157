package org.labharness.autograder.check;

import org.labharness.pipeline.evidence.DataFacts;

/** How to bring data within reach. */
final class DataAdvice {
    private DataAdvice() {}

    static String of(DataFacts data) {
        String path = PlainText.shell(data.path());
        return switch (data.presence()) {
            case PRESENT, RESTORED, PROVIDED, FETCHABLE, FETCHED, UNANSWERED -> "";
            case NO_REMOTE ->
                "Add a remote that others can read: dvc remote add -d storage <url> && dvc push, then commit"
                        + " .dvc/config.";
            case REMOTE_ELSEWHERE ->
                "The remote is a folder on your own machine. Add one that others can read: dvc remote"
                        + " add -d -f storage <url> && dvc push, then commit .dvc/config.";
            case REMOTE_UNREACHABLE ->
                "Use storage that can be read without your password over HTTPS, WebDAV, S3 or Google Cloud, such as the course's:"
                        + " dvc remote add -d -f storage <url> && dvc push, then commit .dvc/config.";
            case NOT_PUSHED ->
                "Run dvc push where the data lies, and check it with dvc status --cloud; a remote inside the repository has to be"
                        + " committed as well.";
            case UNTRACKED ->
                "Run dvc add " + path + " && git add " + PlainText.shell(data.path() + ".dvc")
                        + " && dvc push, and commit. Where DVC calls it git-ignored, first take out of .gitignore the line that"
                        + " git check-ignore -v " + path + " names.";
        };
    }
}

package org.labharness.autograder.check;

import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.evidence.StageRun;

/**
 * Words for a stage that failed while it could read what students must not see. Its error may hold that, so nothing of it is quoted but the
 * name of one of Python's own exceptions.
 */
final class UnheardFailure {
    private static final Set<String> KNOWN = Set.of(
            "AssertionError",
            "AttributeError",
            "FileNotFoundError",
            "ImportError",
            "IndexError",
            "KeyError",
            "MemoryError",
            "NameError",
            "OSError",
            "PermissionError",
            "RuntimeError",
            "TypeError",
            "UnicodeDecodeError",
            "ValueError",
            "ZeroDivisionError");

    private UnheardFailure() {}

    static Sentence told(StageRun stage, RunStory story) {
        return Sentence.at(
                story.where(stage),
                story.named(stage) + " " + StageFailure.verb(stage)
                        + exception(stage).map(name -> " (" + name + ")").orElse("")
                        + ". What it printed is not shown, for it had read rows that are not yours.",
                "");
    }

    private static Optional<String> exception(StageRun stage) {
        String error = stage.log().lastError();
        return KNOWN.stream().filter(name -> error.startsWith(name + ":")).findFirst();
    }
}

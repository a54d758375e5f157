package org.labharness.autograder.verify;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Lab;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.Evidence;

/** Grades one repository with one lab; called from several threads at once. */
@FunctionalInterface
public interface SampleGrader {
    /**
     * Grades the newest commit.
     *
     * @throws RuntimeException where the harness itself broke; ends the verification
     */
    Graded grade(Lab lab, Path repository);

    /**
     * The table of hidden data of a lab, for samples that are to hold its rows.
     *
     * @param data an id of it
     */
    default Path hidden(Lab lab, String data) {
        throw new UnsupportedOperationException("nothing makes the hidden data " + data + " of " + lab.id());
    }

    /** What came of it. */
    sealed interface Graded {}

    /**
     * @param verdicts one for each check of the lab
     * @param evidence null where nobody needs it
     */
    record Scored(List<Verdict> verdicts, @Nullable Evidence evidence) implements Graded {
        /** Without evidence. */
        public Scored(List<Verdict> verdicts) {
            this(verdicts, null);
        }

        public Scored {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** @param code such as {@code nothing-to-grade} */
    record Refused(String code, String message) implements Graded {}
}

package org.labharness.autograder.verify;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.Lab;
import org.labharness.lab.Verdict;

/** Grades one repository with one lab; called from several threads at once. */
@FunctionalInterface
public interface SampleGrader {
    /**
     * Grades the newest commit.
     *
     * @throws RuntimeException where the harness itself broke; ends the verification
     */
    Graded grade(Lab lab, Path repository);

    /** What came of it. */
    sealed interface Graded {}

    /** @param verdicts one for each check of the lab */
    record Scored(List<Verdict> verdicts) implements Graded {
        public Scored {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** @param code such as {@code nothing-to-grade} */
    record Refused(String code, String message) implements Graded {}
}

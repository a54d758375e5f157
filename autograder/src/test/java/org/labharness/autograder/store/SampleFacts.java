package org.labharness.autograder.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;

/** Facts that differ in what a test is about. */
final class SampleFacts {
    static final LabId LAB = LabId.parse("dvc-pipeline");
    static final StudentId ADA = StudentId.parse("s01");

    private SampleFacts() {}

    static Student ada() {
        return new Student(
                ADA,
                "Ada Ünlü",
                "ada@example.org",
                TeamId.parse("alpha"),
                "B",
                "https://git.example.org/{lab}/{student}.git",
                Map.of(LAB, "https://elsewhere.example.org/ada.git"),
                Map.of(LAB, new Extension.Span(Duration.ofDays(2))),
                Set.of(LabId.parse("viva")),
                false);
    }

    static SubmissionFact submission(String commit) {
        return new SubmissionFact(LAB, new Owner.OfStudent(ADA), "repo", "main", commit, "refs", OnDatabase.NOON, null);
    }

    static RunFact run(RunFact.End end, int generation) {
        return new RunFact(
                "run", "images", generation, end, "code", "words", "evidence", List.of("Tree[]"), OnDatabase.NOON);
    }

    static EvaluationFact evaluation(String rubric, String points) {
        return evaluation(rubric, points, "It ran.");
    }

    static EvaluationFact evaluation(String rubric, String points, String message) {
        Verdict verdict = new Verdict(
                CheckId.parse("runs"),
                "It runs",
                Points.parse(points),
                Points.of(50),
                Support.REPRODUCED,
                null,
                message,
                "",
                null,
                true);
        return new EvaluationFact(
                rubric,
                "0.1",
                Points.parse(points),
                Points.of(50),
                Points.of(3),
                false,
                List.of(verdict),
                OnDatabase.NOON);
    }
}

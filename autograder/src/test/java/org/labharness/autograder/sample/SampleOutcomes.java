package org.labharness.autograder.sample;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.Checks;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.Lab;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;
import org.labharness.pipeline.evidence.HarnessFacts;

/** Outcomes of the sample lab. */
public final class SampleOutcomes {
    private static final Map<String, Double> TIMINGS =
            Map.of("checkout", 0.21, "environment", 0.4, "run", 8.6, "collect", 0.35, "total", 9.7);
    private static final HarnessFacts HARNESS = new HarnessFacts("0.1.0", Map.of(), "sample", "cd".repeat(32));

    private SampleOutcomes() {}

    public static Outcome.Graded graded(WayOfGoingWrong way) {
        return graded("student-07", way.evidence(), SampleLab.of(SampleLab.everyCheck(), false));
    }

    public static Outcome.Graded graded(String student, Evidence evidence, Lab lab) {
        return new Outcome.Graded(
                submission(student, evidence.submission().commit()),
                Scorecard.of(lab, Checks.evaluate(lab, evidence)),
                lab.form(),
                evidence,
                EvidenceFile.digest(evidence),
                TIMINGS);
    }

    public static Outcome.Refused refused() {
        return new Outcome.Refused(
                submission("student-08", null),
                Refusal.REF_NOT_FOUND,
                "There is no branch, tag or commit 'mian' in https://git.example.org/mlops/student-08.git. There are:"
                        + " main, dev. Name one of them with --ref.",
                HARNESS,
                Map.of("checkout", 0.2, "total", 0.2));
    }

    public static Outcome.Broken broken() {
        return new Outcome.Broken(
                submission("student-09", "4f0c1d2e3b4a59687706152433425160718293a4"),
                Breakdown.ENGINE_UNREACHABLE,
                "The Docker engine does not answer on unix:///var/run/docker.sock. Start it (./lab doctor says how).",
                HARNESS,
                Map.of("total", 1.1));
    }

    public static Outcome.Submission submission(String student, @Nullable String commit) {
        return new Outcome.Submission(
                student,
                "sample",
                "A sample of everything",
                "https://git.example.org/mlops/" + student + ".git",
                commit,
                Instant.parse("2026-10-05T10:00:00Z"));
    }
}

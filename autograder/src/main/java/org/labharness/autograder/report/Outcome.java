package org.labharness.autograder.report;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.Form;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HarnessFacts;

/** What became of a submission. */
public sealed interface Outcome {
    Submission submission();

    HarnessFacts harness();

    /** Seconds by step; volatile. */
    Map<String, Double> timings();

    /**
     * What was handed in.
     *
     * @param student who, or the repository's name where nobody is named
     * @param lab id of the lab
     * @param labTitle what people call it
     * @param repository path or URL as given, credentials removed
     * @param commit 40 hex digits, or null where it never came to one
     * @param received when the harness got it, by the harness's clock; null where nobody knows
     */
    record Submission(
            String student,
            String lab,
            String labTitle,
            String repository,
            @Nullable String commit,
            @Nullable Instant received) {}

    /**
     * The work was graded.
     *
     * @param form what people give points for beside the checks; what they gave is not known here
     * @param digest of the evidence, as {@code EvidenceFile} computes it
     */
    record Graded(
            Submission submission,
            Scorecard scorecard,
            Form form,
            Evidence evidence,
            String digest,
            Map<String, Double> timings)
            implements Outcome {
        public Graded {
            timings = Map.copyOf(timings);
        }

        @Override
        public HarnessFacts harness() {
            return evidence.harness();
        }

        /** Which points people give, in words; empty where checks decide alone. */
        String people() {
            return PeopleWords.of(form, scorecard.total());
        }
    }

    /** The submission was refused: its submitter's to mend, nothing of it counts. */
    record Refused(
            Submission submission, Refusal reason, String message, HarnessFacts harness, Map<String, Double> timings)
            implements Outcome {
        public Refused {
            timings = Map.copyOf(timings);
        }
    }

    /** The system broke: it costs the student nothing. */
    record Broken(
            Submission submission, Breakdown reason, String message, HarnessFacts harness, Map<String, Double> timings)
            implements Outcome {
        public Broken {
            timings = Map.copyOf(timings);
        }
    }
}

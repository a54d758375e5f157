package org.labharness.autograder.gitserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.store.VerdictStore.Judged;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.Inspection;
import org.labharness.pipeline.evidence.SubmissionFacts;

class PushWordsTests {
    @Test
    void what_was_read_begins_with_what_was_found_however_long_the_address_is() {
        SubmissionFacts submission = new SubmissionFacts(
                "https://lab.example.org/git/" + "a-long-course-of-study/".repeat(8) + "lab.git",
                "main",
                "0123456789".repeat(4),
                "",
                Instant.EPOCH,
                3);

        assertThat(PushWords.inspection(new Inspection(submission, List.of(), List.of())))
                .containsExactly("  Nothing found that would stand in the way of a clean clone.");
    }

    @Test
    void the_same_advice_is_given_once_and_named_afterwards() {
        assertThat(PushWords.judged(new Judged(
                        Points.ZERO,
                        Points.of(3),
                        Points.ZERO,
                        false,
                        null,
                        List.of(lost("runs", 2, "Commit dvc.yaml."), lost("lock", 1, "Commit dvc.yaml.")))))
                .containsExactly(
                        "  x 0/2 Title of runs (runs)",
                        "      Nothing was run.",
                        "      -> Commit dvc.yaml.",
                        "  x 0/1 Title of lock (lock)",
                        "      Nothing was run.",
                        "      -> as for runs",
                        "0 of 3 points");
    }

    private static Verdict lost(String id, int of, String hint) {
        return new Verdict(
                CheckId.parse(id),
                "Title of " + id,
                Points.ZERO,
                Points.of(of),
                Support.ABSENT,
                null,
                "Nothing was run.",
                hint,
                null);
    }
}

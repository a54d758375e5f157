package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.Limits;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.lab.RunSpec;

class RunPlanTests {
    private static final Instant RECEIVED = Instant.parse("2026-10-20T12:00:00Z");

    private static Lab lab(@Nullable LocalDate opens) {
        return new Lab(
                LabId.parse("sample"),
                "A sample",
                Points.ZERO,
                opens,
                EnvironmentSpec.OF_THE_SUBMISSION,
                Limits.DEFAULT,
                List.of(),
                new RunSpec.Detect(),
                Prices.DEFAULT,
                false,
                List.of(),
                Path.of("sample"),
                "");
    }

    /** Decision 12: what the student could have had, and never what the harness has not seen yet. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-01T10:00:00Z,            , 2026-10-02T10:00:00Z",
        "2026-10-01T10:00:00Z, 2026-09-01, 2026-10-02T10:00:00Z",
        "2022-03-01T10:00:00Z, 2026-09-01, 2026-09-01T00:00:00Z",
        "2026-10-20T11:00:00Z,            , 2026-10-20T12:00:00Z",
        "2031-01-01T00:00:00Z, 2026-09-01, 2026-10-20T12:00:00Z",
        "2026-10-01T10:00:00Z, 2027-01-01, 2026-10-20T12:00:00Z",
    })
    void packagesAreThoseOfTheDayAfterTheCommitOrOfTheLabsOpeningButNotOfTheFuture(
            Instant commit, @Nullable LocalDate opens, Instant day) {
        RunPlan plan = new RunPlan("student", new Source("x", null), lab(opens), RECEIVED);

        assertThat(plan.packagesAsOf(commit)).isEqualTo(day);
    }
}

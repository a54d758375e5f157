package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;

class QueryTests {
    /** There is no NumPy before 1.24 for Python 3.13, and nothing of later years needs it. */
    @ParameterizedTest
    @CsvSource({"PY311, 2023-05-01, true", "PY311, 2024-05-01, false", "PY313, 2025-05-01, false"})
    void whatOldPackagesNeedIsConstrainedForThemOnly(PythonVersion python, String day, boolean old) {
        Query query = new Query(
                python, List.of(), List.of("own<1"), List.of(), null, Instant.parse(day + "T00:00:00Z"), true);

        assertThat(query.allOwn().contains("numpy<1.24")).isEqualTo(old);
        assertThat(query.allOwn()).startsWith("own<1", "SQLAlchemy<2.1");
    }

    /** Each of these repaired repositories that were really run: docs/environments.md names them to students. */
    @Test
    void theConstraintsAreTheOnesThatRepairedMost() {
        Query query = new Query(
                PythonVersion.PY313,
                List.of(),
                List.of(),
                List.of(),
                null,
                Instant.parse("2026-10-01T00:00:00Z"),
                true);

        assertThat(query.allOwn())
                .containsExactly(
                        "SQLAlchemy<2.1", "setuptools<81", "pathspec<1", "skops<0.15", "mlflow<3.14", "pandas<3");
    }

    /** Nothing fails before a model is served, which no probe of imports can see. */
    @ParameterizedTest
    @CsvSource({
        "mlflow==3.9.0, true",
        "mlflow[extras]==2.20, true",
        "mlflow-skinny === 3.10.1, true",
        "mlflow==3.11.1, false",
        "mlflow==3.17.0, false",
        "mlflow>=2.0, false",
        "mlflow, false",
        "mlflow-export-import==1.0, false"
    })
    void whatTheScoringServerOfAnOldMlflowIsMadeWithIsKept(String line, boolean old) {
        Instant day = Instant.parse("2026-11-01T00:00:00Z");
        Requirement mlflow = new Requirement("mlflow", line, line, Place.of("r.txt"), true);
        Requirement fastapi = new Requirement("FastAPI", "fastapi", "fastapi", Place.of("r.txt"), true);

        assertThat(new Query(PythonVersion.PY311, List.of(mlflow), List.of(), List.of(), null, day, false).allOwn())
                .isEqualTo(old ? List.of("skops<0.15", "starlette<1") : List.of("skops<0.15"));
        assertThat(new Query(PythonVersion.PY311, List.of(mlflow, fastapi), List.of(), List.of(), null, day, false)
                        .allOwn())
                .doesNotContain("starlette<1");
    }

    /** Nothing fails before a model is saved, which no probe of imports can see. */
    @Test
    void aSkopsThatRefusesTreesIsNotTakenUnlessItIsAskedFor() {
        Instant day = Instant.parse("2026-11-01T00:00:00Z");
        Requirement skops = new Requirement("skops", "skops==0.16.0", "skops==0.16.0", Place.of("r.txt"), true);

        assertThat(new Query(PythonVersion.PY311, List.of(), List.of(), List.of(), null, day, false).allOwn())
                .containsExactly("skops<0.15");
        assertThat(new Query(PythonVersion.PY311, List.of(skops), List.of(), List.of(), null, day, false).allOwn())
                .isEmpty();
    }
}

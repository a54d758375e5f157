package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;

class BundledLabFilesTests {
    @ParameterizedTest
    @CsvSource({"dvc-pipeline, 50", "mlflow-tracking, 50", "any-pipeline, 100"})
    void every_bundled_lab_is_valid(String id, int points) throws URISyntaxException {
        Path labs =
                Path.of(Objects.requireNonNull(getClass().getResource("/labs")).toURI());

        Lab lab = LabLoader.load(labs.resolve(id));

        assertThat(lab.id()).hasToString(id);
        assertThat(lab.points()).isEqualTo(Points.of(points));
    }
}

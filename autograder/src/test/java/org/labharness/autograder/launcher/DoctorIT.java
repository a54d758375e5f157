package org.labharness.autograder.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.pipeline.environment.PackageIndex;

/** What {@code ./lab doctor} says of package indexes that a test made. */
class DoctorIT {
    @TempDir
    private Path folder;

    private PackageIndex index;

    @BeforeEach
    void start() {
        index = PackageIndex.start().with("packaging", "24.0", "2024-03-10T00:00:00Z");
    }

    @AfterEach
    void stop() {
        index.close();
    }

    private String upload_times() {
        String said = new Checkout(folder, folder.resolve("no.jar"))
                .with("UV_DEFAULT_INDEX", index.url())
                .with("UV_HTTP_TIMEOUT", "2")
                .with("UV_HTTP_RETRIES", "0")
                .lab("doctor")
                .out();
        return said.lines()
                .filter(line -> line.contains("upload times"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    @Test
    void an_index_that_gives_upload_times_is_fine() {
        assertThat(upload_times()).startsWith("ok ").contains("versions can be capped by day");
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON_WITHOUT", "HTML"})
    void an_index_without_them_is_said_with_what_stands_in(PackageIndex.Form form) {
        index.in(form);
        assertThat(upload_times())
                .startsWith("note ")
                .contains("not given by the package index", "own list of releases");
    }

    @Test
    void an_index_that_hangs_is_said_to_be_missing() {
        index.hanging();
        assertThat(upload_times()).startsWith("missing ").contains("did not answer");
    }

    @Test
    void an_index_that_is_gone_is_said_to_be_missing() {
        index.close();
        assertThat(upload_times()).startsWith("missing ").contains("did not answer");
    }
}

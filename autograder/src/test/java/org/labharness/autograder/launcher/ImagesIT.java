package org.labharness.autograder.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesIT {
    private static final long DEADLINE_SECONDS = 300;

    @Test
    void no_image_keeps_the_settings_of_the_host(@TempDir Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Path script = Checkout.repository().resolve("docker/tests/images-keep-no-host-settings.sh");
        Process process = new ProcessBuilder(script.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("finished in %s s", DEADLINE_SECONDS).isTrue();
        assertThat(Files.readString(output))
                .contains("no image keeps a setting of the host")
                .doesNotContain("LEAK");
        assertThat(process.exitValue()).isZero();
    }
}

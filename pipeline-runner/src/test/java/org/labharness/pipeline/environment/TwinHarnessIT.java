package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two harness processes on one state folder. */
@Timeout(300)
class TwinHarnessIT {
    @TempDir
    private Path folder;

    private Process start(PackageIndex index) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TwinBuilder.class.getName(),
                        folder.resolve("home").toString(),
                        folder.resolve("tree").toString(),
                        index.url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void thatNeedTheSameEnvironmentBuildItOnce() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("tree")).resolve("requirements.txt"), "alpha\n");
        try (PackageIndex index = PackageIndex.start().with("alpha", "1.0", "2026-01-01T00:00:00Z")) {
            List<Process> twins = List.of(start(index), start(index));
            List<BufferedReader> said = new ArrayList<>();
            for (Process twin : twins) {
                BufferedReader reader = twin.inputReader(StandardCharsets.UTF_8);
                assertThat(reader.readLine()).isEqualTo("ready");
                said.add(reader);
            }
            for (Process twin : twins) {
                twin.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
            }
            List<String> lines = new ArrayList<>();
            for (BufferedReader reader : said) {
                reader.lines().forEach(lines::add);
            }

            assertThat(twins).extracting(Process::waitFor).containsOnly(0);
            assertThat(lines).filteredOn(line -> line.startsWith("building")).hasSize(1);
            assertThat(lines).filteredOn(line -> line.startsWith("made ")).hasSize(2);
            assertThat(lines.stream().filter(line -> line.startsWith("made ")).distinct())
                    .hasSize(1);
        }
    }
}

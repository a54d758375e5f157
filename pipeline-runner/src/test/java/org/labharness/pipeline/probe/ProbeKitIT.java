package org.labharness.pipeline.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.SystemBroke;

/** Needs no engine, but seconds: a Java runtime is made. */
class ProbeKitIT {
    @TempDir
    Path home;

    @Test
    void aKitIsMadeOnceAndOpenToWhoeverRunsInContainers() throws Exception {
        List<String> notes = new ArrayList<>();
        ProbeKit one = new ProbeKit(home);
        ProbeKit other = new ProbeKit(home);

        CompletableFuture<Path> beside = CompletableFuture.supplyAsync(() -> other.folder(note -> {}));
        Path made = one.folder(notes::add);

        assertThat(beside.join()).isEqualTo(made);
        assertThat(new ProbeKit(home).folder(notes::add)).isEqualTo(made);
        assertThat(notes.size()).isLessThanOrEqualTo(1);
        assertThat(made.resolve("runtime/bin/java")).isExecutable();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("runtime/bin/java"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(made.resolve("natives")).isNotEmptyDirectory();
        try (var left = Files.list(home.resolve("probes"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", String.valueOf(made.getFileName()));
        }
    }

    /** What is not able to evaluate its own models is never taken for an evaluator, and leaves nothing behind. */
    @Test
    void withoutDjlThereIsNoEvaluator() throws Exception {
        List<Path> without = ProbeJars.ofThisProgram().files().stream()
                .filter(jar -> !String.valueOf(jar.getFileName()).startsWith("onnxruntime-engine-"))
                .toList();

        ProbeKit kit = new ProbeKit(home, () -> new ProbeJars(without));

        assertThatThrownBy(() -> kit.folder(note -> {}))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("ended with 1");
        try (var left = Files.list(home.resolve("probes"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lock");
        }
    }
}

package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.sandbox.Held;
import org.labharness.pipeline.sandbox.Sign;

class HeldTests {
    @TempDir
    private Path folder;

    /** What another process finds. */
    private boolean freeForOthers(Path file) throws IOException, InterruptedException {
        Path probe = Files.writeString(folder.resolve("Probe.java"), """
                import java.nio.channels.FileChannel;
                import java.nio.file.*;

                class Probe {
                    public static void main(String[] file) throws Exception {
                        System.exit(FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE).tryLock() == null ? 7 : 0);
                    }
                }
                """);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        int exit = new ProcessBuilder(java.toString(), probe.toString(), file.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isIn(0, 7);
        return exit == 0;
    }

    @Test
    void whoeverAsksInVainTakesNothingAway() throws Exception {
        Path file = folder.resolve("a.lock");
        try (Held held = Held.take(file, Duration.ZERO).orElseThrow()) {
            assertThat(held.file()).isEqualTo(file);
            assertThat(Held.take(file, Duration.ZERO)).isEmpty();
            assertThat(freeForOthers(file)).isFalse();
        }
        assertThat(freeForOthers(file)).isTrue();
        Held.take(file, Duration.ZERO).orElseThrow().close();
    }

    @Test
    void whoeverWaitsHearsOfTheWorkOfWhoHasIt() throws Exception {
        Path file = folder.resolve("a.lock");
        BlockingQueue<Sign> own = new LinkedBlockingQueue<>();
        BlockingQueue<Sign> waiting = new LinkedBlockingQueue<>();
        Thread second;
        try (Held held = Held.take(file, Duration.ZERO).orElseThrow()) {
            assertThat(file.toFile().setLastModified(1_000)).isTrue();
            second = Thread.ofPlatform()
                    .start(() -> Held.take(file, Duration.ofMinutes(1), waiting::add)
                            .orElseThrow()
                            .close());
            assertThat(waiting.poll(300, TimeUnit.MILLISECONDS))
                    .as("nothing is done yet")
                    .isNull();
            held.telling(own::add).accept(Sign.WORKS);
            assertThat(waiting.poll(30, TimeUnit.SECONDS)).isEqualTo(Sign.WORKS);
        }
        second.join();
        assertThat(own).containsExactly(Sign.WORKS);
    }

    @Test
    void aBuildInsideABuildLeavesTheOuterOneHeld() throws Exception {
        EnvironmentStore store = new EnvironmentStore(folder);
        try (EnvironmentStore.Build outer = store.begin()) {
            try (EnvironmentStore.Build inner = store.begin()) {
                assertThat(store.othersBuild(inner)).isTrue();
            }
            assertThat(freeForOthers(outer.held().file())).isFalse();
            assertThat(outer.folder()).isDirectory();
        }
    }
}

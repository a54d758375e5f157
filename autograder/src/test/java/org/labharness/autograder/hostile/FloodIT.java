package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.hostile.WeakEngine.Weakness;

/** A stage that takes more than its share of something, with and without the limit on it, beside honest work. */
@Tag("full")
class FloodIT {
    @TempDir
    Path folder;

    private Path lab;

    /** What is flooded, how a report names the limit, and what takes it away. */
    enum Flood {
        PROCESSES("""
                import os, signal
                children = []
                for _ in range(100):
                    child = os.fork()
                    if child == 0: signal.pause()
                    children.append(child)
                for child in children: os.kill(child, signal.SIGKILL)
                """, "process", (host, outside) -> host.put("PidsLimit", 0)),
        THREADS("""
                import threading
                over = threading.Event()
                threads = [threading.Thread(target=over.wait) for _ in range(100)]
                try:
                    for thread in threads: thread.start()
                finally:
                    over.set()
                """, "process", (host, outside) -> host.put("PidsLimit", 0)),
        MEMORY(
                "x = b'x' * (500 << 20)",
                "more memory than the limit",
                (host, outside) -> host.put("Memory", 2L << 30).put("MemorySwap", 2L << 30)),
        DISK("""
                import os
                os.makedirs("heap", exist_ok=True)
                for i in range(3): open(f"heap/{i}", "wb").write(bytes(50 << 20))
                """, "filled the disk", Flood::onTheDiskOfTheHost),
        INODES("""
                import os
                os.makedirs("heap", exist_ok=True)
                for i in range(40_000): open(f"heap/{i}", "w").close()
                """, "filled the disk", Flood::onTheDiskOfTheHost);

        private final String program;
        private final String words;

        @SuppressWarnings("ImmutableEnumChecker")
        private final BiConsumer<ObjectNode, Path> opening;

        Flood(String program, String words, BiConsumer<ObjectNode, Path> opening) {
            this.program = program;
            this.words = words;
            this.opening = opening;
        }

        private static void onTheDiskOfTheHost(ObjectNode host, Path outside) {
            host.withArray("Mounts")
                    .addObject()
                    .put("Type", "bind")
                    .put("Source", outside.toString())
                    .put("Target", "/work/heap");
        }
    }

    @BeforeEach
    void makeLab() {
        lab = Tiny.lab(folder.resolve("lab"), "90s");
    }

    /** Floods of what the harness itself takes in; a lab may give room for them. */
    enum Inflow {
        OUTPUT("for _ in range(40): print('x' * (1 << 20))", "output: 16MiB", "output: 128MiB", "printed too much"),
        ARTIFACTS("""
                import os, urllib.request
                for i in range(8):
                    place = f"/api/2.0/mlflow-artifacts/artifacts/0/flood-{i}"
                    request = urllib.request.Request(os.environ["MLFLOW_TRACKING_URI"] + place, bytes(12 << 20), method="PUT")
                    urllib.request.urlopen(request).read()
                """, "disk: 64MiB", "disk: 512MiB", "filled the disk"),
        METRICS("""
                import json, os, urllib.request
                def ask(call, **fields):
                    url = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + call
                    request = urllib.request.Request(url, json.dumps(fields).encode(), {"Content-Type": "application/json"})
                    return json.load(urllib.request.urlopen(request))
                run = ask("runs/create", experiment_id="0", start_time=1)["run"]["info"]["run_id"]
                for batch in range(60):
                    metrics = [{"key": f"{batch}-{i}-" + "m" * 220, "value": 1, "timestamp": 1, "step": 0} for i in range(1000)]
                    ask("runs/log-batch", run_id=run, metrics=metrics)
                """, "disk: 64MiB", "disk: 512MiB", "filled the disk");

        private final String program;
        private final String limit;
        private final String room;
        private final String words;

        Inflow(String program, String limit, String room, String words) {
            this.program = program;
            this.limit = limit;
            this.room = room;
            this.words = words;
        }
    }

    @ParameterizedTest
    @EnumSource(Inflow.class)
    void is_taken_in_up_to_the_lab_s_limit(Inflow flood) throws Exception {
        Path repository = repository(flood.name(), flood.program);
        limited(flood.limit);
        Grading stopped = grade("hostile", repository);
        limited(flood.room);
        Grading finished = grade("roomy", repository);

        assertThat(stopped.check("runs")).as("%s", stopped).startsWith("0: ").contains(flood.words);
        assertThat(finished.check("runs")).as("%s", finished).startsWith("4: ");
    }

    private void limited(String limit) throws IOException {
        String name = limit.replaceFirst(":.*", "");
        Path yaml = lab.resolve("lab.yaml");
        String text = Files.readString(yaml).replaceAll("(?m), (" + name + "): [0-9]+MiB", "");
        Files.writeString(yaml, text.replace("processes: 48", limit + ", processes: 48"));
    }

    @ParameterizedTest
    @EnumSource(Flood.class)
    void is_stopped_with_words_and_costs_its_neighbour_nothing(Flood flood) throws Exception {
        CompletableFuture<Grading> neighbour =
                CompletableFuture.supplyAsync(() -> grade("honest", Tiny.good(folder.resolve("good"))));

        Grading stopped = grade("hostile", repository(flood.name(), flood.program));

        assertThat(stopped.points()).as("%s", stopped).isNotEqualTo("6");
        assertThat(stopped.check("runs")).startsWith("0: ").contains(flood.words);
        assertThat(neighbour.get(90, TimeUnit.SECONDS).points()).isEqualTo("6");
    }

    @ParameterizedTest
    @EnumSource(Flood.class)
    void comes_to_its_end_where_its_limit_is_missing(Flood flood) throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (WeakEngine engine = new WeakEngine(Weakness.ofStages(host -> flood.opening.accept(host, outside)))) {
            Grading grading = Grading.of(
                    RealHome.warm(folder.resolve("weak")),
                    repository(flood.name(), flood.program),
                    lab,
                    engine.variables());

            assertThat(grading.check("runs")).startsWith("4: ");
        }
    }

    private Path repository(String name, String program) {
        return Tiny.with(
                folder.resolve(name.toLowerCase(Locale.ROOT)),
                "cat > /tmp/flood.py <<'END'\n" + program + "\nEND\npython3 /tmp/flood.py || exit 1\n" + Tiny.DOUBLE);
    }

    private Grading grade(String home, Path repository) {
        try {
            return Grading.of(RealHome.warm(folder.resolve(home)), repository, lab);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package org.labharness.autograder.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Times {@code ./lab inspect} of repositories of the size that students hand in, and of the largest that were seen. */
final class InspectionBench {
    private static final double ORDINARY_LIMIT = 1.5;
    private static final double LARGE_LIMIT = 5;
    private static final long MEMORY_LIMIT = 512;
    private static final int SMALL_FILES = 34_000;
    private static final int LARGE_FILES = 1_000;
    private static final Instant COMMITTED = Instant.parse("2026-09-01T10:00:00Z");

    private final Path folder;
    private final int runs;
    private final Consumer<String> progress;
    private final Function<String[], Command> commands;

    InspectionBench(Path folder, int runs, Consumer<String> progress, Function<String[], Command> commands) {
        this.folder = folder;
        this.runs = runs;
        this.progress = progress;
        this.commands = commands;
    }

    List<Row> measure() throws IOException {
        List<Row> rows = new ArrayList<>();
        rows.add(row("./lab inspect of a repository of 30 files", ordinary(), ORDINARY_LIMIT));
        Path large = large();
        rows.add(row("./lab inspect of 35,000 files, 800 MB", large, LARGE_LIMIT));
        long peak = new PeakMemory(commands.apply(new String[] {"inspect", large.toString()})).mebibytes();
        rows.add(new Row("  its memory at the most", peak + " MiB", "<= 512 MiB", peak <= MEMORY_LIMIT));
        return rows;
    }

    private Row row(String what, Path repository, double limit) throws IOException {
        Command inspect = commands.apply(new String[] {"inspect", repository.toString()});
        Sample sample = Sample.taken(runs, progress, what, inspect::time);
        return new Row(what, sample + " s", "<= " + limit + " s", sample.median() <= limit);
    }

    /** Twenty scripts of a hundred lines, a pipeline over them, and what lies beside it. */
    private Path ordinary() {
        Path directory = folder.resolve("ordinary");
        try (RepositoryBuilder builder = RepositoryBuilder.create(directory)) {
            StringBuilder stages = new StringBuilder("stages:\n");
            for (int i = 0; i < 20; i++) {
                stages.append(
                        "  step%d:\n    cmd: python src/step%d.py\n    deps: [src/step%d.py]\n".formatted(i, i, i));
                builder.write("src/step" + i + ".py", script(i));
            }
            builder.write("dvc.yaml", stages.toString())
                    .write(".dvc/config", "")
                    .write("params.yaml", "lr: 0.1\n");
            for (int i = 0; i < 7; i++) {
                builder.write("docs/part" + i + ".md", "Some words on the data.\n".repeat(200));
            }
            builder.write("requirements.txt", "mlflow==2.17.2\n").commit("Hand in", COMMITTED);
        }
        return directory;
    }

    private static String script(int number) {
        StringBuilder text = new StringBuilder("import json\nimport mlflow\n\n");
        for (int i = 0; i < 30; i++) {
            text.append(
                    "def part%d(rows, rate=%d):\n    mlflow.log_metric('m%d', sum(rows) * rate)\n    return {'n': len(rows)}\n\n"
                            .formatted(i, number, i));
        }
        return text.append("if __name__ == '__main__':\n    print(json.dumps(part1([1, 2])))\n")
                .toString();
    }

    /** A pipeline with a virtual environment committed beside it, as it was seen twice. */
    private Path large() {
        progress.accept("making a repository of 35,000 files, 800 MB");
        Path directory = folder.resolve("large");
        Random random = new Random(5402);
        try (RepositoryBuilder builder = RepositoryBuilder.create(directory)) {
            for (int i = 0; i < SMALL_FILES; i++) {
                builder.write(
                        "venv/lib/python3.11/site-packages/p" + i % 300 + "/m" + i + ".py", filler(random, 6_000));
            }
            for (int i = 0; i < LARGE_FILES; i++) {
                builder.write(
                        "venv/lib/python3.11/site-packages/p" + i % 300 + "/m" + i + ".so", filler(random, 600_000));
            }
            builder.write("venv/pyvenv.cfg", "home = /usr/bin\n")
                    .write("train.py", script(1))
                    .write("dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    deps: [train.py]\n")
                    .write(".dvc/config", "")
                    .commit("Everything", COMMITTED);
        }
        return directory;
    }

    /** Half of it is random, as compiled code is about that dense. */
    private static byte[] filler(Random random, int length) {
        byte[] bytes = "def f(a):\n    return a + 1\n".repeat(length / 27).getBytes(StandardCharsets.US_ASCII);
        byte[] noise = new byte[length / 3];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, 0, Math.min(noise.length, bytes.length));
        return bytes;
    }
}

package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;

/** A virtual environment in Git, which makes whatever walks through a clone slow. */
@Tag("alone")
@Timeout(300)
class ManyFilesIT {
    private static final int FILES = 30_000;

    /** From the repository to its evidence, on two busy cores; it takes a sixth of this where nothing else is going on. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String LAB = """
            id: many
            title: Many files
            points: 1
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 512MiB}
            run: dvc
            checks:
              - {id: again, title: Again, points: 1, second-run-does-nothing: true}
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    private static final String PIPELINE = """
            stages:
              prepare: {cmd: git status --short > /dev/null && sort raw.csv > sorted.csv, deps: [raw.csv], outs: [sorted.csv]}
              count: {cmd: wc -l < sorted.csv > rows.txt, deps: [sorted.csv], outs: [rows.txt]}
            """;

    /** One stream of all files, for it would take a minute to put them one by one. */
    private static Path repository(Path folder) throws IOException {
        git("init", "-q", "--bare", "-b", "main", folder.toString()).close();
        try (Writer stream = git("-C", folder.toString(), "fast-import", "--quiet")) {
            stream.write(
                    "commit refs/heads/main\ncommitter Student <student@example.org> 1772445600 +0000\ndata 7\nHand in\n");
            for (int file = 0; file < FILES; file++) {
                write(
                        stream,
                        "venv/lib/python3.11/site-packages/p%d/s%d/m%d.py".formatted(file / 500, file / 20 % 25, file),
                        "NUMBER = " + file + "\n");
            }
            write(stream, "venv/pyvenv.cfg", "home = /usr/bin\n");
            write(stream, "raw.csv", "b\na\n");
            write(stream, ".gitignore", "/sorted.csv\n/rows.txt\nvenv/\n");
            write(stream, "dvc.yaml", PIPELINE);
        }
        return folder;
    }

    private static void write(Writer stream, String path, String content) throws IOException {
        stream.write("M 100644 inline " + path + "\ndata " + content.length() + "\n" + content + "\n");
    }

    /** Whatever is written goes to its input; closing waits for its end. */
    private static Writer git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new FilterWriter(git.outputWriter(StandardCharsets.UTF_8)) {
            @Override
            public void close() throws IOException {
                super.close();
                assertThat(git.onExit().join().exitValue()).isZero();
            }
        };
    }

    @Test
    void are_handed_over_in_time_and_every_stage_runs(@TempDir Path folder) throws IOException {
        Path repository = repository(folder.resolve("student"));
        long start = System.nanoTime();

        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as(evidence.timings().toString())
                .isLessThan(LONGEST);
        assertThat(evidence.tree().count()).isGreaterThan(FILES);
        assertThat(evidence.run().stages())
                .extracting(StageRun::name, StageRun::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("prepare", Status.RAN),
                        org.assertj.core.groups.Tuple.tuple("count", Status.RAN));
        assertThat(evidence.secondRun())
                .satisfies(again -> assertThat(again.stages()).isEmpty());
        assertThat(evidence.findings()).extracting(Finding::code).contains("repo.environment-committed");
    }
}

package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.LockFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Outputs with the time of day in them, as models and reports often have: no two runs agree, and no lock is wrong for that. */
@Timeout(300)
class VolatileOutputsIT {
    private static final String LAB = """
            id: volatile
            title: Volatile
            points: 3
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: again, title: Again, points: 1, second-run-does-nothing: true}
              - {id: lock, title: The lock belongs to the commit, points: 1, lock-agrees: true}
              - {id: metrics, title: The number comes out, points: 1, metrics-agree: {tolerance: 0}}
            """;
    private static final String TRAIN = """
            import json, time
            open("model.txt", "w").write(str(time.time_ns()))
            json.dump({"f1": 0.75, "finished": time.strftime("%H:%M:%S"), "took": time.time_ns()}, open("scores.json", "w"))
            """;
    private static final String SCORES = "{\"f1\": 0.75, \"finished\": \"09:00:00\", \"took\": 1}";

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    private static String sum(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void leave_the_lock_that_is_committed_in_agreement(@TempDir Path folder) throws Exception {
        Evidence evidence = RUN.of(repository(folder.resolve("student")), LAB, Progress.SILENT);

        assertThat(evidence.run().stages()).extracting(StageRun::status).containsOnly(Status.RAN);
        LockFacts lock = Objects.requireNonNull(evidence.pipelines().getFirst().lock());
        assertThat(lock.stages()).containsExactly("train", "report");
        assertThat(lock.differences()).isEmpty();
        assertThat(Objects.requireNonNull(evidence.secondRun()).stages()).isEmpty();
        assertThat(evidence.findings()).noneMatch(finding -> finding.code().startsWith("dvc.lock"));
    }

    private static Path repository(Path folder) throws Exception {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write(".dvc/config", "")
                    .write(".gitignore", "/model.txt\n/report.txt\n")
                    .write("train.py", TRAIN)
                    .write("scores.json", SCORES)
                    .write("dvc.yaml", """
                            stages:
                              train:
                                cmd: python3 train.py
                                deps: [train.py]
                                outs: [model.txt]
                                metrics: [scores.json: {cache: false}]
                              report: {cmd: cat model.txt scores.json > report.txt, deps: [model.txt, scores.json], outs: [report.txt]}
                            """)
                    .write("dvc.lock", lock())
                    .commit("Hand in", Instant.parse("2026-03-01T12:00:00Z"));
        }
        return folder;
    }

    private static String lock() throws Exception {
        return """
                schema: '2.0'
                stages:
                  train:
                    cmd: python3 train.py
                    deps:
                    - {path: train.py, hash: md5, md5: %1$s, size: %2$d}
                    outs:
                    - {path: model.txt, hash: md5, md5: %3$s, size: 19}
                    - {path: scores.json, hash: md5, md5: %4$s, size: %5$d}
                  report:
                    cmd: cat model.txt scores.json > report.txt
                    deps:
                    - {path: model.txt, hash: md5, md5: %3$s, size: 19}
                    - {path: scores.json, hash: md5, md5: %4$s, size: %5$d}
                    outs:
                    - {path: report.txt, hash: md5, md5: %6$s, size: 70}
                """.formatted(sum(TRAIN), TRAIN.length(), sum("then"), sum(SCORES), SCORES.length(), sum("then too"));
    }
}

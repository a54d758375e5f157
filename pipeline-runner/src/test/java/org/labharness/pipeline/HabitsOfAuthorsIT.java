package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;
import org.labharness.pipeline.evidence.TrackingStore;

/** What works on every author's machine and needs something of the machine: a name in Git, a folder for temporary files, a cache. */
@Timeout(300)
class HabitsOfAuthorsIT {
    private static final String LAB = """
            id: habits
            title: Habits
            points: 2
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: metrics, title: The number comes out, points: 1, metrics-agree: {tolerance: 0}}
              - {id: tracked, title: A run is tracked, points: 1, mlflow-runs: {min: 1}}
            """;
    private static final String METRICS = "{\"f1\": 0.75}";

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    private static Evidence ran(Path repository) throws Exception {
        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);
        assertThat(evidence.run().stages()).isNotEmpty().allSatisfy(stage -> {
            assertThat(stage.problem()).as(stage.name()).isNull();
            assertThat(stage.status()).isEqualTo(Status.RAN);
        });
        return evidence;
    }

    private static RepositoryBuilder handIn(Path folder, String pipeline) {
        return RepositoryBuilder.create(folder)
                .write(".dvc/config", "")
                .write(".gitignore", "/out.txt\n/eval\n")
                .write("dvc.yaml", pipeline);
    }

    private static void commit(RepositoryBuilder builder) {
        builder.commit("Hand in", Instant.parse("2026-10-01T12:00:00Z"));
    }

    private static String sum(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_stage_may_commit_and_tag(@TempDir Path folder) throws Exception {
        try (RepositoryBuilder builder = handIn(folder.resolve("student"), """
                stages:
                  release:
                    cmd: git tag -a v1 -m one && git commit --allow-empty -qm 'Record the model' && git log -1 --format=%s > out.txt
                    outs: [out.txt]
                """)) {
            commit(builder);
        }

        assertThat(ran(folder.resolve("student")).run().stages())
                .extracting(StageRun::name)
                .containsExactly("release");
    }

    /** As MLflow writes a store of files, with what it needs to be one. */
    @Test
    void runs_in_a_store_outside_of_the_repository_are_found(@TempDir Path folder) throws Exception {
        try (RepositoryBuilder builder = handIn(folder.resolve("student"), """
                stages:
                  first: {cmd: python3 log.py /tmp/mlruns 1, outs: [out.txt]}
                  second: {cmd: python3 log.py ~/elsewhere/mlruns 2, deps: [out.txt]}
                """).write("log.py", """
                import os, sys, time
                store, number = sys.argv[1:]
                run = number * 32
                now = int(time.time() * 1000)
                os.makedirs(f"{store}/7/{run}/metrics")
                open(f"{store}/7/meta.yaml", "w").write(
                    "artifact_location: file://%s/7\\nexperiment_id: '7'\\nlifecycle_stage: active\\nname: wine\\n" % store)
                open(f"{store}/7/{run}/metrics/f1", "w").write(f"{now} 0.75 0\\n")
                open(f"{store}/7/{run}/meta.yaml", "w").write(
                    f"artifact_uri: file://{store}/7/{run}/artifacts\\nend_time: {now}\\nexperiment_id: '7'\\nlifecycle_stage: active\\n"
                    f"run_id: '{run}'\\nrun_name: mine\\nstart_time: {now}\\nstatus: 3\\nuser_id: me\\n")
                open("out.txt", "a").close()
                """)) {
            commit(builder);
        }

        assertThat(ran(folder.resolve("student")).tracking())
                .extracting(TrackingStore::store, store -> store.newRuns().size())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("/tmp/mlruns", 1),
                        org.assertj.core.groups.Tuple.tuple("/tmp/elsewhere/mlruns", 1));
    }

    /** Git holds none of it, but the folder comes out with the sum that the lock records. */
    @Test
    void metrics_in_a_folder_that_dvc_keeps_come_out_again(@TempDir Path folder) throws Exception {
        String listing = "[{\"md5\": \"" + sum(METRICS) + "\", \"relpath\": \"metrics.json\"}]";
        try (RepositoryBuilder builder =
                handIn(folder.resolve("student"), """
                stages:
                  evaluate:
                    cmd: >-
                      mkdir -p eval && printf '%s' '{"f1": 0.75}' > eval/metrics.json
                    outs: [eval]
                metrics: [eval/metrics.json]
                """).write("dvc.lock", """
                        schema: '2.0'
                        stages:
                          evaluate:
                            cmd: whatever
                            outs:
                            - {path: eval, hash: md5, md5: SUM.dir, size: 12, nfiles: 1}
                        """.replace("SUM", sum(listing)))) {
            commit(builder);
        }

        assertThat(ran(folder.resolve("student")).metrics())
                .singleElement()
                .satisfies(file -> assertThat(file.reported()).containsEntry("f1", 0.75))
                .extracting(MetricsFile::reproduced)
                .isEqualTo(java.util.Map.of("f1", 0.75));
    }
}

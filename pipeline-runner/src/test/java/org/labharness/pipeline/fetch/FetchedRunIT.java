package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.lab.Severity;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.PipelineRunner;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.RunPlan;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.collect.dvc.OwnRemote;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;
import org.labharness.pipeline.sandbox.Images;

/** Whole runs of a submission whose data lies in a remote. */
@Timeout(240)
class FetchedRunIT {
    private static final String SECRET = "p4ssw0rd";

    @TempDir
    private Path folder;

    private DataServer server;

    @BeforeEach
    void start() throws IOException {
        server = DataServer.start(null).wantsLogin("grader", SECRET);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** One stage that needs the data, one that does not, and a folder that no stage names. */
    private Path submission() {
        String raw = server.push("/store", "1\n2\n");
        String list = "[{\"md5\": \"" + server.push("/store", "one") + "\", \"relpath\": \"a/1.txt\"}, {\"md5\": \""
                + server.push("/store", "one") + "\", \"relpath\": \"2.txt\"}]";
        String images = server.push("/store/files/md5", list, ".dir");
        server.file("/public/ext.csv", "x\n");
        String imported =
                "deps:\n- path: " + server.url("/public/ext.csv") + "\n  etag: '\"1\"'\n  size: 2\nouts:\n- md5: "
                        + DataServer.sum("MD5", "x\n") + "\n  size: 2\n  hash: md5\n  path: ext.csv\n";
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write(
                            ".dvc/config",
                            "[core]\n    remote = r\n['remote \"r\"']\n    url = " + server.url("/store") + "\n")
                    .write("raw.txt.dvc", "outs:\n- md5: " + raw + "\n  size: 4\n  hash: md5\n  path: raw.txt\n")
                    .write("imgs.dvc", "outs:\n- md5: " + images + "\n  nfiles: 2\n  hash: md5\n  path: imgs\n")
                    .write("ext.csv.dvc", imported)
                    .write(".gitignore", "/ext.csv\n/raw.txt\n/imgs\n/sum.txt\n/alone.txt\n")
                    .write("dvc.yaml", """
                            stages:
                              sum:
                                cmd: cat raw.txt ext.csv imgs/a/1.txt imgs/2.txt > sum.txt; test $(wc -c < sum.txt) = 12
                                deps: [raw.txt, ext.csv, imgs]
                                outs: [sum.txt]
                              alone:
                                cmd: echo 1 > alone.txt
                                outs: [alone.txt]
                            """)
                    .commit("Hand in", Instant.parse("2026-03-02T10:00:00Z"));
        }
        return repository;
    }

    private Evidence run(Path repository) throws IOException {
        return run(repository, null);
    }

    private Evidence run(Path repository, @Nullable OwnRemote own) throws IOException {
        Path lab = Files.createDirectories(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), """
                id: tiny
                title: Tiny
                points: 1
                limits: {time: 60s}
                run: dvc
                checks:
                  - {id: runs, title: It runs, points: 1, reproduces: all}
                """);
        Path settings = folder.resolve("data-sources.yaml");
        Files.writeString(settings, """
                allow: ["%1$s"]
                control: [localhost]
                places:
                  - {url: "%1$s", user: grader, secret: "${STORE_SECRET}"}
                """.formatted(server.url("")));
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("LAB_DATA_SOURCES", settings.toString());
        variables.put("STORE_SECRET", SECRET);
        try (PipelineRunner runner = PipelineRunner.start(Images.home(Path.of("")), false, variables)) {
            return runner.run(
                    new RunPlan(
                            "student",
                            new Source(repository.toString(), null),
                            LabLoader.load(lab),
                            Instant.now(),
                            own),
                    Progress.SILENT);
        }
    }

    @Test
    void data_that_a_remote_holds_is_there_when_the_stages_run_and_the_login_is_not() throws IOException {
        Evidence evidence = run(submission());
        assertThat(evidence.run().stages())
                .as(evidence.run().toString())
                .extracting(StageRun::name, StageRun::status)
                .containsExactlyInAnyOrder(tuple("sum", Status.RAN), tuple("alone", Status.RAN));
        String from = "fetched from the DVC remote 'r' (" + server.url("/store") + ")";
        assertThat(evidence.data())
                .extracting(DataFacts::path, DataFacts::presence, DataFacts::reason)
                .containsExactly(
                        tuple("ext.csv", Presence.FETCHED, "fetched from the address " + server.url("/public/ext.csv")),
                        tuple("imgs", Presence.FETCHED, from),
                        tuple("raw.txt", Presence.FETCHED, from));
        assertThat(evidence.findings()).noneMatch(finding -> finding.code().startsWith("data."));
        assertThat(evidence.toString()).doesNotContain(SECRET);
    }

    @Test
    void data_behind_a_server_at_fault_costs_no_point_and_every_other_stage_runs() throws IOException {
        Path repository = submission();
        server.fails(503);
        Evidence evidence = run(repository);
        assertThat(evidence.run().stages())
                .extracting(StageRun::name, StageRun::status)
                .containsExactlyInAnyOrder(tuple("sum", Status.NOT_REACHED), tuple("alone", Status.RAN));
        StageRun.Problem problem = evidence.run().stages().stream()
                .filter(stage -> stage.name().equals("sum"))
                .map(StageRun::problem)
                .findFirst()
                .orElseThrow();
        assertThat(problem.kind()).isEqualTo(StageRun.Kind.OURS);
        assertThat(problem.message()).contains("could not be read: it answers with status 503");
        assertThat(evidence.findings())
                .filteredOn(finding -> finding.code().equals("data.unanswered"))
                .extracting(Finding::severity)
                .containsOnly(Severity.ADVICE);
    }

    @Test
    void data_that_was_never_pushed_is_named_and_every_other_stage_runs() throws IOException {
        Path repository = submission();
        server.close();
        server = DataServer.start(null);
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder.resolve("other"))) {
            builder.write(".dvc/config", "['remote \"r\"']\n    url = " + server.url("/store") + "\n")
                    .write("raw.txt.dvc", Files.readString(repository.resolve("raw.txt.dvc")))
                    .write("imgs.dvc", Files.readString(repository.resolve("imgs.dvc")))
                    .write("ext.csv", "x\n")
                    .write("dvc.yaml", Files.readString(repository.resolve("dvc.yaml")))
                    .commit("Hand in", Instant.parse("2026-03-02T10:00:00Z"));
        }
        Evidence evidence = run(folder.resolve("other"));
        assertThat(evidence.run().stages())
                .extracting(StageRun::name, StageRun::status)
                .containsExactlyInAnyOrder(tuple("sum", Status.NOT_REACHED), tuple("alone", Status.RAN));
        assertThat(evidence.findings())
                .filteredOn(finding -> finding.code().equals("data.not-pushed"))
                .extracting(Finding::message)
                .contains(
                        "The data raw.txt (4B) cannot be had from a clean clone: its content is not in the DVC remote 'r' ("
                                + server.url("/store") + ").");
    }

    private static void keep(Path remote, String content, String ending) throws IOException {
        String sum = DataServer.sum("MD5", content);
        Path file = remote.resolve("files/md5").resolve(sum.substring(0, 2)).resolve(sum.substring(2) + ending);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void data_that_the_harness_keeps_for_the_student_is_taken_from_there_and_stays_there() throws IOException {
        Path repository = submission();
        server.close();
        server = DataServer.start(null);
        Path kept = folder.resolve("kept");
        keep(kept, "1\n2\n", "");
        keep(kept, "one", "");
        keep(
                kept,
                "[{\"md5\": \"" + DataServer.sum("MD5", "one") + "\", \"relpath\": \"a/1.txt\"}, {\"md5\": \""
                        + DataServer.sum("MD5", "one") + "\", \"relpath\": \"2.txt\"}]",
                ".dir");
        keep(kept, "x\n", "");
        OwnRemote own = new OwnRemote(kept, "/dvc/mlops/s01/tiny", "https://lab.example.org/dvc/mlops/s01/tiny");

        Evidence evidence = run(repository, own);

        assertThat(evidence.run().stages())
                .as(evidence.run().toString())
                .extracting(StageRun::name, StageRun::status)
                .containsExactlyInAnyOrder(tuple("sum", Status.RAN), tuple("alone", Status.RAN));
        assertThat(evidence.data())
                .extracting(DataFacts::presence, DataFacts::reason)
                .containsOnly(
                        tuple(
                                Presence.FETCHED,
                                "fetched from the course's own remote for this lab (https://lab.example.org/dvc/mlops/s01/tiny)"));
        assertThat(evidence.findings()).noneMatch(finding -> finding.code().startsWith("data."));
        try (var files = Files.walk(kept)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(4);
        }
    }
}

package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.PipelineRunner;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.RunPlan;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.DataVersions;
import org.labharness.pipeline.evidence.HistoryFacts.Version;
import org.labharness.pipeline.sandbox.Images;

/** A whole run whose lab asks for the history: older versions of the data lie in a remote. */
@Timeout(240)
class FetchedVersionsIT {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final String LAB = """
            id: versions
            title: Versions
            points: 4
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: rows, title: Rows, points: 1, data-versions: {tags: [v1, v2, v3], path: raw.csv, disjoint: rows}}
              - {id: files, title: Files, points: 1, data-versions: {tags: [v1, v2], path: imgs, disjoint: files}}
              - {id: work, title: Branches, points: 1, git-history: {branches: 1}}
              - {id: experiments, title: Experiments, points: 1, experiments: {min: 1}}
            """;

    @TempDir
    private Path folder;

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> i + "," + i * 7 + "\n").collect(Collectors.joining());
    }

    private static String tracker(String md5, String path) {
        return "outs:\n- md5: " + md5 + "\n  hash: md5\n  path: " + path + "\n";
    }

    /** The list is pushed; what it lists never is asked for. */
    private static String images(DataServer server, String... sums) {
        String list = java.util.Arrays.stream(sums)
                .map(sum -> "{\"md5\": \"" + sum.repeat(32) + "\", \"relpath\": \"" + sum + ".png\"}")
                .collect(Collectors.joining(", ", "[", "]"));
        return server.push("/store/files/md5", list, ".dir");
    }

    private Path submission(DataServer server) {
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            String base = builder.write(
                            ".dvc/config",
                            "[core]\n    remote = r\n['remote \"r\"']\n    url = " + server.url("/store") + "\n")
                    .write(".gitignore", "/raw.csv\n/imgs\n")
                    .write("dvc.yaml", "stages:\n  hello: {cmd: rm -rf .git/refs .git/packed-refs; echo hello}\n")
                    .write("raw.csv.dvc", tracker(server.push("/store", rows(0, 40)), "raw.csv"))
                    .write("imgs.dvc", tracker(images(server, "1", "2"), "imgs"))
                    .commit("One", MONDAY);
            builder.tag("v1")
                    .ref("refs/exps/" + base.substring(0, 2) + "/" + base.substring(2) + "/first")
                    .write("raw.csv.dvc", tracker(server.push("/store", rows(30, 80)), "raw.csv"))
                    .write("imgs.dvc", tracker(images(server, "3"), "imgs"))
                    .commit("Two", MONDAY.plusSeconds(1));
            builder.tag("v2")
                    .write("raw.csv.dvc", tracker("9".repeat(32), "raw.csv"))
                    .commit("Never pushed", MONDAY.plusSeconds(2));
            builder.tag("v3").delete("raw.csv.dvc").delete("imgs.dvc").commit("No data", MONDAY.plusSeconds(3));
            builder.branch("scaling").write("a", "1").commit("Scale", MONDAY.plusSeconds(4));
            builder.onto("main");
        }
        return repository;
    }

    private Evidence run(DataServer server, Path repository) throws Exception {
        Path lab = Files.createDirectories(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), LAB);
        Path settings = folder.resolve("fetch.yaml");
        Files.writeString(settings, "allow: [\"" + server.url("") + "\"]\ncontrol: [localhost]\n");
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("LAB_DATA_SOURCES", settings.toString());
        try (PipelineRunner runner = PipelineRunner.start(Images.home(Path.of("")), false, variables)) {
            return runner.run(
                    new RunPlan("student", new Source(repository.toString(), null), LabLoader.load(lab), Instant.now()),
                    Progress.SILENT);
        }
    }

    @Test
    void are_fetched_and_compared_before_a_stage_can_change_the_history() throws Exception {
        try (DataServer server = DataServer.start(null)) {
            HistoryFacts history =
                    Objects.requireNonNull(run(server, submission(server)).history());

            DataVersions files = history.data().stream()
                    .filter(one -> one.path().equals("imgs"))
                    .findFirst()
                    .orElseThrow();
            assertThat(files.versions()).as("%s", files).allMatch(Version::had);
            assertThat(files.shared())
                    .singleElement()
                    .satisfies(pair -> assertThat(pair.common()).isZero());

            DataVersions rows = history.data().stream()
                    .filter(one -> one.path().equals("raw.csv"))
                    .findFirst()
                    .orElseThrow();
            assertThat(rows.versions()).extracting(Version::had).containsExactly(true, true, false);
            assertThat(rows.versions().get(2).presence()).isEqualTo(Presence.NOT_PUSHED);
            assertThat(rows.shared().getFirst().common()).isEqualTo(10);

            assertThat(Objects.requireNonNull(history.work()).lines())
                    .containsExactly(new HistoryFacts.Line("scaling", 1, false));
            assertThat(Objects.requireNonNull(history.experiments()).count()).isEqualTo(1);
        }
    }
}

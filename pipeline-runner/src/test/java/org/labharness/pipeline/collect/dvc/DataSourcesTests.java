package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.LabInput;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.PipelineFacts;

class DataSourcesTests {
    @TempDir
    Path root;

    @BeforeEach
    void track() throws IOException {
        write(
                "data/raw.csv.dvc",
                "outs:\n- md5: " + PipelinesTests.md5("a,b\n") + "\n  size: 4\n  hash: md5\n  path: raw.csv\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private DataSources sources() {
        TreeReader tree = new TreeReader(root);
        List<String> paths = tree.list("", 1_000, java.util.Set.of()).files().stream()
                .map(FoundFile::path)
                .toList();
        return new DataSources(tree, paths, Pipelines.read(tree, paths));
    }

    private DataFacts only() {
        List<DataFacts> data = sources().read(List.of());
        assertThat(data).hasSize(1);
        return data.getFirst();
    }

    @Test
    void without_a_remote_the_content_is_out_of_reach() {
        assertThat(only())
                .isEqualTo(new DataFacts(
                        "data/raw.csv",
                        "data/raw.csv.dvc",
                        4,
                        Presence.NO_REMOTE,
                        "the repository names no DVC remote, so its content exists only on your machine"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            C:\\Users\\me\\store     | REMOTE_ELSEWHERE   | the DVC remote 'r' is a folder on one machine's disk (C:\\Users\\me\\store)
            /Users/me/store          | REMOTE_ELSEWHERE   | the DVC remote 'r' is a folder on one machine's disk (/Users/me/store)
            ../../store              | REMOTE_ELSEWHERE   | the DVC remote 'r' is a folder on one machine's disk (../../store)
            gdrive://1abc            | REMOTE_UNREACHABLE | the DVC remote 'r' is a Google Drive folder, which the grader cannot read (gdrive://1abc)
            ssh://host/x             | REMOTE_UNREACHABLE | the DVC remote 'r' is a folder on another machine (SSH), which the grader cannot read (ssh://host/x)
            https://me:pw@host/x     | FETCHABLE          | the DVC remote 'r' (https://host/x)
            s3://bucket/x            | FETCHABLE          | the DVC remote 'r' (s3://bucket/x)
            ../store                 | NOT_PUSHED         | its content is not in the remote 'r' (store in the repository)
            """)
    void the_reason_follows_from_the_remote(String url, Presence presence, String reason) throws IOException {
        write(".dvc/config", "[core]\n    remote = r\n['remote \"r\"']\n    url = " + url + "\n");
        assertThat(only().presence()).isEqualTo(presence);
        assertThat(only().reason()).isEqualTo(reason);
    }

    /** As {@code dvc import} writes it; DVC takes the content from there, whatever remote this repository names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            https://me:pw@github.com/team/data.git | FETCHABLE          | the Git repository https://github.com/team/data.git
            git@github.com:team/data.git           | FETCHABLE          | the Git repository git@github.com:team/data.git
            ../data                                | REMOTE_ELSEWHERE   | it was imported from the Git repository '../data', which is a folder on one machine's disk
            D:/data                                | REMOTE_ELSEWHERE   | it was imported from the Git repository 'D:/data', which is a folder on one machine's disk
            """)
    void an_import_comes_from_its_repository(String url, Presence presence, String reason) throws IOException {
        String commit = "4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b";
        String tracker = Files.readString(root.resolve("data/raw.csv.dvc"));
        write(
                "data/raw.csv.dvc",
                "frozen: true\ndeps:\n- path: sets/raw.csv\n  repo:\n    url: " + url + "\n    rev_lock: " + commit
                        + "\n" + tracker);
        write(".dvc/config", "[core]\n    remote = r\n['remote \"r\"']\n    url = s3://mine/x\n");
        assertThat(only().presence()).isEqualTo(presence);
        assertThat(only().reason()).isEqualTo(reason);
        if (presence == Presence.FETCHABLE) {
            assertThat(sources().wanted(List.of())).singleElement().satisfies(wanted -> {
                assertThat(wanted.git()).contains(new GitSource(url, commit, "sets/raw.csv"));
                assertThat(wanted.source()).isEmpty();
            });
        }
    }

    @Test
    void content_in_a_remote_inside_the_repository_is_put_in_place() throws IOException {
        String md5 = PipelinesTests.md5("a,b\n");
        write(".dvc/config", "['remote \"r\"']\n    url = ../store\n");
        write("store/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2), "a,b\n");
        assertThat(only().presence()).isEqualTo(Presence.PRESENT);
        assertThat(sources().materialize()).containsExactly("data/raw.csv");
        assertThat(root.resolve("data/raw.csv")).hasContent("a,b\n");
    }

    @Test
    void content_that_is_not_what_its_name_says_does_not_count() throws IOException {
        String md5 = PipelinesTests.md5("a,b\n");
        write(".dvc/cache/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2), "forged\n");
        assertThat(only().presence()).isEqualTo(Presence.NO_REMOTE);
    }

    @Test
    void content_whose_line_endings_git_has_changed_is_put_in_place_as_it_was() throws IOException {
        String windows = PipelinesTests.md5("a,b\r\n1,2\r\n");
        write(".dvc/config", "[core]\n    remote = r\n['remote \"r\"']\n    url = ../store\n");
        write("data/raw.csv.dvc", "outs:\n- md5: " + windows + "\n  size: 10\n  hash: md5\n  path: raw.csv\n");
        write("store/files/md5/" + windows.substring(0, 2) + "/" + windows.substring(2), "a,b\n1,2\n");

        assertThat(only()).isEqualTo(new DataFacts("data/raw.csv", "data/raw.csv.dvc", 10, Presence.RESTORED, "store"));
        assertThat(sources().materialize()).containsExactly("data/raw.csv");
        assertThat(root.resolve("data/raw.csv")).hasContent("a,b\r\n1,2\r\n").hasSize(10);
    }

    @Test
    void a_folder_whose_list_leads_out_of_it_is_not_put_in_place() throws IOException {
        String inner = PipelinesTests.md5("x");
        String list = "[{\"md5\": \"" + inner + "\", \"relpath\": \"../../../escaped\"}]";
        String outer = PipelinesTests.md5(list);
        write("data/raw.csv.dvc", "outs:\n- md5: " + outer + ".dir\n  path: imgs\n");
        write(".dvc/cache/files/md5/" + inner.substring(0, 2) + "/" + inner.substring(2), "x");
        write(".dvc/cache/files/md5/" + outer.substring(0, 2) + "/" + outer.substring(2) + ".dir", list);
        assertThat(only().reachable()).isFalse();
        assertThat(sources().materialize()).isEmpty();
    }

    @Test
    void content_whose_name_no_file_system_takes_is_left_out() throws IOException {
        String md5 = PipelinesTests.md5("a,b\n");
        write(".dvc/cache/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2), "a,b\n");
        for (String path : List.of("n".repeat(300), "é".repeat(200) + ".csv", "deep/".repeat(900) + "x.csv")) {
            write("data/raw.csv.dvc", "outs:\n- md5: " + md5 + "\n  path: \"" + path + "\"\n");
            assertThat(sources().materialize()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"../../out.csv", "a\\0b.csv", "taken/b.csv"})
    void content_that_has_no_place_in_the_tree_is_left_out(String path) throws IOException {
        String md5 = PipelinesTests.md5("a,b\n");
        write("data/taken", "a file, not a folder");
        write("data/raw.csv.dvc", "outs:\n- md5: " + md5 + "\n  path: \"" + path + "\"\n");
        write(".dvc/cache/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2), "a,b\n");
        assertThat(sources().materialize()).isEmpty();
        assertThat(root.resolveSibling("out.csv")).doesNotExist();
    }

    @Test
    void a_metrics_path_that_no_file_can_have_is_no_metrics_file() throws IOException {
        write("dvc.yaml", "stages:\n  e: {cmd: e, metrics: [\"m\\0.json\"]}\n");
        TreeReader tree = new TreeReader(root);
        assertThat(Metrics.before(tree, Pipelines.read(tree)).after(tree, Set.of()))
                .extracting(MetricsFile::reported, MetricsFile::reproduced)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(null, null));
    }

    @Test
    void what_the_lab_provides_counts_as_provided() {
        assertThat(sources().read(List.of(new LabInput("data/raw.csv", "inputs/raw.csv"))))
                .extracting(DataFacts::presence)
                .containsExactly(Presence.PROVIDED);
    }

    @Test
    void an_input_that_names_a_sum_belongs_wherever_that_content_is_recorded() throws IOException {
        String out = PipelinesTests.md5("made\n");
        write("dvc.yaml", "stages:\n  s: {cmd: s, outs: [made.csv]}\n");
        write("dvc.lock", "schema: '2.0'\nstages:\n  s:\n    cmd: s\n    outs: [{path: made.csv, md5: " + out + "}]\n");
        assertThat(sources()
                        .placed(List.of(
                                new LabInput("md5:" + PipelinesTests.md5("a,b\n"), "inputs/raw.csv"),
                                new LabInput("md5:" + out, "inputs/made.csv"),
                                new LabInput("md5:" + PipelinesTests.md5("other"), "inputs/other.csv"),
                                new LabInput("x.csv", "inputs/x.csv"))))
                .containsExactly(
                        new LabInput("data/raw.csv", "inputs/raw.csv"),
                        new LabInput("made.csv", "inputs/made.csv"),
                        new LabInput("x.csv", "inputs/x.csv"));
    }

    @Test
    void the_labs_version_of_data_is_compared_with_what_is_recorded(@TempDir Path lab) throws IOException {
        Files.writeString(lab.resolve("raw.csv"), "a,b\r\n");
        List<LabInput> inputs = List.of(new LabInput("data/raw.csv", "raw.csv"));
        assertThat(sources().read(inputs, new TreeReader(lab)))
                .as("line endings make no other content")
                .noneMatch(DataFacts::otherThanRecorded);
        Files.writeString(lab.resolve("raw.csv"), "other\n");
        assertThat(sources().read(inputs, new TreeReader(lab)))
                .containsExactly(new DataFacts(
                        "data/raw.csv",
                        "data/raw.csv.dvc",
                        4,
                        Presence.PROVIDED,
                        "the lab's version is used, which is not the one that data/raw.csv.dvc records (md5 "
                                + PipelinesTests.md5("other\n") + " instead of " + PipelinesTests.md5("a,b\n") + ")"));
    }

    @Test
    void a_dependency_that_nothing_makes_or_holds_is_named() throws IOException {
        write("a.csv", "");
        write(
                "dvc.yaml",
                "stages:\n  s: {cmd: s, deps: [a.csv, b.csv, data/raw.csv, made.csv]}\n  t: {cmd: t, outs: [made.csv]}\n");
        assertThat(sources().read(List.of()))
                .extracting(DataFacts::path, DataFacts::presence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b.csv", Presence.UNTRACKED),
                        org.assertj.core.groups.Tuple.tuple("data/raw.csv", Presence.NO_REMOTE));
    }

    private DataSources linked(String path, String target) throws IOException {
        write(path, target);
        TreeSet<String> committed = new TreeSet<>(new TreeReader(root)
                .list("", 1_000, Set.of()).files().stream().map(FoundFile::path).toList());
        List<String> paths = List.copyOf(committed);
        TreeReader tree =
                LinkTargets.reader(root, TreeLinks.of(Map.of(path, Optional.of(target)), committed), paths, List.of());
        return new DataSources(tree, paths, Pipelines.read(tree, paths));
    }

    @Test
    void a_dependency_by_way_of_a_link_is_what_the_link_leads_to() throws IOException {
        write("dvc.yaml", "stages:\n  e: {cmd: e, deps: [now.csv]}\n");
        DataSources sources = linked("now.csv", "data/raw.csv");
        List<DataFacts> facts = sources.read(List.of());
        assertThat(facts).extracting(DataFacts::path).containsExactly("data/raw.csv");
        assertThat(sources.withLinks(facts))
                .extracting(DataFacts::path, DataFacts::tracker)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("data/raw.csv", "data/raw.csv.dvc"),
                        org.assertj.core.groups.Tuple.tuple("now.csv", "data/raw.csv.dvc"));
    }

    @Test
    void data_that_belongs_behind_a_link_to_a_folder_is_put_where_that_leads() throws IOException {
        Files.delete(root.resolve("data/raw.csv.dvc"));
        write(
                "raw.dvc",
                "wdir: data\nouts:\n- md5: " + PipelinesTests.md5("a,b\n")
                        + "\n  size: 4\n  hash: md5\n  path: raw.csv\n");
        String sum = PipelinesTests.md5("a,b\n");
        write(".dvc/cache/files/md5/" + sum.substring(0, 2) + "/" + sum.substring(2), "a,b\n");
        write(".dvc/config", "");
        write("store/keep.txt", "");
        Files.delete(root.resolve("data"));

        assertThat(linked("data", "store").materialize()).containsExactly("store/raw.csv");

        assertThat(root.resolve("store/raw.csv")).hasContent("a,b");
        assertThat(root.resolve("data")).isRegularFile();
    }

    @Test
    void metrics_are_taken_before_the_run_and_again_after_it() throws IOException {
        write("dvc.yaml", "stages:\n  e: {cmd: e, metrics: [{m.json: {cache: false}}]}\n");
        write("m.json", "{\"acc\": 0.5, \"by\": {\"a\": 1}, \"name\": \"rf\", \"bad\": NaN}");
        write("eval/test_metrics.json", "{\"f1\": 0.25}");
        TreeReader tree = new TreeReader(root);
        List<PipelineFacts> pipelines = Pipelines.read(tree);
        Metrics metrics = Metrics.before(tree, pipelines);
        write("m.json", "{\"acc\": 0.75}");
        Files.delete(root.resolve("eval/test_metrics.json"));
        assertThat(metrics.after(tree, Set.of()))
                .containsExactly(
                        new MetricsFile("eval/test_metrics.json", false, Map.of("f1", 0.25), null),
                        new MetricsFile("m.json", true, Map.of("acc", 0.5, "by.a", 1.0), Map.of("acc", 0.75)));
        assertThat(metrics.reportedOnly()).extracting(MetricsFile::reproduced).containsOnlyNulls();
    }

    @Test
    void metrics_that_only_the_cache_keeps_came_out_again_where_they_have_the_recorded_sum() throws IOException {
        write("dvc.yaml", "stages:\n  e: {cmd: e, metrics: [m.json]}\n");
        write(
                "dvc.lock",
                "schema: '2.0'\nstages:\n  e:\n    cmd: e\n    outs: [{path: m.json, hash: md5, md5: "
                        + PipelinesTests.md5("{\"acc\": 0.5}") + "}]\n");
        TreeReader tree = new TreeReader(root);
        Metrics metrics = Metrics.before(tree, Pipelines.read(tree));
        write("m.json", "{\"acc\": 0.5}");
        assertThat(metrics.after(tree, Set.of()))
                .containsExactly(new MetricsFile("m.json", true, Map.of("acc", 0.5), Map.of("acc", 0.5)));
        write("m.json", "{\"acc\": 0.6}");
        assertThat(metrics.after(tree, Set.of()))
                .containsExactly(new MetricsFile("m.json", true, null, Map.of("acc", 0.6)));
    }

    @Test
    void metrics_of_a_stage_that_did_not_run_or_that_nothing_touched_are_not_reproduced() throws IOException {
        write("dvc.yaml", "stages:\n  e: {cmd: e, metrics: [{m.json: {cache: false}}]}\n");
        write("m.json", "{\"acc\": 0.5}");
        write("eval/test_metrics.json", "{\"f1\": 0.25}");
        TreeReader tree = new TreeReader(root);
        Metrics metrics = Metrics.before(tree, Pipelines.read(tree));
        write("m.json", "{\"acc\": 0.9}");
        assertThat(metrics.after(tree, Set.of("m.json")))
                .extracting(MetricsFile::path, MetricsFile::reproduced)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("eval/test_metrics.json", null),
                        org.assertj.core.groups.Tuple.tuple("m.json", null));
    }

    private DataFacts only(OwnRemote own) {
        TreeReader tree = new TreeReader(root);
        List<String> paths = tree.list("", 1_000, java.util.Set.of()).files().stream()
                .map(FoundFile::path)
                .filter(path -> !path.startsWith("kept/"))
                .toList();
        List<DataFacts> data =
                new DataSources(tree, paths, Pipelines.read(tree, paths), Optional.of(own)).read(List.of());
        assertThat(data).hasSize(1);
        return data.getFirst();
    }

    private OwnRemote own() {
        return new OwnRemote(root.resolve("kept"), "/dvc/mlops/s01/lab", "https://lab.example.org/dvc/mlops/s01/lab");
    }

    @Test
    void what_the_harness_keeps_for_the_owner_can_be_had_whatever_remote_the_repository_names() throws IOException {
        String sum = PipelinesTests.md5("a,b\n");
        write("kept/files/md5/" + sum.substring(0, 2) + "/" + sum.substring(2), "a,b\n");
        write(".dvc/config", "['remote \"r\"']\n    url = gdrive://folder\n");

        assertThat(only(own()))
                .extracting(DataFacts::presence, DataFacts::reason)
                .containsExactly(
                        Presence.FETCHABLE,
                        "the course's own remote for this lab (https://lab.example.org/dvc/mlops/s01/lab)");
    }

    @Test
    void what_is_not_in_it_either_is_said_with_its_address() throws IOException {
        assertThat(only(own()).reason())
                .isEqualTo(
                        "the repository names no DVC remote, so its content exists only on your machine; it is not in"
                                + " the course's own remote for this lab (https://lab.example.org/dvc/mlops/s01/lab) either");

        write(".dvc/config", "['remote \"lab\"']\n    url = http://lab.example.org:8080/dvc/mlops/s01/lab/\n");
        assertThat(only(own()))
                .extracting(DataFacts::presence, DataFacts::reason)
                .containsExactly(
                        Presence.NOT_PUSHED,
                        "its content is not in the course's own remote for this lab"
                                + " (https://lab.example.org/dvc/mlops/s01/lab)");
    }

    @Test
    void a_folder_of_which_a_file_is_missing_in_it_is_not_there() throws IOException {
        String one = PipelinesTests.md5("one");
        String list = "[{\"md5\": \"" + one + "\", \"relpath\": \"1\"}]";
        String sum = PipelinesTests.md5(list);
        write("data/raw.csv.dvc", "outs:\n- md5: " + sum + ".dir\n  nfiles: 1\n  hash: md5\n  path: raw\n");
        write("kept/files/md5/" + sum.substring(0, 2) + "/" + sum.substring(2) + ".dir", list);
        assertThat(only(own()).presence()).isEqualTo(Presence.NO_REMOTE);

        write("kept/" + one.substring(0, 2) + "/" + one.substring(2), "one");
        assertThat(only(own()).presence()).isEqualTo(Presence.FETCHABLE);
    }
}

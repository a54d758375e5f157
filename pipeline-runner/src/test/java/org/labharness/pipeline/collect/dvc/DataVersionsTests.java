package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.HistoryCheck.Disjoint;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.document.TreeReader.FoundFile;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Shared;
import org.labharness.pipeline.evidence.HistoryFacts.Version;

class DataVersionsTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path folder;

    private static String rows(int from, int to) {
        return "id,value\n"
                + IntStream.range(from, to)
                        .mapToObj(i -> i + "," + i * 7 + "\n")
                        .collect(Collectors.joining());
    }

    private static String tracker(String md5, String path) {
        return "outs:\n- md5: " + md5 + "\n  size: 9\n  hash: md5\n  path: " + path + "\n";
    }

    private static String place(String md5) {
        return ".dvc/cache/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2);
    }

    private HistoryFacts.DataVersions facts(String path, Disjoint disjoint, String... tags) {
        TreeReader tree = new TreeReader(folder);
        List<String> paths = tree.list("", 1_000, Set.of(".git")).files().stream()
                .map(FoundFile::path)
                .toList();
        try (History history = History.of(folder)) {
            DataVersions versions = new DataVersions(
                    new EvidenceRequest.DataVersions(List.of(tags), path, disjoint),
                    history,
                    new DataSources(tree, paths, Pipelines.read(tree, paths)),
                    tree);
            assertThat(versions.wanted()).isEmpty();
            return versions.facts(Optional.empty(), Map.of());
        }
    }

    @Test
    void in_git_are_compared_row_by_row() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write("data/raw.csv", rows(0, 50)).commit("One", MONDAY);
            builder.tag("v1")
                    .write("data/raw.csv", rows(50, 100).replace("\n", "\r\n"))
                    .commit("Two", MONDAY.plusSeconds(1));
            builder.annotatedTag("v2", "second")
                    .write("data/raw.csv", rows(90, 120))
                    .commit("Three", MONDAY.plusSeconds(2));
            builder.tag("v3");
        }

        HistoryFacts.DataVersions facts = facts("data/raw.csv", Disjoint.ROWS, "v1", "v2", "v3");

        assertThat(facts.versions())
                .allMatch(Version::had)
                .extracting(Version::keeper)
                .containsOnly("Git");
        assertThat(facts.versions()).extracting(Version::sum).doesNotHaveDuplicates();
        assertThat(facts.shared())
                .extracting(Shared::first, Shared::second, Shared::common, Shared::ofFirst, Shared::ofSecond)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("v1", "v2", 0L, 50L, 50L),
                        org.assertj.core.api.Assertions.tuple("v1", "v3", 0L, 50L, 30L),
                        org.assertj.core.api.Assertions.tuple("v2", "v3", 10L, 50L, 30L));
        assertThat(facts.shared().get(2).example()).matches("9[0-9],[0-9]+");
    }

    /** Versions that hold the rows of the first in another form. */
    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "\uFEFFlength,weight,kind\n\"10.920\",\"3\",\"brème\"\n18.2,314.0,perche\n",
                ",length,weight,kind\n7,18.20,314,perche\n9,10.92,3.0,brème\n",
                "index,length,weight,kind\n1,18.20,314,perche\n2,10.92,3.0,brème\n",
                "kind;weight;length\nperche;3,14e2;18,2\nbrème;3;10,92\n",
                "18.2\t314\tperche\n10.92\t3\tbrème\n",
                "0,18.2,314,perche\n1,10.92,3,brème\n",
            })
    void in_another_form_have_rows_in_common(String second) {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write("raw.csv", "length,weight,kind\n18.20,314.0,perche\n10.92,3,brème\n")
                    .commit("One", MONDAY);
            builder.tag("v1").write("raw.csv", second).commit("Two", MONDAY.plusSeconds(1));
            builder.tag("v2");
        }

        assertThat(facts("raw.csv", Disjoint.ROWS, "v1", "v2").shared())
                .extracting(Shared::common, Shared::ofFirst, Shared::ofSecond)
                .containsExactly(org.assertj.core.api.Assertions.tuple(2L, 2L, 2L));
        assertThat(facts("raw.csv", Disjoint.ROWS, "v2", "v1").shared())
                .extracting(Shared::common, Shared::ofFirst, Shared::ofSecond)
                .containsExactly(org.assertj.core.api.Assertions.tuple(2L, 2L, 2L));
    }

    @Test
    void whose_numbers_of_rows_alone_are_the_same_have_no_row_in_common() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write("raw.csv", ",a,b\n0,1.5,2\n1,2.5,3\n").commit("One", MONDAY);
            builder.tag("v1").write("raw.csv", ",a,b\n0,3.5,2\n1,4.5,3\n").commit("Two", MONDAY.plusSeconds(1));
            builder.tag("v2");
        }

        assertThat(facts("raw.csv", Disjoint.ROWS, "v1", "v2").shared())
                .extracting(Shared::common)
                .containsExactly(0L);
    }

    @Test
    void under_dvc_are_found_by_their_tracker_lock_or_folder_and_in_the_cache() {
        String one = PipelinesTests.md5(rows(0, 9));
        String two = PipelinesTests.md5(rows(9, 18));
        String three = PipelinesTests.md5(rows(18, 27));
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write(".dvc/config", "")
                    .write("data/raw.csv.dvc", tracker(one, "raw.csv"))
                    .commit("One", MONDAY);
            builder.tag("v1")
                    .delete("data/raw.csv.dvc")
                    .write("tools/raw.dvc", "wdir: ../data\n" + tracker(two, "raw.csv"))
                    .commit("Two", MONDAY.plusSeconds(1));
            builder.tag("v2")
                    .delete("tools/raw.dvc")
                    .write("dvc.yaml", "stages:\n  pull: {cmd: x, wdir: data, outs: [raw.csv]}\n")
                    .write(
                            "dvc.lock",
                            "schema: '2.0'\nstages:\n  pull:\n    cmd: x\n    outs:\n    - {path: raw.csv, md5: "
                                    + three + ", size: 9}\n")
                    .write(place(one), rows(0, 9))
                    .write(place(two), rows(9, 18))
                    .write(place(three), rows(18, 27))
                    .commit("Three", MONDAY.plusSeconds(2));
            builder.tag("v3");
        }

        HistoryFacts.DataVersions facts = facts("data/raw.csv", Disjoint.ROWS, "v1", "v2", "v3");

        assertThat(facts.versions())
                .extracting(Version::keeper)
                .containsExactly("data/raw.csv.dvc", "tools/raw.dvc", "dvc.lock");
        assertThat(facts.versions()).extracting(Version::sum).containsExactly(one, two, three);
        assertThat(facts.versions()).allMatch(Version::had);
        assertThat(facts.shared()).hasSize(3).allMatch(pair -> pair.common() == 0);
    }

    @Test
    void that_cannot_be_had_are_known_by_their_sums_with_the_reason() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write(".dvc/config", "[core]\n    remote = s\n['remote \"s\"']\n    url = /home/ada/store\n")
                    .write("raw.csv.dvc", tracker("1".repeat(32), "raw.csv"))
                    .commit("One", MONDAY);
            builder.tag("v1");
        }

        assertThat(facts("raw.csv", Disjoint.ROWS, "v1", "v2").versions())
                .extracting(Version::keeper, Version::had, Version::presence)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("raw.csv.dvc", false, Presence.REMOTE_ELSEWHERE),
                        org.assertj.core.api.Assertions.tuple("", false, null));
    }

    @Test
    void of_folders_are_compared_by_their_lists_of_files() {
        String first = "[{\"md5\": \"" + "1".repeat(32) + "\", \"relpath\": \"a.png\"}, {\"md5\": \"" + "2".repeat(32)
                + "\", \"relpath\": \"b.png\"}]";
        String second = "[{\"md5\": \"" + "2".repeat(32) + "\", \"relpath\": \"c.png\"}]";
        String one = PipelinesTests.md5(first);
        String two = PipelinesTests.md5(second);
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write(".dvc/config", "")
                    .write("imgs.dvc", tracker(one + ".dir", "imgs"))
                    .commit("One", MONDAY);
            builder.tag("v1")
                    .write("imgs.dvc", tracker(two + ".dir", "imgs"))
                    .write(place(one) + ".dir", first)
                    .write(place(two) + ".dir", second)
                    .commit("Two", MONDAY.plusSeconds(1));
            builder.tag("v2");
        }

        HistoryFacts.DataVersions facts = facts("imgs", Disjoint.FILES, "v1", "v2");

        assertThat(facts.versions()).allMatch(Version::had);
        assertThat(facts.shared()).containsExactly(new Shared("v1", "v2", 1, 2, 1, "b.png", ""));
        assertThat(facts("imgs", Disjoint.ROWS, "v1", "v2").shared())
                .extracting(Shared::reason)
                .containsExactly("it is a folder, which has no rows");
    }

    @Test
    void behind_git_lfs_are_not_had() {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64) + "\nsize 12\n";
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write("raw.csv", pointer).commit("One", MONDAY);
            builder.tag("v1");
        }

        assertThat(facts("raw.csv", Disjoint.NOTHING, "v1").versions())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.had()).isFalse();
                    assertThat(version.reason()).isEqualTo("Git LFS keeps its content");
                });
    }

    /** Git keeps the same large file under any number of names and tags for nothing. */
    @Test
    void that_blow_up_end_soon() {
        String large = "outs:\n" + "- {md5: 1, path: [[[[x]]]]}\n".repeat(8_000);
        String[] tags = IntStream.range(0, 12).mapToObj(i -> "t" + i).toArray(String[]::new);
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            for (int i = 0; i < 40; i++) {
                builder.write("d/" + i + ".dvc", large).write("l/" + i + "/dvc.lock", large);
            }
            builder.write("raw.csv", "a\n").commit("One", MONDAY);
            for (String tag : tags) {
                builder.tag(tag);
            }
        }

        HistoryFacts.DataVersions facts = org.junit.jupiter.api.Assertions.assertTimeout(
                java.time.Duration.ofSeconds(60), () -> facts("raw.csv", Disjoint.ROWS, tags));

        assertThat(facts.versions()).hasSize(12).allMatch(Version::had);
        assertThat(facts.shared()).allMatch(pair -> pair.common() == 0 || pair.common() == 1);
    }
}

package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.HistoryCheck.DataVersions;
import org.labharness.lab.HistoryCheck.Disjoint;
import org.labharness.lab.HistoryCheck.Experiments;
import org.labharness.lab.HistoryCheck.GitHistory;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Author;
import org.labharness.pipeline.evidence.HistoryFacts.Experiment;
import org.labharness.pipeline.evidence.HistoryFacts.Line;
import org.labharness.pipeline.evidence.HistoryFacts.Merge;
import org.labharness.pipeline.evidence.HistoryFacts.Shared;
import org.labharness.pipeline.evidence.HistoryFacts.Version;
import org.labharness.pipeline.evidence.HistoryFacts.Work;

/** What a student reads of branches, data versions and experiments. */
class HistoryWordsTests {
    private static final GitHistory WORK = new GitHistory(2, 1, 1, 5, 2);
    private static final DataVersions ROWS =
            new DataVersions(List.of("v1", "v2", "v3"), "data/raw.csv", true, Disjoint.ROWS);
    private static final Experiments RUNS = new Experiments(3, List.of("train.seed"), List.of("macro_f1"));
    private static final String UNREACHABLE =
            "the DVC remote 'store' is a folder on one machine's disk (C:\\\\dvc-store)";

    private static final Map<String, Work> WORKS = new LinkedHashMap<>();
    private static final Map<String, HistoryFacts.DataVersions> DATA = new LinkedHashMap<>();
    private static final Map<String, HistoryFacts.Experiments> EXPERIMENTS = new LinkedHashMap<>();

    static {
        Line scaling = new Line("scaling", 3, true);
        Merge merge = new Merge("0a1b2c3d4e", "Merge branch 'scaling'", 3, List.of("src/train.py"));
        List<Author> team = List.of(new Author("Ada", 8), new Author("Grace", 4));
        WORKS.put(
                "all there",
                new Work("main", 12, team, List.of(scaling, new Line("api", 2, false)), List.of(), List.of(merge)));
        WORKS.put("alone on main", new Work("main", 3, List.of(new Author("Ada", 3)), List.of(), List.of(), List.of()));
        WORKS.put("fast-forward", new Work("main", 9, team, List.of(), List.of("scaling", "api"), List.of()));
        WORKS.put(
                "merged without conflict",
                new Work(
                        "main",
                        9,
                        team,
                        List.of(scaling, new Line("api", 1, false)),
                        List.of(),
                        List.of(new Merge("0a1b2c3d4e", "Merge branch 'scaling'", 3, List.of()))));

        DATA.put("all there", data(List.of(had("v1", "1"), had("v2", "2"), had("v3", "3")), 0, 0, 0));
        DATA.put(
                "tag missing",
                data(List.of(had("v1", "1"), had("v2", "2"), none("v3", "there is no tag of this name")), 0));
        DATA.put("the same twice", data(List.of(had("v1", "1"), had("v2", "2"), had("v3", "2")), 0, 0, 50));
        DATA.put("rows in two", data(List.of(had("v1", "1"), had("v2", "2"), had("v3", "3")), 12, 0, 0));
        DATA.put(
                "out of reach",
                data(
                        List.of(
                                sum("v1", "1", Presence.REMOTE_ELSEWHERE, UNREACHABLE),
                                sum("v2", "2", Presence.REMOTE_ELSEWHERE, UNREACHABLE),
                                had("v3", "3")),
                        -1,
                        -1,
                        -1));
        DATA.put(
                "unanswered",
                data(
                        List.of(
                                sum(
                                        "v1",
                                        "1",
                                        Presence.UNANSWERED,
                                        "the DVC remote 'store' (https://data.example.org) could not be read: it answers with status 503"),
                                had("v2", "2"),
                                had("v3", "3")),
                        -1,
                        -1,
                        0));
        DATA.put(
                "nothing there",
                data(List.of(
                        none("v1", "there is no tag of this name"),
                        none("v2", "the tag leads to no commit"),
                        none("v3", "neither Git nor DVC keeps anything there"))));

        EXPERIMENTS.put(
                "all there",
                new HistoryFacts.Experiments(3, List.of(run("a", "1", 0.9), run("b", "2", 0.8), run("c", "3", 0.7))));
        EXPERIMENTS.put("none pushed", new HistoryFacts.Experiments(0, List.of()));
        EXPERIMENTS.put(
                "one param for all", new HistoryFacts.Experiments(2, List.of(run("a", "1", 0.9), run("b", "1", 0.9))));
        EXPERIMENTS.put(
                "nothing recorded",
                new HistoryFacts.Experiments(
                        4,
                        List.of(
                                new Experiment(
                                        "a",
                                        "0a1b2c3d4e",
                                        "4f0c1d2e3b",
                                        Map.of("train.sead", "1"),
                                        Map.of("f1", 0.9),
                                        ""),
                                new Experiment(
                                        "b",
                                        "1a1b2c3d4e",
                                        "4f0c1d2e3b",
                                        Map.of("train.sead", "2"),
                                        Map.of("f1", 0.9),
                                        ""),
                                new Experiment(
                                        "c", "", "4f0c1d2e3b", Map.of(), Map.of(), "its ref leads to no commit"))));
    }

    private static Version had(String tag, String sum) {
        return new Version(tag, "4f0c1d2e3b", "data/raw.csv.dvc", sum.repeat(32), 900, true, null, "");
    }

    private static Version sum(String tag, String sum, Presence presence, String reason) {
        return new Version(tag, "4f0c1d2e3b", "data/raw.csv.dvc", sum.repeat(32), 900, false, presence, reason);
    }

    private static Version none(String tag, String reason) {
        return new Version(tag, "", "", "", -1, false, null, reason);
    }

    private static HistoryFacts.DataVersions data(List<Version> versions, long... common) {
        List<Shared> shared = new java.util.ArrayList<>();
        String[][] pairs = {{"v1", "v2"}, {"v1", "v3"}, {"v2", "v3"}};
        for (int i = 0; i < common.length; i++) {
            shared.add(new Shared(
                    pairs[i][0],
                    pairs[i][1],
                    common[i],
                    50,
                    50,
                    common[i] > 0 ? "5.1,3.5,1.4,0.2" : "",
                    common[i] < 0 ? "the content of " + pairs[i][0] + " could not be had" : ""));
        }
        return new HistoryFacts.DataVersions("data/raw.csv", versions, shared);
    }

    private static Experiment run(String name, String seed, double f1) {
        return new Experiment(
                name, name.repeat(10), "4f0c1d2e3b", Map.of("train.seed", seed), Map.of("macro_f1", f1), "");
    }

    private static Verdict verdict(CheckSpec spec, @Nullable HistoryFacts facts) {
        SampleEvidence evidence = new SampleEvidence();
        evidence.history = facts;
        Check check = new Check(CheckId.parse("history"), "The history", Points.of(10), spec, null);
        return Checks.evaluate(check, SampleLab.of(List.of(check), false), evidence.build());
    }

    private static Map<String, Verdict> verdicts() {
        Map<String, Verdict> all = new LinkedHashMap<>();
        WORKS.forEach((way, work) ->
                all.put("git-history, " + way, verdict(WORK, new HistoryFacts(work, List.of(), null))));
        DATA.forEach((way, data) ->
                all.put("data-versions, " + way, verdict(ROWS, new HistoryFacts(null, List.of(data), null))));
        EXPERIMENTS.forEach((way, experiments) ->
                all.put("experiments, " + way, verdict(RUNS, new HistoryFacts(null, List.of(), experiments))));
        all.put("git-history, not read", verdict(WORK, null));
        all.put("data-versions, not read", verdict(ROWS, null));
        all.put("experiments, not read", verdict(RUNS, null));
        return all;
    }

    @Test
    void every_way_of_going_wrong_is_told_in_its_own_words() {
        StringBuilder told = new StringBuilder();
        verdicts()
                .forEach((way, verdict) -> told.append(way)
                        .append("\n  ")
                        .append(verdict.points() + "/" + verdict.of() + " " + verdict.support())
                        .append(verdict.untestable() == null ? "" : " " + verdict.untestable())
                        .append("\n  ")
                        .append(verdict.message())
                        .append(verdict.hint().isEmpty() ? "" : "\n  -> " + verdict.hint())
                        .append("\n\n"));

        Golden.check("history-words.txt", told.toString());
    }

    @Test
    void every_lost_point_comes_with_a_reason_and_a_hint() {
        verdicts().forEach((way, verdict) -> {
            assertThat(verdict.message()).as(way).isNotBlank().matches(".*[.!?…]");
            assertThat(verdict.hint().isBlank()).as(way).isEqualTo(verdict.full());
        });
    }

    @Test
    void good_work_gets_full_points_and_no_work_none() {
        Map<String, Verdict> all = verdicts();

        assertThat(all).allSatisfy((way, verdict) -> {
            if (way.endsWith("all there")) {
                assertThat(verdict.full()).as(way).isTrue();
                assertThat(verdict.support()).isEqualTo(Support.REPRODUCED);
            }
            if (way.endsWith("nothing there") || way.endsWith("none pushed")) {
                assertThat(verdict.points()).as(way).isEqualTo(Points.ZERO);
            }
            if (way.endsWith("unanswered") || way.endsWith("not read")) {
                assertThat(verdict.untestable()).as(way).isEqualTo(Untestable.OURS);
                assertThat(verdict.full()).as(way).isTrue();
            }
        });
    }
}

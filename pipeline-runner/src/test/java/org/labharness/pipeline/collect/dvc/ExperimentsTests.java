package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.HistoryFacts;
import org.labharness.pipeline.evidence.HistoryFacts.Experiment;

class ExperimentsTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final String PIPELINE = """
            stages:
              train:
                cmd: python train.py
                params: [train.seed]
                metrics:
                - out/scores.json: {cache: false}
            """;

    @TempDir
    Path folder;

    private static String lock(int seed) {
        return """
                schema: '2.0'
                stages:
                  train:
                    cmd: python train.py
                    params:
                      params.yaml: {train.seed: %d}
                """.formatted(seed);
    }

    private HistoryFacts.Experiments read() {
        try (History history = History.of(folder)) {
            return Experiments.read(history);
        }
    }

    @Test
    void are_read_with_params_and_metrics() {
        String base;
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            base = builder.write("dvc.yaml", PIPELINE)
                    .write("dvc.lock", lock(1))
                    .commit("Begin", MONDAY);
            builder.branch("away");
            for (int seed = 2; seed < 5; seed++) {
                builder.write("dvc.lock", lock(seed))
                        .write(
                                "out/scores.json",
                                "{\"macro_f1\": 0." + seed + ", \"per\": {\"a\": 1}, \"name\": \"x\"}")
                        .commit("dvc: commit experiment", MONDAY.plusSeconds(seed));
                builder.ref("refs/exps/" + base.substring(0, 2) + "/" + base.substring(2) + "/seed-" + seed);
            }
            builder.ref("refs/exps/exec/EXEC_BRANCH").ref("refs/exps/stash");
        }

        HistoryFacts.Experiments experiments = read();

        assertThat(experiments.count()).isEqualTo(3);
        assertThat(experiments.read()).extracting(Experiment::name).containsExactly("seed-2", "seed-3", "seed-4");
        assertThat(experiments.read().getFirst().params()).isEqualTo(Map.of("train.seed", "2"));
        assertThat(experiments.read().getFirst().metrics()).isEqualTo(Map.of("macro_f1", 0.2, "per.a", 1.0));
        assertThat(experiments.read().getFirst().base()).isEqualTo(base.substring(0, 10));
    }

    @Test
    void of_one_commit_under_many_names_are_read_once() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            String base = builder.write("params.yaml", "train: {seed: 7}\n").commit("Begin", MONDAY);
            for (int i = 0; i < 40; i++) {
                builder.ref("refs/exps/" + base.substring(0, 2) + "/" + base.substring(2) + "/n" + i);
            }
        }

        HistoryFacts.Experiments experiments = read();

        assertThat(experiments.count()).isEqualTo(40);
        assertThat(experiments.read())
                .singleElement()
                .satisfies(one -> assertThat(one.params()).isEqualTo(Map.of("train.seed", "7")));
    }
}

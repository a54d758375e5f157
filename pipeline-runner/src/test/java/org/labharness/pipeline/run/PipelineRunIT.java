package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Real pipelines, a real DVC, real containers. */
@Timeout(300)
class PipelineRunIT {
    private static final String TWO_STAGES = """
            stages:
              prepare:
                cmd: sort raw.csv > sorted.csv
                deps: [raw.csv]
                outs: [sorted.csv]
              train:
                cmd:
                  - wc -l < sorted.csv > model.txt
                  - printf '{"rows":%d}' "$(cat model.txt)" > metrics.json
                deps: [sorted.csv]
                outs: [model.txt]
                metrics: [metrics.json: {cache: false}]
            """;

    @RegisterExtension
    static final RealEngine ENGINE = new RealEngine();

    private static Scene.Outcome play(Scene scene) throws Exception {
        return ENGINE.play(scene);
    }

    @Test
    void whatBreaksOfTheHarnessWhileAStageRunsIsNoFailureOfTheStage() {
        Scene scene = new Scene()
                .file("dvc.yaml", TWO_STAGES)
                .file("raw.csv", "b\na\n")
                .heardBy(event -> {
                    if (event instanceof Progress.Event.StageStarted(var pipeline, var stage)
                            && stage.equals("train")) {
                        throw new SystemBroke(Breakdown.DATABASE, "The database is away.");
                    }
                });

        assertThatThrownBy(() -> play(scene))
                .isInstanceOfSatisfying(
                        SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.DATABASE))
                .hasMessage("The database is away.");
    }

    @Test
    void runsEveryStageInItsOrderAndASecondTimeNone() throws Exception {
        Scene scene = new Scene().file("dvc.yaml", TWO_STAGES).file("raw.csv", "b\na\n");
        Scene.Outcome outcome = play(scene);

        assertThat(outcome.facts().kind()).isEqualTo(RunFacts.Kind.DVC);
        assertThat(outcome.facts().stages()).extracting(StageRun::name).containsExactly("prepare", "train");
        assertThat(outcome.facts().stages()).allSatisfy(stage -> {
            assertThat(stage.status()).isEqualTo(Status.RAN);
            assertThat(stage.exit()).isZero();
            assertThat(stage.problem()).isNull();
        });
        assertThat(outcome.tree()).contains("sorted.csv", "model.txt", "metrics.json");
        assertThat(outcome.facts().undeclared()).isEmpty();
        assertThat(outcome.again()).contains(new SecondRunFacts(List.of()));
        assertThat(scene.events).containsExactly("started prepare", "ended prepare", "started train", "ended train");
    }

    @Test
    void anOutputThatPersistsGoesBeforeTheRunToo() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                stages:
                  idle:
                    cmd: 'true'
                    outs: [model.txt: {persist: true, cache: false}]
                  adds:
                    cmd: echo line >> log.txt
                    outs: [log.txt: {persist: true}]
                """).committed("model.txt", "as committed"));

        assertThat(outcome.stage("idle").status()).isEqualTo(Status.FAILED);
        assertThat(outcome.stage("idle").problem())
                .extracting(StageRun.Problem::kind)
                .isEqualTo(Kind.OUTPUT_MISSING);
        assertThat(outcome.stage("adds").status()).isEqualTo(Status.RAN);
    }

    @Test
    void whatAFrozenStageHasCommittedIsThereForTheOthers() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                stages:
                  download:
                    cmd: exit 1
                    frozen: true
                    outs: [raw.csv: {cache: false}]
                  count:
                    cmd: wc -l < raw.csv > rows.txt
                    deps: [raw.csv]
                    outs: [rows.txt]
                """).committed("raw.csv", "a\n"));

        assertThat(outcome.stage("download").status()).isEqualTo(Status.UP_TO_DATE);
        assertThat(outcome.stage("count").status()).isEqualTo(Status.RAN);
    }

    @Test
    void aRunThatSpoilsItsPipelineDoesNotPassForOneThatHasNothingToDo() throws Exception {
        for (String spoiled : List.of("stages: {}", "stages: [")) {
            Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                    stages:
                      sly:
                        cmd: |-
                          echo x > a.txt; echo '%s' > dvc.yaml
                        outs: [a.txt]
                    """.formatted(spoiled)));

            assertThat(outcome.facts().stages()).extracting(StageRun::status).containsExactly(Status.RAN);
            assertThat(outcome.again().orElseThrow().stages())
                    .extracting(SecondRunFacts.Rerun::stage)
                    .containsExactly("sly");
        }
    }

    @Test
    void keepsGoingAfterAFailureAndSaysWhatItKeptFromRunning() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                stages:
                  fails:
                    cmd: 'echo "ValueError: no rows" >&2; exit 3'
                    outs: [a.txt]
                  between:
                    cmd: cp a.txt b.txt
                    deps: [a.txt]
                    outs: [b.txt]
                  after:
                    cmd: cp b.txt c.txt
                    deps: [b.txt]
                    outs: [c.txt]
                  apart:
                    cmd: |-
                      echo "Running stage 'ghost':"; echo x > d.txt; echo y > e.txt
                    outs: [d.txt]
                """));

        StageRun fails = outcome.stage("fails");
        assertThat(fails.status()).isEqualTo(Status.FAILED);
        assertThat(fails.exit()).isEqualTo(3);
        assertThat(fails.problem())
                .isEqualTo(new StageRun.Problem(Kind.EXIT_CODE, "ended with exit code 3: ValueError: no rows"));
        assertThat(outcome.stage("after").status()).isEqualTo(Status.NOT_REACHED);
        assertThat(outcome.stage("after").problem())
                .isEqualTo(
                        new StageRun.Problem(Kind.EARLIER_STAGE, "not reached because stage 'fails' before it failed"));
        assertThat(outcome.stage("apart").status()).isEqualTo(Status.RAN);
        assertThat(outcome.facts().stages())
                .extracting(StageRun::name)
                .containsExactlyInAnyOrder("fails", "between", "after", "apart");
        assertThat(outcome.facts().undeclared()).containsExactly("e.txt");
    }

    @Test
    void tellsTheWaysApartInWhichASucceedingCommandIsNotEnough() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                stages:
                  silent: {cmd: "true", outs: [never.txt]}
                  lonely: {cmd: echo x > lonely.txt, deps: [gone.csv], outs: [lonely.txt]}
                """));

        assertThat(outcome.stage("silent").problem()).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.OUTPUT_MISSING);
            assertThat(problem.message()).contains("'never.txt'");
        });
        assertThat(outcome.stage("lonely").problem()).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.DEPENDENCY_MISSING);
            assertThat(problem.message()).contains("'gone.csv'");
        });
        assertThat(outcome.facts().stages()).allSatisfy(stage -> {
            assertThat(stage.status()).isEqualTo(Status.FAILED);
            assertThat(stage.exit()).isZero();
        });
    }

    @Test
    void endsAnEndlessStageAndKeepsWhatRanBefore() throws Exception {
        Scene.Outcome outcome = play(new Scene().within(Duration.ofSeconds(20)).file("dvc.yaml", """
                stages:
                  first: {cmd: echo x > x.txt, outs: [x.txt]}
                  endless: {cmd: "while true; do true; done", deps: [x.txt], outs: [y.txt]}
                  apart: {cmd: "cat x.txt; echo z > z.txt", deps: [x.txt], outs: [z.txt]}
                  last: {cmd: cp y.txt l.txt, deps: [y.txt, z.txt], outs: [l.txt]}
                """));

        assertThat(outcome.stage("first").status()).isEqualTo(Status.RAN);
        StageRun endless = outcome.stage("endless");
        assertThat(endless.status()).isEqualTo(Status.FAILED);
        assertThat(endless.problem())
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.LIMIT));
        assertThat(endless.limits()).singleElement().satisfies(hit -> {
            assertThat(hit.name()).isEqualTo(LimitHit.Name.TIME);
            assertThat(hit.limit()).isEqualTo("20 s");
        });
        assertThat(outcome.stage("last").status()).isEqualTo(Status.NOT_REACHED);
        assertThat(outcome.facts().limits()).extracting(LimitHit::name).containsExactly(LimitHit.Name.TIME);
    }

    @Test
    void runsPipelinesInSeveralFoldersWithOrWithoutADvcFolderOfTheirOwn() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .file("raw.csv", "b\na\n")
                .file("dvc.yaml", TWO_STAGES)
                .file("sub/dvc.yaml", """
                        stages:
                          train: {cmd: cat ../model.txt > copy.txt, deps: [../model.txt], outs: [copy.txt]}
                        """)
                .file("own/.dvc/config", "[cache]\n    dir = /work/elsewhere\n    type = symlink\n")
                .file("own/.dvc/config.local", "nonsense")
                .file("own/dvc.yaml", "stages: {train: {cmd: pwd > here.txt, outs: [here.txt]}}\n")
                .file("broken/dvc.yaml", "stages: {train: {comand: x}}\n"));

        assertThat(outcome.facts().stages())
                .filteredOn(stage -> stage.status() == Status.RAN)
                .extracting(StageRun::fullName)
                .containsExactlyInAnyOrder("prepare", "train", "sub/train", "own/train");
        assertThat(outcome.stage("broken/train").problem()).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PIPELINE_INVALID);
            assertThat(problem.message()).contains("broken/dvc.yaml", "comand");
        });
        assertThat(outcome.tree()).contains("own/here.txt").noneMatch(path -> path.startsWith("elsewhere"));
    }

    @Test
    void neverRunsAFrozenStageAndKeepsWhatItOnceWrote() throws Exception {
        Scene.Outcome outcome = play(new Scene().committed("kept.json", "{}\n").file("dvc.yaml", """
                stages:
                  kept: {cmd: echo new > kept.json, outs: [{kept.json: {cache: false}}], frozen: true}
                  reads: {cmd: cp kept.json copy.json, deps: [kept.json], outs: [copy.json]}
                  lost: {cmd: echo new > lost.json, outs: [lost.json], frozen: true}
                """));

        assertThat(outcome.stage("kept").status()).isEqualTo(Status.UP_TO_DATE);
        assertThat(outcome.stage("reads").status()).isEqualTo(Status.RAN);
        assertThat(outcome.stage("lost").problem()).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.FROZEN);
            assertThat(problem.message()).contains("'lost.json'");
        });
    }

    @Test
    void namesTheStagesThatWouldRunAgainAndLeavesTheirOutputsAlone() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("params.csv", "1\n").file("dvc.yaml", """
                stages:
                  always: {cmd: echo x > x.txt, outs: [x.txt], always_changed: true}
                  rewrites: {cmd: "date +%N >> params.csv; cp params.csv y.txt", deps: [params.csv], outs: [y.txt]}
                  steady: {cmd: cp x.txt z.txt, deps: [x.txt], outs: [z.txt]}
                """));

        assertThat(outcome.facts().stages()).allMatch(stage -> stage.status() == Status.RAN);
        assertThat(outcome.again().orElseThrow().stages())
                .extracting(SecondRunFacts.Rerun::stage)
                .contains("always")
                .doesNotContain("steady");
        assertThat(outcome.tree()).contains("x.txt", "y.txt", "z.txt");
    }

    @Test
    void takesTheLabsInputsForWhatAStageOrADvcFileShouldBring(@TempDir Path lab) throws Exception {
        Files.writeString(lab.resolve("given.csv"), "1\n2\n");
        Scene.Outcome outcome = play(new Scene()
                .input(lab, "data/raw.csv", "given.csv")
                .input(lab, "more.csv", "given.csv")
                .file("more.csv.dvc", """
                        outs:
                        - md5: a304afb96060aad90176268345e10355
                          size: 5
                          hash: md5
                          path: more.csv
                        """)
                .file("dvc.yaml", """
                        stages:
                          download: {cmd: exit 1, outs: [data/raw.csv]}
                          use: {cmd: cat data/raw.csv more.csv > u.txt, deps: [data/raw.csv, more.csv], outs: [u.txt]}
                        """));

        assertThat(outcome.stage("download").status()).isEqualTo(Status.REPLACED);
        assertThat(outcome.stage("use").problem())
                .as(outcome.facts().tool().toString())
                .isNull();
        assertThat(outcome.stage("use").status()).isEqualTo(Status.RAN);
        assertThat(outcome.again()).contains(new SecondRunFacts(List.of()));
    }

    @Test
    void runsWhatItCanWhereDataCannotBeHad() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .data(new DataFacts(
                        "raw.csv", "raw.csv.dvc", 5, DataFacts.Presence.REMOTE_ELSEWHERE, "its remote is C:\\data"))
                .data(new DataFacts("extra.csv", "", -1, DataFacts.Presence.UNTRACKED, "nothing makes it"))
                .file("raw.csv.dvc", """
                        outs:
                        - md5: a304afb96060aad90176268345e10355
                          size: 5
                          hash: md5
                          path: raw.csv
                        """)
                .file("dvc.yaml", """
                        stages:
                          clean: {cmd: cp raw.csv c.csv, deps: [raw.csv], outs: [c.csv]}
                          train: {cmd: cp c.csv m.txt, deps: [c.csv], outs: [m.txt]}
                          enrich: {cmd: cp extra.csv e.csv, deps: [extra.csv], outs: [e.csv]}
                          apart: {cmd: echo x > x.txt, outs: [x.txt]}
                        """));

        for (String name : List.of("clean", "train", "enrich")) {
            assertThat(outcome.stage(name).status()).isEqualTo(Status.NOT_REACHED);
            assertThat(outcome.stage(name).problem())
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.DATA_UNREACHABLE));
        }
        assertThat(outcome.stage("clean").problem())
                .satisfies(problem -> assertThat(problem.message()).contains("raw.csv", "C:\\data"));
        assertThat(outcome.stage("apart").status()).isEqualTo(Status.RAN);
    }

    @Test
    void runsTheEntryPointOfAnMlprojectWithItsParametersQuoted() throws Exception {
        Scene.Outcome outcome = play(new Scene()
                .run(new RunSpec.MlProject("main", Map.of("alpha", "0.5; touch hacked", "extra", "1")))
                .file("MLproject", """
                        name: demo
                        entry_points:
                          main:
                            parameters: {alpha: {type: float, default: 0.1}, beta: {default: 2}}
                            command: printf '%s|' {alpha} {beta} > args.txt; echo rest
                        """));

        assertThat(outcome.facts().kind()).isEqualTo(RunFacts.Kind.MLPROJECT);
        assertThat(outcome.stage("main").status()).isEqualTo(Status.RAN);
        assertThat(outcome.stage("main").log().head()).containsExactly("rest --extra 1");
        assertThat(outcome.tree()).contains("args.txt").doesNotContain("hacked");
        assertThat(outcome.again()).isEmpty();
    }

    @Test
    void runsTheLabsCommandsUntilOneFails() throws Exception {
        Scene.Outcome outcome =
                play(new Scene().run(new RunSpec.Commands(List.of("echo one", "exit 7", "echo three"))));

        assertThat(outcome.facts().stages())
                .extracting(StageRun::status)
                .containsExactly(Status.RAN, Status.FAILED, Status.NOT_REACHED);
        assertThat(outcome.stage("command-2").exit()).isEqualTo(7);
    }

    @Test
    void saysWhyThereIsNothingToRun() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("README.md", "empty"));

        assertThat(outcome.facts().kind()).isEqualTo(RunFacts.Kind.NONE);
        assertThat(outcome.facts().notRun()).contains("dvc.yaml", "MLproject");
    }

    @Test
    void aFileThatTakesDvcAllItsMemoryIsNamedAsThat() throws Exception {
        Scene.Outcome outcome = play(new Scene().file("dvc.yaml", """
                stages:
                  big:
                    cmd: python3 big.py && touch done.txt
                    params: [big.json: [rows]]
                    outs: [done.txt]
                  after:
                    cmd: cp done.txt copy.txt
                    deps: [done.txt]
                    outs: [copy.txt]
                """).file("big.py", """
                with open("big.json", "w") as file:
                    file.write('{"rows": 1, "all": [' + "{}," * 30_000_000 + "0]}")
                """));

        assertThat(outcome.stage("big").status()).isEqualTo(Status.FAILED);
        assertThat(outcome.stage("big").problem())
                .extracting(StageRun.Problem::kind)
                .as("%s", outcome.stage("big"))
                .isEqualTo(Kind.LIMIT);
        assertThat(outcome.words("big")).contains("DVC itself needed more memory than its 1GiB");
        assertThat(outcome.stage("after").status()).isEqualTo(Status.NOT_REACHED);
    }
}

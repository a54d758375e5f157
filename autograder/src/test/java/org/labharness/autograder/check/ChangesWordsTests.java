package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.Intervention;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Place;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.InterventionFacts.Untried;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;
import org.labharness.pipeline.evidence.SecondRunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** What students read of changes and what followed, all of it in one golden file. */
class ChangesWordsTests {
    private static final InterventionCheck.ParameterChange PARAMETER =
            new InterventionCheck.ParameterChange(new TreeMap<>(Map.of("train.trees", "50")), false);
    private static final InterventionCheck.ParameterChange LOGGED =
            new InterventionCheck.ParameterChange(new TreeMap<>(Map.of("train.trees", "50")), true);
    private static final InterventionCheck.CodeChange CODE = new InterventionCheck.CodeChange("src/train.py");
    private static final InterventionCheck.ConfigRemoved REMOVED =
            new InterventionCheck.ConfigRemoved(List.of("params.yaml"));
    private static final InterventionCheck.ConfigChange CONFIG = new InterventionCheck.ConfigChange(
            "", new TreeMap<>(Map.of("train.trees", "50")), List.of("models/model.pkl"), false);
    private static final InterventionCheck.ConfigChange CONFIG_METRICS =
            new InterventionCheck.ConfigChange("", new TreeMap<>(Map.of("train.trees", "50")), List.of(), false);
    private static final InterventionCheck.DataSwapped SWAPPED =
            new InterventionCheck.DataSwapped(new TreeMap<>(Map.of("data/raw.csv", "inputs/other.csv")), "macro_f1");
    private static final InterventionCheck.LabelsShuffled SHUFFLED = new InterventionCheck.LabelsShuffled(
            "data/raw.csv",
            "variety",
            "metrics/scores.json",
            "macro_f1",
            new BigDecimal("0.33"),
            BigDecimal.ONE,
            new BigDecimal("0.2"),
            1);
    private static final InterventionCheck.SeedRepeats SEED = new InterventionCheck.SeedRepeats(
            new BigDecimal("0.001"), "", "seed", "7", List.of("data/train.csv", "data/test.csv"));
    private static final InterventionCheck.OutputsRebuilt REBUILT =
            new InterventionCheck.OutputsRebuilt(List.of("models/model.pkl", "metrics/scores.json"));

    private static final InterventionCheck.CanariesLearnt CANARIES = new InterventionCheck.CanariesLearnt(
            "data/raw.csv",
            "inputs/canaries.csv",
            "variety",
            List.of(),
            new ModelReference.InTree("models/sorter.onnx"),
            new BigDecimal("0.6"),
            1);

    private static final Changed TREES = new Changed("params.yaml", "train.trees", "100", "50");
    private static final String TREES_WORDS = "train.trees in params.yaml was changed from 100 to 50";
    private static final List<StageRun> ALL = List.of(ran("prepare"), ran("train"), ran("evaluate"));

    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();

    @Test
    void everyOutcomeIsToldInItsOwnWords() {
        parameters();
        code();
        configuration();
        unsteady();
        absent();
        data();
        seeds();
        outputs();
        canaries();

        Golden.check(
                "words/changes.txt",
                verdicts.entrySet().stream()
                                .map(entry -> entry.getKey() + "\n  " + tell(entry.getValue()))
                                .collect(Collectors.joining("\n"))
                        + "\n");
        assertThat(verdicts.values()).allSatisfy(verdict -> {
            assertThat(verdict.message()).isNotBlank().matches("(?s).*[.!?…]");
            if (verdict.support() != Support.UNTESTABLE) {
                assertThat(verdict.hint().isBlank()).isEqualTo(verdict.full());
            }
        });
    }

    private void parameters() {
        StageRun upToDate = stage("prepare", Status.UP_TO_DATE, null);
        List<StageRun> right = List.of(upToDate, ran("train"), ran("evaluate"));
        List<String> model = List.of("models/model.pkl", "metrics/scores.json");
        say("parameter: right", PARAMETER, followed(PARAMETER, TREES_WORDS, TREES, right, model));
        say(
                "parameter: nothing declares it",
                PARAMETER,
                evidence -> followed(PARAMETER, TREES_WORDS, TREES, List.of(upToDate), List.of())
                        .apply(declaring(evidence, Map.of("params.yaml", List.of("seed")), false, false)));
        say("parameter: everything ran", PARAMETER, followed(PARAMETER, TREES_WORDS, TREES, ALL, model));
        say(
                "parameter: the whole file is declared",
                PARAMETER,
                evidence -> followed(PARAMETER, TREES_WORDS, TREES, ALL, model)
                        .apply(declaring(evidence, Map.of("params.yaml", List.of()), false, false)));
        say(
                "parameter: a stage is always changed",
                PARAMETER,
                evidence -> followed(PARAMETER, TREES_WORDS, TREES, ALL, model)
                        .apply(declaring(evidence, Map.of("params.yaml", List.of("train")), true, false)));
        say("parameter: a second run told of it already", PARAMETER, evidence -> {
            evidence.secondRun =
                    new SecondRunFacts(List.of(new SecondRunFacts.Rerun("prepare", "it is marked always_changed")));
            return followed(PARAMETER, TREES_WORDS, TREES, ALL, model)
                    .apply(declaring(evidence, Map.of("params.yaml", List.of("train")), true, false));
        });
        say(
                "parameter: its stage is frozen",
                PARAMETER,
                evidence -> followed(
                                PARAMETER,
                                TREES_WORDS,
                                TREES,
                                List.of(upToDate, stage("train", Status.UP_TO_DATE, null)),
                                List.of())
                        .apply(declaring(evidence, Map.of("params.yaml", List.of("train.trees")), false, true)));
        say(
                "parameter: the stage after it does not run",
                PARAMETER,
                followed(PARAMETER, TREES_WORDS, TREES, List.of(upToDate, ran("train")), List.of("models/model.pkl")));
        say(
                "parameter: the pipeline crashes",
                PARAMETER,
                followed(
                        PARAMETER,
                        TREES_WORDS,
                        TREES,
                        List.of(upToDate, failed("train", "ValueError: trees must be 100")),
                        List.of()));
        say(
                "parameter: is not there",
                PARAMETER,
                untried(
                        PARAMETER,
                        Matter.THEIRS,
                        "There is no value train.trees in params.yaml, so it could not be changed."));
        say(
                "parameter: has the value already",
                PARAMETER,
                untried(
                        PARAMETER,
                        Matter.OURS,
                        "train.kind in params.yaml is forest already, and the lab names no other value."));
        say(
                "parameter: the first run failed",
                PARAMETER,
                evidence -> evidence.failing(failed("train", "KeyError: 'trees'")));
        say(
                "parameter: logged",
                LOGGED,
                followed(LOGGED, TREES_WORDS, TREES, right, model, run(Map.of("trees", "50"))));
        say(
                "parameter: logged as another number",
                LOGGED,
                followed(LOGGED, TREES_WORDS, TREES, right, model, run(Map.of("trees", "100"))));
        say(
                "parameter: not logged",
                LOGGED,
                followed(LOGGED, TREES_WORDS, TREES, right, model, run(Map.of("depth", "3"))));
        say("parameter: no run", LOGGED, followed(LOGGED, TREES_WORDS, TREES, right, model));
    }

    private void code() {
        Changed file = Changed.of("src/train.py");
        String words = "a comment was added at the end of src/train.py";
        List<StageRun> right = List.of(
                stage("prepare", Status.UP_TO_DATE, null), ran("train"), stage("evaluate", Status.UP_TO_DATE, null));
        say("code: right", CODE, followed(CODE, words, file, right, List.of()));
        say(
                "code: nothing declares it",
                CODE,
                evidence -> followed(
                                CODE,
                                words,
                                Changed.of("src/model.py"),
                                List.of(stage("prepare", Status.UP_TO_DATE, null)),
                                List.of())
                        .apply(evidence));
        say("code: everything ran", CODE, followed(CODE, words, file, ALL, List.of()));
        say(
                "code: is not there",
                CODE,
                untried(CODE, Matter.THEIRS, "There is no file src/train.py, so it could not be edited."));
    }

    private void configuration() {
        String words = "params.yaml was taken away";
        Changed file = Changed.of("params.yaml");
        say(
                "config removed: fails",
                REMOVED,
                followed(
                        REMOVED, words, file, List.of(failed("prepare", "FileNotFoundError: params.yaml")), List.of()));
        say("config removed: runs all the same", REMOVED, followed(REMOVED, words, file, ALL, List.of()));
        say(
                "config removed: only DVC complains",
                REMOVED,
                followed(
                        REMOVED,
                        words,
                        file,
                        List.of(new StageRun(
                                "",
                                "prepare",
                                Status.FAILED,
                                0,
                                1,
                                0,
                                List.of(),
                                LogExcerpt.EMPTY,
                                new StageRun.Problem(
                                        StageRun.Kind.OUTPUT_REFUSED,
                                        "DVC did not accept it: params.yaml is missing"))),
                        List.of()));
        say(
                "config removed: waits",
                REMOVED,
                followed(
                        REMOVED,
                        words,
                        file,
                        List.of(new StageRun(
                                "",
                                "prepare",
                                Status.FAILED,
                                137,
                                20,
                                0,
                                List.of(new LimitHit(LimitHit.Name.TIME, "20 s", "20 s")),
                                LogExcerpt.EMPTY,
                                new StageRun.Problem(
                                        StageRun.Kind.LIMIT,
                                        "ran until the time of the whole run was up (limit 20 s, seen 20 s)"))),
                        List.of()));
        say(
                "config changed: model differs",
                CONFIG,
                followed(CONFIG, TREES_WORDS, TREES, ALL, List.of("models/model.pkl")));
        say("config changed: model is the same", CONFIG, followed(CONFIG, TREES_WORDS, TREES, ALL, List.of()));
        say("config changed: model differs every time", CONFIG, evidence -> {
            followed(new Intervention.Repeat(), "nothing was changed", null, ALL, List.of("models/model.pkl"), 0.912)
                    .apply(evidence);
            return followed(CONFIG, TREES_WORDS, TREES, ALL, List.of("models/model.pkl"))
                    .apply(evidence);
        });
        say(
                "config changed: a metric moves",
                CONFIG_METRICS,
                followed(CONFIG_METRICS.intervention(), TREES_WORDS, TREES, ALL, List.of(), 0.871));
        say(
                "config changed: no metric moves",
                CONFIG_METRICS,
                followed(CONFIG_METRICS, TREES_WORDS, TREES, ALL, List.of()));
    }

    /** Of what is measured anew each time nothing can be told but what moves by more. */
    private void unsteady() {
        String swapped = "other data of the same form was put in the place of data/raw.csv";
        Changed file = Changed.of("data/raw.csv");
        say(
                "config changed: one metric moves by itself, another one by the change",
                CONFIG_METRICS,
                unsteady(
                        CONFIG_METRICS.intervention(),
                        TREES_WORDS,
                        TREES,
                        List.of(),
                        scores(0.912, 0.95),
                        scores(0.871, 0.96)));
        say(
                "config changed: metrics move by themselves",
                CONFIG_METRICS,
                unsteady(
                        CONFIG_METRICS.intervention(),
                        TREES_WORDS,
                        TREES,
                        List.of(),
                        scores(0.931, 0.93),
                        scores(0.92, 0.93)));
        say(
                "config changed: no metric moves, but an output",
                CONFIG_METRICS,
                unsteady(
                        CONFIG_METRICS.intervention(),
                        TREES_WORDS,
                        TREES,
                        List.of("models/model.pkl"),
                        scores(0.912, 0.93),
                        scores(0.912, 0.93)));
        say(
                "data: one metric is the same by chance",
                SWAPPED,
                unsteady(SWAPPED.intervention(), swapped, file, List.of(), scores(0.912, 0.93), scores(0.912, 0.88)));
        say(
                "data: moves as much by itself",
                SWAPPED,
                unsteady(SWAPPED.intervention(), swapped, file, List.of(), scores(0.931, 0.93), scores(0.9, 0.93)));
    }

    private static Map<String, Map<String, Double>> scores(double macroF1, double accuracy) {
        return Map.of("metrics/scores.json", Map.of("macro_f1", macroF1, "accuracy", accuracy));
    }

    private static Bending unsteady(
            Intervention change,
            String words,
            Changed changed,
            List<String> different,
            Map<String, Map<String, Double>> again,
            Map<String, Map<String, Double>> now) {
        return evidence -> {
            evidence.tracking.clear();
            evidence.interventions.add(
                    facts(new Intervention.Repeat(), "nothing was changed", null, ALL, List.of(), again));
            evidence.interventions.add(facts(change, words, changed, ALL, different, now));
            return evidence;
        };
    }

    /** What a lab asks about under a name that is none. */
    private void absent() {
        InterventionCheck.ConfigChange model = new InterventionCheck.ConfigChange(
                "", new TreeMap<>(Map.of("train.trees", "50")), List.of("models/Model.pkl"), false);
        say(
                "config changed: what should change is not there",
                model,
                lacking(followed(model, TREES_WORDS, TREES, ALL, List.of()), "models/Model.pkl"));
        say(
                "seed: splits are not there",
                SEED,
                lacking(
                        evidence -> followed(
                                        SEED.otherSeed(),
                                        "seed in params.yaml was changed from 42 to 7",
                                        new Changed("params.yaml", "seed", "42", "7"),
                                        ALL,
                                        List.of(),
                                        0.9)
                                .apply(followed(
                                                new Intervention.Repeat(),
                                                "nothing was changed",
                                                null,
                                                ALL,
                                                List.of(),
                                                0.912)
                                        .apply(evidence)),
                        "data/train.csv",
                        "data/test.csv"));
        say(
                "outputs: not there",
                REBUILT,
                lacking(evidence -> rebuilt(evidence, "", List.of(), List.of(), List.of()), "models/model.pkl"));
    }

    private static Bending lacking(Bending bending, String... paths) {
        return evidence -> {
            SampleEvidence bent = bending.apply(evidence);
            bent.interventions.replaceAll(facts -> new InterventionFacts(
                    facts.key(),
                    facts.change(),
                    facts.changed(),
                    null,
                    facts.stages(),
                    Map.of(),
                    facts.changedOutputs(),
                    List.of(paths),
                    facts.metrics(),
                    List.of(),
                    facts.copies(),
                    List.of(),
                    2.1));
            return bent;
        };
    }

    private void data() {
        String words = "other data of the same form was put in the place of data/raw.csv";
        Changed file = Changed.of("data/raw.csv");
        say("data: moves", SWAPPED, followed(SWAPPED.intervention(), words, file, ALL, List.of(), 0.871));
        say(
                "data: of another form than the lab's",
                SWAPPED,
                untried(
                        SWAPPED,
                        Matter.OURS,
                        "inputs/other.csv of the lab cannot take the place of data/raw.csv: it has no column weight."
                                + " Nobody can tell by it what the pipeline does with other data."));
        say("data: does not move", SWAPPED, followed(SWAPPED, words, file, ALL, List.of()));
        say(
                "data: crashes",
                SWAPPED,
                followed(
                        SWAPPED,
                        words,
                        file,
                        List.of(failed("prepare", "AssertionError: 242 rows expected")),
                        List.of()));
        String shuffled = "the values of the column variety in data/raw.csv were shuffled";
        say(
                "labels: chance",
                SHUFFLED,
                followed(SHUFFLED.interventions().getFirst(), shuffled, file, ALL, List.of(), 0.36));
        say("labels: still good", SHUFFLED, followed(SHUFFLED, shuffled, file, ALL, List.of()));
        say(
                "labels: a gate stops the pipeline after the metric",
                SHUFFLED,
                followed(
                        SHUFFLED.interventions().getFirst(),
                        shuffled,
                        file,
                        List.of(ran("prepare"), ran("train"), failed("evaluate", "too bad to be deployed")),
                        List.of(),
                        0.31));
        say("labels: crashes", SHUFFLED, evidence -> {
            evidence.interventions.add(facts(
                    SHUFFLED.interventions().getFirst(),
                    shuffled,
                    file,
                    List.of(failed("prepare", "boom")),
                    List.of(),
                    Map.of()));
            return evidence;
        });
        say("labels: never better than chance", SHUFFLED, evidence -> {
            evidence.metrics.replaceAll(
                    metrics -> new MetricsFile(metrics.path(), true, metrics.reported(), Map.of("macro_f1", 0.35)));
            return followed(SHUFFLED.interventions().getFirst(), shuffled, file, ALL, List.of(), 0.34)
                    .apply(evidence);
        });
    }

    private void seeds() {
        Intervention repeat = new Intervention.Repeat();
        Changed seed = new Changed("params.yaml", "seed", "42", "7");
        String words = "seed in params.yaml was changed from 42 to 7";
        List<String> splits = List.of("data/test.csv", "data/train.csv");
        say(
                "seed: right",
                SEED,
                evidence -> followed(SEED.otherSeed(), words, seed, ALL, splits, 0.9)
                        .apply(followed(repeat, "nothing was changed", null, ALL, List.of(), 0.912)
                                .apply(evidence)));
        say(
                "seed: moves by itself",
                SEED,
                evidence -> followed(SEED.otherSeed(), words, seed, ALL, splits, 0.9)
                        .apply(followed(repeat, "nothing was changed", null, ALL, List.of(), 0.931)
                                .apply(evidence)));
        say(
                "seed: decides nothing",
                SEED,
                evidence -> followed(SEED.otherSeed(), words, seed, ALL, List.of(), 0.912)
                        .apply(followed(repeat, "nothing was changed", null, ALL, List.of(), 0.912)
                                .apply(evidence)));
        say(
                "seed: neither",
                SEED,
                evidence -> followed(SEED.otherSeed(), words, seed, ALL, List.of(), 0.912)
                        .apply(followed(repeat, "nothing was changed", null, ALL, List.of(), 0.5)
                                .apply(evidence)));
    }

    private void outputs() {
        String words = "backup/model.pkl was taken away";
        Copy copy = new Copy("models/model.pkl", Place.of("backup/model.pkl"), false);
        say("outputs: made", REBUILT, evidence -> rebuilt(evidence, "", List.of(), List.of(), List.of()));
        say(
                "outputs: made in spite of a copy",
                REBUILT,
                evidence -> rebuilt(evidence, words, ALL, List.of(), List.of(copy)));
        say(
                "outputs: copied",
                REBUILT,
                evidence -> rebuilt(
                        evidence,
                        words,
                        List.of(ran("prepare"), failed("train", "FileNotFoundError: backup/model.pkl")),
                        List.of("models/model.pkl"),
                        List.of(copy)));
        say(
                "outputs: another one without the copy",
                REBUILT,
                evidence -> rebuilt(evidence, words, ALL, List.of("models/model.pkl"), List.of(copy)));
        say(
                "outputs: taken from Git",
                REBUILT,
                evidence -> rebuilt(
                        evidence,
                        "what Git holds of models/model.pkl was taken away",
                        List.of(ran("prepare"), failed("train", "fatal: path 'models/model.pkl' does not exist")),
                        List.of("models/model.pkl"),
                        List.of(new Copy("models/model.pkl", Place.of(".git"), false))));
        say(
                "outputs: copied, and metrics that Git holds were not reached",
                REBUILT,
                evidence -> rebuilt(
                        evidence,
                        words,
                        List.of(ran("prepare"), failed("train", "FileNotFoundError: backup/model.pkl")),
                        List.of("models/model.pkl", "metrics/scores.json"),
                        List.of(copy, new Copy("metrics/scores.json", Place.of(".git"), false))));
        say(
                "outputs: written down",
                REBUILT,
                evidence -> rebuilt(
                        evidence,
                        "",
                        List.of(),
                        List.of(),
                        List.of(new Copy("metrics/scores.json", new Place("src/evaluate.py", 12), true))));
    }

    private void canaries() {
        say("canaries: learnt", CANARIES, planted(0.02, 0.95, Outcome.MEASURED, ""));
        say("canaries: not learnt", CANARIES, planted(0.02, 0.05, Outcome.MEASURED, ""));
        say("canaries: given their label before", CANARIES, planted(0.7, 0.95, Outcome.MEASURED, ""));
        say(
                "canaries: no model afterwards",
                CANARIES,
                planted(0.02, 0, Outcome.NO_MODEL, "after the run there is no models/sorter.onnx in the work tree"));
        say("canaries: the model fails of them", CANARIES, planted(0.02, 0, Outcome.FAILED, ""));
        say("canaries: the pipeline no longer runs", CANARIES, evidence -> {
            planted(0.02, 0, Outcome.NO_MODEL, "").apply(evidence);
            InterventionFacts ended = evidence.interventions.removeFirst();
            evidence.interventions.add(facts(
                    CANARIES.intervention(),
                    ended.change(),
                    Changed.of("data/raw.csv"),
                    List.of(ran("prepare"), failed("train", "AssertionError: 300 rows expected")),
                    List.of(),
                    Map.of()));
            return evidence;
        });
        say(
                "canaries: no such table",
                CANARIES,
                untried(CANARIES, Matter.THEIRS, "There is no file data/raw.csv, so no rows could be added to it."));
        say(
                "canaries: no such columns",
                CANARIES,
                untried(CANARIES, Matter.THEIRS, "No rows could be added to data/raw.csv: it has no column variety."));
        say(
                "canaries: the lab's rows are none",
                CANARIES,
                untried(CANARIES, Matter.OURS, "The lab's table inputs/canaries.csv has no rows."));
    }

    /** What the model says of the planted rows, before and after. */
    private static Bending planted(double before, double after, Outcome outcome, String detail) {
        return evidence -> {
            evidence.predictions.add(predicted(before, Outcome.MEASURED, ""));
            InterventionFacts made = facts(
                    CANARIES.intervention(),
                    "60 rows of the grader's were added to data/raw.csv",
                    Changed.of("data/raw.csv"),
                    ALL,
                    List.of(),
                    Map.of());
            evidence.interventions.add(new InterventionFacts(
                    made.key(),
                    made.change(),
                    made.changed(),
                    null,
                    made.stages(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(predicted(after, outcome, detail)),
                    2.1));
            return evidence;
        };
    }

    private static PredictionFacts predicted(double share, Outcome outcome, String detail) {
        return new PredictionFacts(
                "models/sorter.onnx",
                CANARIES.canaries().key(),
                outcome,
                detail,
                "",
                List.of(),
                outcome == Outcome.NO_MODEL ? null : new ModelOrigin("models/sorter.onnx", "", "", true, "onnx"),
                60,
                List.of(),
                outcome == Outcome.MEASURED ? Map.of("accuracy", share) : Map.of(),
                "",
                "",
                0,
                1.1);
    }

    private static SampleEvidence rebuilt(
            SampleEvidence evidence, String words, List<StageRun> stages, List<String> different, List<Copy> copies) {
        evidence.interventions.add(new InterventionFacts(
                REBUILT.intervention().key(),
                words,
                List.of(),
                null,
                stages,
                Map.of(),
                different,
                List.of(),
                Map.of(),
                List.of(),
                copies,
                List.of(),
                2.1));
        return evidence;
    }

    private interface Bending {
        SampleEvidence apply(SampleEvidence evidence);
    }

    private void say(String name, CheckSpec spec, Bending bending) {
        Check check = new Check(CheckId.parse("it"), "It", Points.of(10), spec, null);
        Lab lab = SampleLab.of(List.of(check), false);
        Evidence evidence = bending.apply(
                        declaring(new SampleEvidence(), Map.of("params.yaml", List.of("train.trees")), false, false))
                .build();
        verdicts.put(name, Checks.evaluate(lab, evidence).getFirst());
    }

    private static Bending untried(InterventionCheck spec, Matter matter, String message) {
        return evidence -> {
            evidence.interventions.add(
                    InterventionFacts.untried(spec.interventions().getFirst().key(), new Untried(matter, message)));
            return evidence;
        };
    }

    private static Bending followed(
            InterventionCheck spec,
            String words,
            Changed changed,
            List<StageRun> stages,
            List<String> different,
            MlflowRun... runs) {
        return evidence -> {
            evidence.interventions.add(new InterventionFacts(
                    spec.interventions().getFirst().key(),
                    words,
                    List.of(changed),
                    null,
                    stages,
                    Map.of(),
                    different,
                    List.of(),
                    Map.of("metrics/scores.json", Map.of("macro_f1", 0.912, "accuracy", 0.93)),
                    List.of(runs),
                    List.of(),
                    List.of(),
                    2.1));
            return evidence;
        };
    }

    private static Bending followed(
            Intervention change,
            String words,
            @Nullable Changed changed,
            List<StageRun> stages,
            List<String> different,
            double macroF1) {
        return evidence -> {
            evidence.tracking.clear();
            evidence.interventions.add(facts(
                    change,
                    words,
                    changed,
                    stages,
                    different,
                    Map.of("metrics/scores.json", Map.of("macro_f1", macroF1, "accuracy", 0.93))));
            return evidence;
        };
    }

    private static InterventionFacts facts(
            Intervention change,
            String words,
            @Nullable Changed changed,
            List<StageRun> stages,
            List<String> different,
            Map<String, Map<String, Double>> metrics) {
        return new InterventionFacts(
                change.key(),
                words,
                changed == null ? List.of() : List.of(changed),
                null,
                stages,
                Map.of(),
                different,
                List.of(),
                metrics,
                List.of(),
                List.of(),
                List.of(),
                2.1);
    }

    /** The pipeline of the sample, with these params of train. */
    private static SampleEvidence declaring(
            SampleEvidence evidence, Map<String, List<String>> params, boolean alwaysChanged, boolean frozen) {
        boolean whole = params.values().stream().allMatch(List::isEmpty);
        evidence.tracking.clear();
        evidence.pipelines.set(
                0,
                new PipelineFacts(
                        "",
                        List.of(
                                declared(
                                        "prepare",
                                        2,
                                        List.of("data/raw.csv"),
                                        whole ? params : Map.of(),
                                        "data/clean.csv",
                                        alwaysChanged,
                                        false),
                                declared(
                                        "train",
                                        9,
                                        List.of("data/clean.csv", "src/train.py"),
                                        params,
                                        "models/model.pkl",
                                        false,
                                        frozen),
                                declared(
                                        "evaluate",
                                        17,
                                        List.of("models/model.pkl"),
                                        Map.of(),
                                        "metrics/scores.json",
                                        false,
                                        false)),
                        evidence.pipelines.getFirst().lock(),
                        null));
        return evidence;
    }

    private static Stage declared(
            String name,
            int line,
            List<String> deps,
            Map<String, List<String>> params,
            String out,
            boolean alwaysChanged,
            boolean frozen) {
        return new Stage(
                name,
                List.of("python src/" + name + ".py"),
                "",
                deps,
                List.of(new Output(out, OutputKind.OUT, true)),
                params,
                frozen,
                alwaysChanged,
                new Place("dvc.yaml", line));
    }

    private static StageRun ran(String name) {
        return stage(name, Status.RAN, 0);
    }

    private static StageRun stage(String name, Status status, @Nullable Integer exit) {
        return new StageRun("", name, status, exit, 1, 0, List.of(), LogExcerpt.EMPTY, null);
    }

    private static StageRun failed(String name, String error) {
        return SampleEvidence.failed(name, error);
    }

    private static MlflowRun run(Map<String, String> params) {
        return new MlflowRun(
                "0b1",
                "forest",
                "beans",
                "FINISHED",
                params,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private static String tell(Verdict verdict) {
        String kind = verdict.untestable() == null ? "" : " " + verdict.untestable();
        String where = verdict.where() == null ? "" : " @" + verdict.where();
        String hint = verdict.hint().isEmpty() ? "" : "\n  -> " + verdict.hint();
        return verdict.points() + "/" + verdict.of() + " " + verdict.support() + kind + where + "\n  "
                + verdict.message() + hint;
    }
}

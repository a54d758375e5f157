package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Points;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.RepositoryCheck;
import org.labharness.lab.Support;
import org.labharness.lab.TestRows;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Copies;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Where;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.MetricsFile;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;
import org.labharness.pipeline.evidence.TrackingStore;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** What students read of models that were measured, or could not be, all of it in one golden file. */
class QualityWordsTests {
    private static final String OTHERS =
            "none of the model's 500 answers is one of the 2 classes dermason, seker: they are other whole numbers";

    private static final String COMMIT = "4f0c1d2e3b4a59687706152433425160718293a4";
    private static final String SECRET = "ValueError: 17.25 is a hidden value";
    private static final ModelReference.Registered CHAMPION =
            new ModelReference.Registered("bean-sorter", ModelReference.Choice.ALIAS, "champion");
    private static final String TABLE = "data/test.csv";
    private static final ModelReference FILE = new ModelReference.InTree("models/beans.onnx");
    private static final ModelOrigin ORIGIN =
            new ModelOrigin("version 2 of 'bean-sorter'", "server", "0a2", true, "onnx");

    private static QualityCheck.HiddenScore score(ModelReference model, QualityMetric metric, @Nullable String flavor) {
        TreeMap<BigDecimal, Points> tiers = new TreeMap<>();
        tiers.put(new BigDecimal(metric.higherIsBetter() ? "0.9" : "0.2"), Points.of(10));
        tiers.put(new BigDecimal(metric.higherIsBetter() ? "0.7" : "0.5"), Points.of(4));
        return new QualityCheck.HiddenScore(model, "beans", metric, flavor, tiers);
    }

    private static QualityCheck.ClaimHolds claim(@Nullable String file) {
        return new QualityCheck.ClaimHolds(
                CHAMPION,
                new TestRows.Hidden("beans"),
                QualityMetric.F1_MACRO,
                file,
                "macro_f1",
                new BigDecimal("0.05"));
    }

    private static QualityCheck.ClaimHolds own(String file, String... features) {
        return new QualityCheck.ClaimHolds(
                CHAMPION,
                new TestRows.Own(TABLE, "kind", QualityMetric.Task.CLASSES, List.of(features)),
                QualityMetric.F1_MACRO,
                file.isEmpty() ? null : file,
                "macro_f1",
                new BigDecimal("0.001"));
    }

    /** What the model made of the submission's own 59 rows. */
    private static Situation own(
            QualityCheck.ClaimHolds spec, Outcome outcome, String detail, Map<String, Double> measured) {
        return new Situation(spec, sample -> {
            sample.predictions.add(new PredictionFacts(
                    CHAMPION.toString(),
                    spec.rows().key(),
                    outcome,
                    detail,
                    "",
                    List.of(),
                    ORIGIN,
                    59,
                    List.of(),
                    measured,
                    "f".repeat(64),
                    "e".repeat(64),
                    7,
                    1.2));
            return sample;
        });
    }

    private static Map<String, Situation> ofOwnRows() {
        Map<String, Situation> all = new LinkedHashMap<>();
        all.put("own rows, the claim comes out again", own(own(""), Outcome.MEASURED, "", Map.of("f1_macro", 0.9124)));
        all.put("own rows, claimed too high", own(own(""), Outcome.MEASURED, "", Map.of("f1_macro", 0.6127)));
        all.put("own rows, claimed too low", own(own(""), Outcome.MEASURED, "", Map.of("f1_macro", 0.9519)));
        all.put("own rows, labels of another kind", own(own(""), Outcome.MEASURED, OTHERS, Map.of("f1_macro", 0.0)));
        all.put(
                "own rows, a claim in a file",
                own(own("metrics/scores.json"), Outcome.MEASURED, "", Map.of("f1_macro", 0.6127)));
        all.put(
                "own rows, a claim in no file",
                own(own("metrics/others.json"), Outcome.MEASURED, "", Map.of("f1_macro", 0.6127)));
        all.put(
                "own rows that are not there",
                own(own(""), Outcome.NO_ROWS, "After the run there is no " + TABLE + ".", Map.of()));
        all.put(
                "own rows without a label",
                own(
                        own(""),
                        Outcome.UNFIT_ROWS,
                        TABLE + " has no column 'kind', only area, perimeter, roundness.",
                        Map.of()));
        all.put(
                "too few own rows",
                own(own(""), Outcome.UNFIT_ROWS, TABLE + " has 7 rows, and at least 20 are needed.", Map.of()));
        all.put(
                "own rows, the model failed",
                own(own(""), Outcome.FAILED, "ValueError: could not convert string to float: 'dark'", Map.of()));
        all.put(
                "own rows, other columns",
                own(
                        own("", "area", "perimeter"),
                        Outcome.OTHER_INPUTS,
                        "its signature names the column 'roundness', and the data has area, perimeter",
                        Map.of()));
        all.put("own rows, never asked", new Situation(own(""), sample -> sample));
        return all;
    }

    private static Map<String, Situation> ofHiddenRows() {
        CheckSpec spec = new RepositoryCheck.NoHiddenRows("beans", 10);
        Map<String, Situation> all = new LinkedHashMap<>();
        all.put("no hidden row", copies(spec, true));
        all.put("hidden rows by chance", copies(spec, true, new Copies("data/beans.csv", Where.HANDED_IN, 31, 4)));
        all.put("hidden rows, not all was read", copies(spec, false));
        all.put("hidden rows in a table", copies(spec, true, new Copies("data/more.csv", Where.HANDED_IN, 500, 1)));
        all.put(
                "hidden rows in many files",
                copies(
                        spec,
                        true,
                        new Copies(".dvc/cache/files/md5/ab/cd", Where.HANDED_IN, 500, 0),
                        new Copies("data/all.csv", Where.MADE, 500, 0),
                        new Copies("data/more.csv", Where.HANDED_IN, 500, 0),
                        new Copies("1/models/m-1/artifacts/model.pkl", Where.LOGGED, 480, 0)));
        all.put("hidden rows that cannot be looked for", new Situation(spec, sample -> {
            sample.hiddenCopies.add(new HiddenCopyFacts(
                    "beans",
                    0,
                    "The hidden data 'beans' have 2 columns of numbers, and at least 3 are needed.",
                    false,
                    List.of()));
            return sample;
        }));
        all.put("hidden rows, nobody looked", new Situation(spec, sample -> sample));
        return all;
    }

    private static Situation copies(CheckSpec spec, boolean whole, Copies... files) {
        return new Situation(spec, sample -> {
            sample.hiddenCopies.add(new HiddenCopyFacts("beans", 500, "", whole, List.of(files)));
            return sample;
        });
    }

    private static PredictionFacts facts(
            String model, Outcome outcome, String detail, List<LimitHit> limits, Map<String, Double> measured) {
        return new PredictionFacts(
                model,
                "beans",
                outcome,
                detail,
                SECRET,
                limits,
                outcome == Outcome.NO_MODEL ? null : ORIGIN,
                500,
                List.of(),
                measured,
                "f".repeat(64),
                "e".repeat(64),
                7,
                1.2);
    }

    private static UnaryOperator<SampleEvidence> measured(String metric, double value) {
        return sample -> {
            sample.predictions.add(facts(CHAMPION.toString(), Outcome.MEASURED, "", List.of(), Map.of(metric, value)));
            return sample;
        };
    }

    private static UnaryOperator<SampleEvidence> strange(double value, String detail) {
        return sample -> {
            sample.predictions.add(
                    facts(CHAMPION.toString(), Outcome.MEASURED, detail, List.of(), Map.of("f1_macro", value)));
            return sample;
        };
    }

    private static UnaryOperator<SampleEvidence> ended(Outcome outcome, String detail) {
        return sample -> {
            sample.predictions.add(facts(CHAMPION.toString(), outcome, detail, List.of(), Map.of()));
            return sample;
        };
    }

    /** The champion's run with this tag for its commit, and its version with this source. */
    private static UnaryOperator<SampleEvidence> lineage(String commit, String run, String source) {
        return sample -> {
            TrackingStore server = sample.tracking.getFirst();
            MlflowRun made = server.newRuns().get(1);
            Map<String, String> tags = new HashMap<>(made.tags());
            if (!commit.isEmpty()) {
                tags.put("mlflow.source.git.commit", commit);
            }
            sample.tracking = List.of(new TrackingStore(
                    server.store(),
                    server.kind(),
                    server.experiments(),
                    List.of(new MlflowRun(
                            made.id(),
                            made.name(),
                            made.experiment(),
                            made.status(),
                            made.params(),
                            made.metrics(),
                            made.history(),
                            tags,
                            made.artifacts(),
                            made.models(),
                            made.modelIds())),
                    0,
                    List.of(new TrackingStore.RegisteredModel(
                            "bean-sorter",
                            List.of(new TrackingStore.ModelVersion(
                                    "2", run, source, List.of("champion"), "None", true))))));
            return sample;
        };
    }

    private record Situation(CheckSpec spec, UnaryOperator<SampleEvidence> change) {}

    private static Map<String, Situation> situations() {
        Map<String, Situation> all = new LinkedHashMap<>();
        CheckSpec f1 = score(CHAMPION, QualityMetric.F1_MACRO, null);
        all.put("the best tier", new Situation(f1, measured("f1_macro", 0.91234567)));
        all.put("as good as the best tier", new Situation(f1, measured("f1_macro", 0.8999999999999)));
        all.put("a lower tier", new Situation(f1, measured("f1_macro", 0.7345)));
        all.put("nearly the best tier", new Situation(f1, measured("f1_macro", 0.89996)));
        all.put("no tier", new Situation(f1, measured("f1_macro", 0.61)));
        all.put("labels of another kind", new Situation(f1, strange(0, OTHERS)));
        all.put("a claim, labels of another kind", new Situation(claim(null), strange(0, OTHERS)));
        CheckSpec rmse = score(CHAMPION, QualityMetric.RMSE, null);
        all.put("an error, the best tier", new Situation(rmse, measured("rmse", 0.15)));
        all.put("an error, a lower tier", new Situation(rmse, measured("rmse", 0.4)));
        all.put("an error without bounds", new Situation(rmse, measured("rmse", Double.POSITIVE_INFINITY)));
        all.put(
                "labels without probabilities",
                new Situation(score(CHAMPION, QualityMetric.ROC_AUC, null), measured("accuracy", 0.9)));
        all.put(
                "another kind of model",
                new Situation(score(CHAMPION, QualityMetric.F1_MACRO, "sklearn"), measured("f1_macro", 0.95)));
        all.put(
                "no such model",
                new Situation(
                        f1,
                        ended(
                                Outcome.NO_MODEL,
                                "no version of 'bean-sorter' has the alias 'champion'; it has none at all")));
        all.put(
                "no files",
                new Situation(
                        f1,
                        ended(
                                Outcome.NO_FILES,
                                "version 2 of 'bean-sorter' is registered, but the files that it names"
                                        + " (file:///home/me/model) are not there")));
        all.put(
                "not loaded",
                new Situation(f1, ended(Outcome.NOT_LOADED, "ModuleNotFoundError: No module named 'src'")));
        all.put(
                "not the model itself",
                new Situation(
                        f1, ended(Outcome.NOT_LOADED, "AttributeError: 'dict' object has no attribute 'predict'")));
        all.put(
                "of the script itself",
                new Situation(
                        f1,
                        ended(
                                Outcome.NOT_LOADED,
                                "AttributeError: Can't get attribute 'add' on <module '__main__' (built-in)>")));
        all.put("empty", new Situation(f1, ended(Outcome.NOT_LOADED, "the file is empty")));
        all.put(
                "a pointer",
                new Situation(f1, ended(Outcome.NOT_LOADED, "the file is a pointer of Git LFS, not the model itself")));
        all.put(
                "weights outside",
                new Situation(
                        f1,
                        ended(
                                Outcome.NOT_LOADED,
                                "it takes weights from '../../etc/passwd', outside of its own folder")));
        all.put(
                "other columns",
                new Situation(
                        f1,
                        ended(
                                Outcome.OTHER_INPUTS,
                                "its signature names the column 'id', and the data has area, perimeter")));
        all.put("failed", new Situation(f1, ended(Outcome.FAILED, "")));
        all.put(
                "no prediction",
                new Situation(f1, ended(Outcome.NO_PREDICTION, "of its 500 predictions 3 are missing")));
        all.put("unreadable prediction", new Situation(f1, ended(Outcome.NO_PREDICTION, "")));
        all.put("died", new Situation(f1, ended(Outcome.DIED, "exit code 139")));
        all.put("unfit data", new Situation(f1, ended(Outcome.OURS, "The hidden data 'beans' have 7 rows.")));
        all.put("never asked", new Situation(f1, sample -> sample));
        all.put("limit", new Situation(f1, sample -> {
            sample.predictions.add(facts(
                    CHAMPION.toString(),
                    Outcome.LIMIT,
                    "",
                    List.of(new LimitHit(LimitHit.Name.TIME, "120 s", "120 s")),
                    Map.of()));
            return sample;
        }));
        all.put("no file in the tree", new Situation(score(FILE, QualityMetric.F1_MACRO, null), sample -> {
            sample.predictions.add(facts(
                    FILE.toString(),
                    Outcome.NO_MODEL,
                    "after the run there is no models/beans.onnx in the work tree",
                    List.of(),
                    Map.of()));
            return sample;
        }));
        all.put("a claim that holds", new Situation(claim(null), measured("f1_macro", 0.89)));
        all.put("a claim that is modest", new Situation(claim(null), measured("f1_macro", 0.99)));
        all.put("a claim that does not hold", new Situation(claim(null), measured("f1_macro", 0.61)));
        all.put("a claim in a file", new Situation(claim("metrics/scores.json"), measured("f1_macro", 0.61)));
        all.put("a claim of many digits", new Situation(claim("metrics/scores.json"), sample -> {
            sample.metrics = List.of(new MetricsFile(
                    "metrics/scores.json", true, Map.of("macro_f1", 0.9896853843), Map.of("macro_f1", 0.9896853843)));
            return measured("f1_macro", 0.61).apply(sample);
        }));
        all.put("a claim in no file", new Situation(claim("metrics/others.json"), measured("f1_macro", 0.61)));
        all.putAll(ofOwnRows());
        all.putAll(ofHiddenRows());
        CheckSpec lineage = new QualityCheck.ModelLineage(CHAMPION);
        all.put("lineage", new Situation(lineage, lineage(COMMIT, "0a2", "models:/m-0a2")));
        all.put("lineage without a commit", new Situation(lineage, lineage("", "0a2", "models:/m-0a2")));
        all.put("lineage to another commit", new Situation(lineage, lineage("9".repeat(40), "0a2", "models:/m-0a2")));
        all.put(
                "lineage to the files of another run",
                new Situation(
                        lineage, lineage(COMMIT, "0a2", "mlflow-artifacts:/1/" + "b".repeat(32) + "/artifacts/model")));
        all.put(
                "lineage to a run of another day",
                new Situation(lineage, lineage(COMMIT, "c".repeat(32), "models:/m-0a2")));
        return all;
    }

    private static Verdict verdict(Situation situation) {
        Check check = SampleLab.check(situation.spec(), 10, null);
        return Checks.evaluate(
                check,
                SampleLab.of(List.of(check), false),
                SampleEvidence.with(situation.change()).build());
    }

    @Test
    void everySituationIsToldInItsOwnWords() {
        String told = situations().entrySet().stream()
                .map(entry -> {
                    Verdict verdict = verdict(entry.getValue());
                    return "== " + entry.getKey() + "\n" + verdict.points() + " " + verdict.support()
                            + (verdict.untestable() == null ? "" : " " + verdict.untestable()) + "\n  "
                            + verdict.message()
                            + (verdict.hint().isEmpty() ? "" : "\n  -> " + verdict.hint());
                })
                .collect(Collectors.joining("\n"));

        Golden.check("words/models.txt", told + "\n");
    }

    @Test
    void whatAContainerSaidThatSawHiddenRowsIsNeverTold() {
        assertThat(situations().values()).allSatisfy(situation -> {
            Verdict verdict = verdict(situation);
            assertThat(verdict.message() + verdict.hint()).doesNotContain("17.25");
            assertThat(verdict.hint().isBlank()).isEqualTo(verdict.full());
        });
    }

    @Test
    void whatIsOursCostsNothing() {
        assertThat(situations().values())
                .map(QualityWordsTests::verdict)
                .filteredOn(verdict -> verdict.support() == Support.UNTESTABLE)
                .isNotEmpty()
                .allMatch(Verdict::full);
    }

    /** On the same rows the claim must come out again: what is too low by more than the tolerance holds no more than what is too high. */
    @Property(tries = 200)
    void ofOwnRowsOnlyTheDistanceCounts(@ForAll @DoubleRange(min = 0, max = 1) double measured) {
        double claimed = 0.912;
        Verdict verdict = verdict(own(own(""), Outcome.MEASURED, "", Map.of("f1_macro", measured)));

        assertThat(verdict.full()).isEqualTo(Math.abs(measured - claimed) <= 0.001);
    }

    /** A better value never earns less, whichever way is better. */
    @Property(tries = 200)
    void tiersKeepTheOrderOfValues(
            @ForAll @DoubleRange(min = -2, max = 2) double one, @ForAll @DoubleRange(min = -2, max = 2) double other) {
        for (QualityMetric metric : QualityMetric.values()) {
            CheckSpec spec = score(CHAMPION, metric, null);
            double better = metric.higherIsBetter() ? Math.max(one, other) : Math.min(one, other);
            double worse = metric.higherIsBetter() ? Math.min(one, other) : Math.max(one, other);

            assertThat(verdict(new Situation(spec, measured(metric.word(), better)))
                            .points())
                    .isGreaterThanOrEqualTo(verdict(new Situation(spec, measured(metric.word(), worse)))
                            .points());
        }
    }
}

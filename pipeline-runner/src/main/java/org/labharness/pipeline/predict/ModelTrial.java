package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Limits;
import org.labharness.lab.QualityMetric;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.ModelOrigin;
import org.labharness.pipeline.evidence.PredictionFacts;
import org.labharness.pipeline.evidence.PredictionFacts.Outcome;
import org.labharness.pipeline.probe.Evaluation;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/** One model on one table of rows: from the files to what was measured. */
final class ModelTrial {
    private static final int LONGEST_DETAIL = 600;
    private static final int LONGEST_LABEL = 60;
    private static final int MOST_KEPT = 20_000;

    private final Predictors predictors;
    private final int uid;
    private final Limits limits;
    private final LabelledRows rows;
    private final String model;
    private final long started = System.nanoTime();
    private @Nullable ModelOrigin origin;
    private long order;
    private String staff = "";

    /**
     * @param uid as which models run
     */
    ModelTrial(Predictors predictors, int uid, Limits limits, LabelledRows rows, String model) {
        this.predictors = predictors;
        this.uid = uid;
        this.limits = limits;
        this.rows = rows;
        this.model = model;
    }

    /** There is no model. */
    PredictionFacts of(ModelFinder.Missing missing) {
        return ended(missing.outcome(), missing.words(), List.of());
    }

    /** @param work an empty folder of this trial alone, on a file system whose size is capped */
    PredictionFacts of(ModelFinder.Found found, Path work) {
        origin = found.origin();
        try {
            Path folder = open(Files.createDirectory(work.resolve("model")));
            ModelCopy.make(found.place(), folder, limits.disk().bytes());
            Optional<String> unfit =
                    UnfitFile.of(folder.resolve(found.description().file()));
            if (unfit.isPresent()) {
                return ended(Outcome.NOT_LOADED, unfit.get(), List.of());
            }
            List<String> inputs = found.description().inputs();
            Path out = Files.createDirectory(work.resolve("out"));
            give(out, uid);
            Predictors.Prediction prediction = predictors.predict(new Predictors.Order(
                    found.description(),
                    folder,
                    inOrder(rows.features(), inputs),
                    inOrder(rows.cells(), inputs),
                    rows.secret(),
                    work,
                    out,
                    uid,
                    limits));
            order = prediction.order();
            staff = cut(prediction.staff(), LONGEST_DETAIL);
            return read(prediction.evaluation());
        } catch (OtherColumns other) {
            return ended(Outcome.OTHER_INPUTS, String.valueOf(other.getMessage()), List.of());
        } catch (ModelCopy.TooLarge large) {
            return ended(Outcome.NOT_LOADED, String.valueOf(large.getMessage()), List.of());
        } catch (IOException problem) {
            return ended(Outcome.OURS, "the model's files could not be copied: " + problem.getMessage(), List.of());
        }
    }

    /** The folder above is closed to all but its user; the container sees only this one. */
    private static Path open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** Makes the user of containers its owner. */
    static void give(Path folder, int uid) throws IOException {
        if (!Files.getAttribute(folder, "unix:uid").equals(uid)) {
            Files.setAttribute(folder, "unix:uid", uid);
            Files.setAttribute(folder, "unix:gid", uid);
        }
    }

    /** The model's signature names columns that there are not. */
    private static final class OtherColumns extends Exception {
        private static final long serialVersionUID = 1;

        OtherColumns(String message) {
            super(message);
        }
    }

    /** The columns as the model's signature names them, which may leave some out; all of them where it names none. */
    private Table inOrder(Table table, List<String> wanted) throws OtherColumns {
        if (wanted.isEmpty()) {
            return table;
        }
        List<Column> columns = new ArrayList<>();
        for (String name : wanted) {
            columns.add(table.columns().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new OtherColumns(
                            "its signature names the column '" + name + "', and the data has " + names())));
        }
        return new Table(table.rows(), columns);
    }

    private String names() {
        List<String> names =
                rows.features().columns().stream().map(Column::name).toList();
        return String.join(", ", names.subList(0, Math.min(8, names.size())))
                + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "");
    }

    private PredictionFacts read(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Predicted predicted -> measured(predicted.outputs());
            case Evaluation.Unusable unusable ->
                ended(
                        switch (unusable.reason()) {
                            case LOAD, OUTSIDE, VERSION -> Outcome.NOT_LOADED;
                            case INPUTS -> Outcome.OTHER_INPUTS;
                            case PREDICT -> Outcome.FAILED;
                            case OUTPUTS -> Outcome.NO_PREDICTION;
                        },
                        unusable.words(),
                        List.of());
            case Evaluation.Broken broken -> ended(Outcome.OURS, broken.words(), List.of());
            case Evaluation.Died died when !died.limits().isEmpty() -> ended(Outcome.LIMIT, "", died.limits());
            case Evaluation.Died died -> ended(Outcome.DIED, "exit code " + died.exit(), List.of());
        };
    }

    private PredictionFacts measured(Table outputs) {
        try {
            Guess guess =
                    Interpretation.read(outputs, rows.task(), rows.labels().size(), rows.known());
            Map<String, Double> measured = new TreeMap<>();
            for (Map.Entry<QualityMetric, Double> entry :
                    Measures.of(guess, rows.labels(), rows.known()).entrySet()) {
                measured.put(entry.getKey().word(), entry.getValue());
            }
            List<String> words = rows.labels().size() > MOST_KEPT
                    ? List.of()
                    : guess.words().stream()
                            .map(word -> cut(word, LONGEST_LABEL))
                            .toList();
            return facts(
                    Outcome.MEASURED,
                    cut(ForeignLabels.of(guess, rows.known(), "model"), LONGEST_DETAIL),
                    List.of(),
                    words,
                    measured);
        } catch (Interpretation.Unclear unclear) {
            return ended(Outcome.NO_PREDICTION, String.valueOf(unclear.getMessage()), List.of());
        }
    }

    private PredictionFacts ended(Outcome outcome, String detail, List<LimitHit> hits) {
        return facts(outcome, cut(detail, LONGEST_DETAIL), hits, List.of(), Map.of());
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private PredictionFacts facts(
            Outcome outcome, String detail, List<LimitHit> hits, List<String> words, Map<String, Double> measured) {
        return new PredictionFacts(
                model,
                rows.key(),
                outcome,
                detail,
                staff,
                hits,
                origin,
                rows.labels().size(),
                words,
                measured,
                rows.featuresDigest(),
                rows.labelsDigest(),
                order,
                Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0);
    }
}

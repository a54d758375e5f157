package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import org.labharness.lab.Limits;
import org.labharness.pipeline.probe.Evaluation;
import org.labharness.pipeline.probe.Evaluator;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.probe.table.Table;
import org.labharness.probe.table.TableFile;

/** Lets a model predict: with the harness's own evaluator where that knows its format, else with the submission's own environment. */
final class Predictors {
    /** A model that needs longer for a few thousand rows is told so. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Evaluator evaluator;
    private final OwnEnvironment own;
    private final Consumer<String> note;
    private final Consumer<Sign> heard;

    /** @param heard is told when models begin and end */
    Predictors(Evaluator evaluator, OwnEnvironment own, Consumer<String> note, Consumer<Sign> heard) {
        this.evaluator = evaluator;
        this.own = own;
        this.note = note;
        this.heard = heard;
    }

    /**
     * What is to be predicted.
     *
     * @param folder the harness's copy of the model
     * @param features as numbers, for the harness's own evaluator
     * @param cells the same columns as texts, for pandas
     * @param secret whether nothing may be told of the features
     * @param work a folder for the features that no container sees as a whole
     * @param out where the container writes, a folder of {@code uid}
     */
    record Order(
            ModelDescription description,
            Path folder,
            Table features,
            Table cells,
            boolean secret,
            Path work,
            Path out,
            int uid,
            Limits limits) {
        Duration time() {
            return limits.time().compareTo(LONGEST) < 0 ? limits.time() : LONGEST;
        }
    }

    /**
     * @param evaluation what may be told of it
     * @param order seed of the order in which rows were given, 0 for their own
     * @param staff what may not: it may hold features
     */
    record Prediction(Evaluation evaluation, long order, String staff) {}

    Prediction predict(Order order) throws IOException {
        Evaluator.Format format = order.description().format();
        if (format == null) {
            return own.predict(order);
        }
        Path features = order.work().resolve("features");
        TableFile.write(features, order.features());
        Files.setPosixFilePermissions(features, PosixFilePermissions.fromString("rw-r--r--"));
        Evaluation evaluation = evaluator.evaluate(
                new Evaluator.Order(
                        format,
                        order.folder(),
                        order.description().file(),
                        features,
                        order.out(),
                        order.uid(),
                        order.time(),
                        order.limits().memory()),
                note,
                heard);
        boolean newer =
                evaluation instanceof Evaluation.Unusable unusable && unusable.reason() == Evaluation.Reason.VERSION;
        if (newer) {
            return own.predict(order);
        }
        // By then the model had seen the rows, and what it fails with may hold them.
        return order.secret()
                        && evaluation instanceof Evaluation.Unusable failed
                        && failed.reason() == Evaluation.Reason.PREDICT
                ? new Prediction(new Evaluation.Unusable(failed.reason(), ""), 0, failed.words())
                : new Prediction(evaluation, 0, "");
    }
}

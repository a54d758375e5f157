package org.labharness.lab.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.labharness.lab.ModelReference;
import org.labharness.lab.Points;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.RepositoryCheck;
import org.labharness.lab.TestRows;

/** Reads the arguments of the checks that measure models. */
final class QualityArguments {
    static final ModelReference.Registered NO_MODEL =
            new ModelReference.Registered("unknown", ModelReference.Choice.LATEST, "latest");

    private static final int USUAL_ROWS = 10;

    private QualityArguments() {}

    static QualityCheck hiddenScore(Value value, Points points) {
        YamlMap map = YamlMap.of(value, List.of("model", "data", "metric", "flavor", "tiers"));
        QualityMetric metric = metric(map);
        SortedMap<BigDecimal, Points> tiers = map.need(
                        "tiers", "values with their points, best first, such as {0.9: 10, 0.8: 5}")
                .map(list -> TierArguments.read(list, points, metric.higherIsBetter()))
                .orElseGet(TreeMap::new);
        return new QualityCheck.HiddenScore(
                model(map),
                data(map),
                metric,
                map.get("flavor").map(Value::text).orElse(null),
                tiers);
    }

    static QualityCheck claimHolds(Value value) {
        YamlMap map = YamlMap.of(value, List.of("model", "data", "test", "metric", "file", "claimed", "tolerance"));
        if (map.has("data") == map.has("test")) {
            value.wrong("missing-key", "either 'data' (hidden data of the lab) or 'test' (the submission's own rows)");
        }
        ModelReference model = model(map);
        QualityMetric metric = metric(map);
        if (!map.has("file") && !model.tracked() && map.has("model")) {
            value.wrong(
                    "missing-key", "'file' (the metrics file that makes the claim), as no MLflow run made the model");
        }
        return new QualityCheck.ClaimHolds(
                model,
                map.get("test").<TestRows>map(test -> own(test, metric)).orElseGet(() -> hidden(map)),
                metric,
                map.get("file").map(Value::safePath).orElse(null),
                map.need("claimed", "the name under which the submission reports the metric, such as macro_f1")
                        .map(Value::text)
                        .orElse(""),
                map.need("tolerance", "by how much the measured value may be worse (with 'test': differ), such as 0.05")
                        .map(number -> number.decimal("0", "1000000"))
                        .orElse(BigDecimal.ZERO));
    }

    static RepositoryCheck noHiddenRows(Value value) {
        YamlMap map = YamlMap.of(value, List.of("data", "at-least"));
        return new RepositoryCheck.NoHiddenRows(
                data(map),
                map.get("at-least").map(number -> number.whole(3, 1000)).orElse(USUAL_ROWS));
    }

    private static TestRows hidden(YamlMap map) {
        return new TestRows.Hidden(map.get("data").map(Value::text).orElse(""));
    }

    private static TestRows own(Value value, QualityMetric metric) {
        YamlMap map = YamlMap.of(value, List.of("file", "label", "predicts", "features"));
        TestRows.Own own = new TestRows.Own(
                map.need("file", "the table of the test rows after the run, such as data/test.csv")
                        .map(Value::safePath)
                        .orElse(""),
                map.need("label", "the column that is to be predicted")
                        .map(Value::text)
                        .orElse(""),
                HiddenArguments.task(map),
                HiddenArguments.features(map));
        if (map.has("predicts") && own.task() != metric.task()) {
            value.wrong("value", "'predicts' to be what " + metric.word() + " measures, or another metric");
        }
        if (own.features().contains(own.label())) {
            value.wrong("value", "a label that is not among the features");
        }
        return own;
    }

    static QualityCheck lineage(Value value) {
        ModelReference model = value.parsed(ModelReference::parse, NO_MODEL);
        if (model instanceof ModelReference.Registered registered) {
            return new QualityCheck.ModelLineage(registered);
        }
        value.wrong("value", "a registered model, such as models:/wine@champion");
        return new QualityCheck.ModelLineage(NO_MODEL);
    }

    static ModelReference model(YamlMap map) {
        return map.need("model", "which model, such as models:/wine@champion or models/wine.onnx")
                .map(QualityArguments::reference)
                .orElse(NO_MODEL);
    }

    static ModelReference reference(Value value) {
        ModelReference model = value.parsed(ModelReference::parse, NO_MODEL);
        boolean outside = switch (model) {
            case ModelReference.InTree tree -> !Value.isSafe(tree.path());
            case ModelReference.Logged logged -> !Value.isSafe(logged.path());
            case ModelReference.Registered registered -> false;
        };
        if (outside) {
            value.wrong("unsafe-path", "a relative path with forward slashes and without '..'");
        }
        return model;
    }

    private static String data(YamlMap map) {
        return map.need("data", "an id of the lab's hidden data")
                .map(Value::text)
                .orElse("");
    }

    static QualityMetric metric(YamlMap map) {
        return map.need("metric", "one of " + String.join(", ", QualityMetric.words()))
                .flatMap(word -> word.word(QualityMetric.words()))
                .flatMap(QualityMetric::of)
                .orElse(QualityMetric.ACCURACY);
    }
}

package org.labharness.pipeline.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.collect.mlflow.LoggedModels;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.probe.Evaluator;

/**
 * What a model is, as far as its files say so; read as data.
 *
 * @param flavor as people know it: {@code onnx}, {@code sklearn}
 * @param file of the model relative to its folder; empty where MLflow loads the folder as a whole
 * @param format where the harness's own evaluator knows it, else null
 * @param inputs names of the columns that it takes, in its order; empty where it does not say
 * @param loader how Python loads it where the evaluator does not
 */
record ModelDescription(
        String flavor, String file, Evaluator.@Nullable Format format, List<String> inputs, Loader loader) {
    private static final String NAME = "MLmodel";

    ModelDescription {
        inputs = List.copyOf(inputs);
    }

    /** How Python loads a model; the words of the program that does it. */
    enum Loader {
        PYFUNC,
        JOBLIB,
        PICKLE,
        SKOPS,
        KERAS,
        TORCH,
        LIGHTGBM,
        XGBOOST,
        ONNX;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of a folder with an MLmodel, or of a single file; empty where it is neither. */
    static Optional<ModelDescription> of(LoggedModels.Folder place) {
        if (place.root().isFile(place.path())) {
            return Optional.of(ofFile(name(place.path())));
        }
        return Documents.read(place.root(), place.path() + "/" + NAME, Documents.Form.YAML)
                .document()
                .map(ModelDescription::ofFolder);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static ModelDescription ofFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String end = lower.substring(lower.lastIndexOf('.') + 1);
        return switch (end) {
            case "onnx" -> new ModelDescription("onnx", name, Evaluator.Format.ONNX, List.of(), Loader.ONNX);
            case "ubj", "json", "xgb", "bst" ->
                new ModelDescription("xgboost", name, Evaluator.Format.XGBOOST, List.of(), Loader.XGBOOST);
            case "skops" -> new ModelDescription("skops", name, null, List.of(), Loader.SKOPS);
            case "keras", "h5", "hdf5" -> new ModelDescription("keras", name, null, List.of(), Loader.KERAS);
            case "pt", "pth", "pt2" -> new ModelDescription("pytorch", name, null, List.of(), Loader.TORCH);
            case "lgb", "txt" -> new ModelDescription("lightgbm", name, null, List.of(), Loader.LIGHTGBM);
            case "joblib" -> new ModelDescription("joblib", name, null, List.of(), Loader.JOBLIB);
            default -> new ModelDescription("pickle", name, null, List.of(), Loader.PICKLE);
        };
    }

    private static ModelDescription ofFolder(Doc description) {
        Doc.Mapping flavors = description.mapping("flavors");
        List<String> inputs = inputs(description);
        Optional<ModelDescription> known = known(flavors, "onnx", Evaluator.Format.ONNX, inputs)
                .or(() -> known(flavors, "xgboost", Evaluator.Format.XGBOOST, inputs));
        return known.orElseGet(() -> new ModelDescription(
                flavors.entries().keySet().stream()
                        .filter(flavor -> !flavor.equals("python_function"))
                        .findFirst()
                        .orElse("python_function"),
                "",
                null,
                inputs,
                Loader.PYFUNC));
    }

    private static Optional<ModelDescription> known(
            Doc.Mapping flavors, String flavor, Evaluator.Format format, List<String> inputs) {
        return flavors.get(flavor)
                .flatMap(doc -> doc.get("data"))
                .flatMap(Doc::string)
                .filter(ModelDescription::isInside)
                .map(file -> new ModelDescription(flavor, file, format, inputs, Loader.PYFUNC));
    }

    private static boolean isInside(String path) {
        return !path.isBlank()
                && !path.startsWith("/")
                && !List.of(path.split("/", -1)).contains("..");
    }

    /** MLflow keeps the signature as JSON in a text. */
    private static List<String> inputs(Doc description) {
        List<String> names = new ArrayList<>();
        List<Doc> columns = description
                .mapping("signature")
                .get("inputs")
                .flatMap(Doc::string)
                .flatMap(text -> Documents.json(text).document())
                .map(Doc::items)
                .orElse(List.of());
        for (Doc column : columns) {
            Optional<String> name = column.get("name").flatMap(Doc::string);
            if (name.isEmpty()) {
                return List.of();
            }
            names.add(name.get());
        }
        return names;
    }
}

package org.labharness.pipeline.collect.mlflow;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;

/** Whether a logged model is whole: MLflow lets a model be downloaded, and registered, whose weights are not there. */
final class ModelFiles {
    /** Describes a model, at the top of its folder. */
    static final String NAME = "MLmodel";

    /** Keys of flavors that name a file or folder beside it. */
    private static final List<String> NAMED =
            List.of("data", "model_path", "model_data", "pickled_model", "python_model", "model_code_path");

    private ModelFiles() {}

    /**
     * @param description what is in the file MLmodel
     * @param files all files of the model, by their path from its folder
     * @return a file that the description names and that is not there
     */
    static Optional<String> missing(Doc description, Collection<String> files) {
        Doc.Mapping flavors = description.mapping("flavors");
        return flavors.entries().keySet().stream()
                .map(flavors::mapping)
                .flatMap(flavor -> NAMED.stream().flatMap(key -> flavor.get(key).flatMap(Doc::string).stream()))
                .filter(ModelFiles::isInside)
                .filter(path -> files.stream().noneMatch(file -> file.equals(path) || file.startsWith(path + "/")))
                .sorted()
                .findFirst();
    }

    /** A path from the model's folder; hosted weights are named by other means. */
    private static boolean isInside(String path) {
        return !path.isBlank() && !path.startsWith("/") && !path.contains(":") && !path.contains("..");
    }
}

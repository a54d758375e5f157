package org.labharness.pipeline.predict;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.labharness.pipeline.checkout.IgnoreLine;
import org.labharness.pipeline.collect.mlflow.LoggedModels;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/** Files of models that are not there, and what keeps them out of Git where a {@code .gitignore} does. */
final class MissingFile {
    private static final int LARGEST = 64 << 10;
    private static final int MOST_LINES = 1_000;

    private MissingFile() {}

    /** The file that an MLmodel names and that is not there, by its path below the reader's root. */
    static Optional<String> of(LoggedModels.Folder model) {
        return Documents.read(model.root(), model.path() + "/MLmodel", Documents.Form.YAML)
                .document()
                .map(description -> description.mapping("flavors").mapping("python_function"))
                .flatMap(function -> function.get("model_path").or(() -> function.get("data")))
                .flatMap(Doc::string)
                .map(file -> model.path() + "/" + file)
                .filter(file -> model.root().isPath(file) && !model.root().exists(file));
    }

    /** The end of a sentence about a file that is not in a work tree; empty where no line hides it, or only the one that DVC wrote for an output. */
    static String hidden(TreeReader tree, String path) {
        Function<String, List<String>> lines = file -> tree.text(file, LARGEST)
                .map(text -> text.content().lines().limit(MOST_LINES).toList())
                .orElse(List.of());
        String own = "/" + path.substring(path.lastIndexOf('/') + 1);
        return IgnoreLine.of(path, lines)
                .filter(line -> !line.pattern().equals(own))
                .map(line -> "; " + line.where() + " ('" + line.pattern() + "') keeps it out of Git")
                .orElse("");
    }
}

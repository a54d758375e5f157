package org.labharness.pipeline.environment;

import java.util.Optional;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/** What a Pipfile declares: packages with pip's versions in a table. */
final class PipenvFile {
    private static final String FILE = "Pipfile";

    private PipenvFile() {}

    static void read(TreeReader tree, Declarations into) {
        Optional<Doc> document = tree.isFile(FILE)
                ? Documents.read(tree, FILE, Documents.Form.TOML).document()
                : Optional.empty();
        if (document.isEmpty()) {
            return;
        }
        into.readFrom(FILE);
        document.get()
                .mapping("requires")
                .get("python_version")
                .flatMap(Doc::string)
                .ifPresent(into::askForPython);
        Doc.Mapping packages = document.get().mapping("packages");
        packages.entries().forEach((name, value) -> {
            Place where = new Place(FILE, packages.lineOf(name));
            Optional<String> address =
                    value.get("git").or(() -> value.get("file")).flatMap(Doc::string);
            if (address.isPresent()) {
                into.address(new Requirement(name, name, name + " @ " + address.get(), where, true));
            } else if (value.get("path").isEmpty()) {
                String version = value.string()
                        .or(() -> value.get("version").flatMap(Doc::string))
                        .orElse("*")
                        .strip();
                into.add(name + (version.equals("*") ? "" : version), where);
            }
        });
    }
}

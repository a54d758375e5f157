package org.labharness.autograder.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.labharness.lab.Lab;
import org.labharness.lab.load.BundledLabs;
import org.labharness.lab.load.LabLoader;
import picocli.CommandLine.Option;

/** {@code --lab}: a bundled lab's id, or a folder with a {@code lab.yaml}. */
final class LabOption {
    @Option(
            names = "--lab",
            paramLabel = "ID|PATH",
            defaultValue = "any-pipeline",
            description =
                    "The lab: the id of a bundled one, or a folder with a lab.yaml. Default: ${DEFAULT-VALUE}, a health"
                            + " check of any DVC or MLflow repository.")
    private String lab = "any-pipeline";

    /** As it was given. */
    String name() {
        return lab;
    }

    Lab load(Settings settings) {
        return load(settings, lab);
    }

    static Lab load(Settings settings, String name) {
        return LabLoader.load(folder(settings, name));
    }

    static Path folder(Settings settings, String name) {
        Path path = Path.of(name);
        if (Files.isRegularFile(path.resolve("lab.yaml"))) {
            return path;
        }
        if (path.getFileName() != null && path.endsWith("lab.yaml") && Files.isRegularFile(path)) {
            return path.toAbsolutePath().resolveSibling("");
        }
        return bundled(settings).folder(name).orElseThrow(() -> unknown(name));
    }

    static BundledLabs bundled(Settings settings) {
        return new BundledLabs(settings.home());
    }

    private static WrongUse unknown(String name) {
        return new WrongUse(
                "There is no lab '" + name + "': neither a bundled one (" + String.join(", ", BundledLabs.ids())
                        + ") nor a folder with a lab.yaml. Name one of those, or the path of a lab's folder.");
    }
}

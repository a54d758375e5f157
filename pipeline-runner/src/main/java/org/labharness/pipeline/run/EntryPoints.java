package org.labharness.pipeline.run;

import org.labharness.lab.RunSpec;
import org.labharness.pipeline.document.TreeReader;

/** What starts an entry point of a submission's MLproject without MLflow's help: no run is made of it. */
public final class EntryPoints {
    private EntryPoints() {}

    /** What came of looking for it. */
    public sealed interface Lookup {}

    /** @param directory absolute, inside of a container */
    public record Line(String directory, String command) implements Lookup {}

    /** @param reason in words for the student */
    public record Missing(String reason) implements Lookup {}

    /** Looks in the MLproject that is nearest to the root. */
    public static Lookup find(TreeReader tree, RunSpec.MlProject entry) {
        return switch (MlProjectFile.find(tree, false).command(entry)) {
            case MlProjectFile.Found found ->
                new Line(found.command().directory(), found.command().line());
            case MlProjectFile.NotFound not -> new Missing(not.reason());
        };
    }
}

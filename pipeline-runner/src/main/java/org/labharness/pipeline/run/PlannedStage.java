package org.labharness.pipeline.run;

import java.util.List;
import org.labharness.pipeline.run.Wire.Message;

/**
 * A stage, or a file that DVC tracks, as DVC itself plans to reproduce it.
 *
 * @param root folder of the DVC repository, relative to the submission, empty for the submission's root
 * @param address {@code models/dvc.yaml:train}, relative to the root
 * @param deps relative to the submission; anything outside of it as DVC writes it
 * @param outs as deps
 * @param upstream addresses of the stages that make its dependencies
 */
record PlannedStage(
        String root, String address, Kind kind, List<String> deps, List<String> outs, List<String> upstream) {
    /** What DVC does with it. */
    enum Kind {
        COMMAND,
        DATA,
        IMPORT
    }

    static PlannedStage parse(String root, Message message) {
        return new PlannedStage(
                root,
                message.text(1),
                switch (message.text(2)) {
                    case "command" -> Kind.COMMAND;
                    case "import" -> Kind.IMPORT;
                    default -> Kind.DATA;
                },
                message.list(3).stream().map(path -> below(root, path)).toList(),
                message.list(4).stream().map(path -> below(root, path)).toList(),
                message.list(5));
    }

    /** The folder of its dvc.yaml, relative to the submission; empty for its root. */
    String pipeline() {
        String file = below(root, file());
        return file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : "";
    }

    /** The stage's name; that of the file where it is a {@code .dvc} file. */
    String name() {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? file().substring(file().lastIndexOf('/') + 1) : address.substring(colon + 1);
    }

    /** {@code train}, or {@code models/train} for a pipeline in a folder. */
    String fullName() {
        return pipeline().isEmpty() ? name() : pipeline() + "/" + name();
    }

    /** The file that declares it, relative to the submission. */
    String tracker() {
        return below(root, file());
    }

    private String file() {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static String below(String root, String path) {
        return root.isEmpty() || path.startsWith("/") || path.contains("://") ? path : root + "/" + path;
    }
}

package org.labharness.probe.model;

import java.io.IOException;
import java.nio.file.Path;

/** Which files an ONNX model reads its weights from. */
final class OnnxFiles {
    private OnnxFiles() {}

    /** Refuses weights that lie elsewhere than in the model's own folder. */
    static void refuseOutside(Path file) throws Unusable {
        try {
            for (String location : ExternalData.locations(file)) {
                if (leaves(location)) {
                    throw new Unusable(
                            Unusable.Reason.OUTSIDE,
                            "it takes weights from '" + Causes.shortened(location) + "', outside of its own folder");
                }
            }
        } catch (IOException e) {
            throw new Unusable(Unusable.Reason.LOAD, String.valueOf(e.getMessage()), e);
        }
    }

    static boolean leaves(String location) {
        if (location.startsWith("/") || location.indexOf('\\') >= 0 || location.indexOf('\0') >= 0) {
            return true;
        }
        return java.util.List.of(location.split("/", -1)).contains("..");
    }
}

package org.labharness.pipeline.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.Mount;

/** What a lab brings along so that no run has to download it: wheels, and weights of models. All of it is only read. */
record Preloaded(@Nullable Path wheels, Map<String, Path> homes) {
    static final Preloaded NOTHING = new Preloaded(null, Map.of());

    private static final String FOLDER = "/preloaded/";
    private static final String HUGGING_FACE = "HF_HOME";

    Preloaded {
        homes = Map.copyOf(homes);
    }

    static Preloaded of(Path lab, EnvironmentSpec.Preload preload) {
        Map<String, Path> homes = new LinkedHashMap<>();
        put(homes, "TORCH_HOME", lab, preload.torch());
        put(homes, HUGGING_FACE, lab, preload.huggingface());
        return new Preloaded(preload.wheels() == null ? null : folder(lab, preload.wheels()), homes);
    }

    private static void put(Map<String, Path> homes, String variable, Path lab, @Nullable String path) {
        if (path != null) {
            homes.put(variable, folder(lab, path));
        }
    }

    private static Path folder(Path lab, String path) {
        Path folder = lab.resolve(path).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new SystemBroke(
                    Breakdown.INTERNAL, "The lab preloads " + path + ", but there is no such folder in " + lab);
        }
        return folder;
    }

    List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        homes.forEach((variable, folder) -> mounts.add(Mount.readOnly(folder, FOLDER + variable)));
        return mounts;
    }

    /** Libraries find the weights, and do not ask the network for newer ones. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        homes.keySet().forEach(variable -> variables.put(variable, FOLDER + variable));
        if (homes.containsKey(HUGGING_FACE)) {
            variables.put("HF_HUB_OFFLINE", "1");
            variables.put("TRANSFORMERS_OFFLINE", "1");
        }
        return variables;
    }
}

package org.labharness.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.lab.Lab;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * What students may see of a {@code lab.yaml}, as one that they can grade themselves with: the checks that say nothing of thresholds, changes or hidden
 * data. A new check is hidden until it is named here.
 */
public final class PublicLab {
    private static final Set<String> PUBLIC = Set.of(
            "files-present",
            "no-committed-environment",
            "no-secrets",
            "environment-installs",
            "dvc-stages",
            "reproduces",
            "lock-agrees",
            "outputs-declared",
            "data-under-dvc",
            "second-run-does-nothing",
            "mlflow-runs",
            "runs-carry",
            "registered-model",
            "model-lineage",
            "service-ready",
            "client-follows");

    private static final Set<String> KEPT = Set.of("id", "title", "opens", "limits", "run", "prices", "not-applicable");

    private PublicLab() {}

    /**
     * The text of the file; empty where no check may be seen but a bonus.
     *
     * @param inputs files of the lab that students get: of the others nothing is said
     */
    public static Optional<String> of(Lab lab, Set<String> inputs) {
        Map<?, ?> whole = read(lab);
        List<Map<Object, Object>> checks = new ArrayList<>();
        BigDecimal points = BigDecimal.ZERO;
        for (Object one : whole.get("checks") instanceof List<?> all ? all : List.of()) {
            Map<Object, Object> check = new LinkedHashMap<>((Map<?, ?>) one);
            if (check.keySet().stream().anyMatch(PUBLIC::contains)) {
                checks.add(check);
                points = Boolean.TRUE.equals(check.get("bonus"))
                        ? points
                        : points.add(new BigDecimal(String.valueOf(check.get("points"))));
            }
        }
        if (points.signum() == 0) {
            return Optional.empty();
        }
        Map<Object, Object> shown = new LinkedHashMap<>();
        whole.forEach((key, value) -> {
            if (KEPT.contains(key)) {
                shown.put(key, value);
            } else if (key.equals("environment")) {
                shown.put(key, withoutPreload((Map<?, ?>) value));
            } else if (key.equals("services")) {
                shown.put(key, withoutQuestions((Map<?, ?>) value));
            } else if (key.equals("inputs")) {
                Map<Object, Object> given = new LinkedHashMap<>((Map<?, ?>) value);
                given.values().retainAll(inputs);
                if (!given.isEmpty()) {
                    shown.put(key, given);
                }
            }
        });
        BigDecimal sum = points.stripTrailingZeros();
        shown.put("points", sum.scale() <= 0 ? sum.toBigInteger() : sum);
        shown.put("checks", checks);
        return Optional.of(new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.AUTO)
                        .setWidth(120)
                        .build())
                .dumpToString(shown));
    }

    /** They are about hidden data. */
    private static Map<Object, Object> withoutQuestions(Map<?, ?> services) {
        Map<Object, Object> shown = new LinkedHashMap<>();
        services.forEach((id, service) -> {
            Map<Object, Object> one = new LinkedHashMap<>((Map<?, ?>) service);
            one.remove("question");
            shown.put(id, one);
        });
        return shown;
    }

    /** What a lab preloads lies in folders of its own, which are large. */
    private static Map<Object, Object> withoutPreload(Map<?, ?> environment) {
        Map<Object, Object> shown = new LinkedHashMap<>(environment);
        shown.remove("preload");
        return shown;
    }

    private static Map<?, ?> read(Lab lab) {
        try {
            String text = Files.readString(lab.folder().resolve(LabLoader.FILE));
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lab.folder().resolve(LabLoader.FILE), e);
        }
    }
}

package org.labharness.pipeline.collect.dvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.OutputKind;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;

/** Small dvc.yaml files beside what DVC itself made of them; docker/tests/dvc-truth.py recorded it. */
class TemplateTruthTests {
    /** DVC refuses them for what the stages are together, which findings tell, not for how the file is written. */
    private static final Set<String> REFUSED_AS_A_GRAPH = Set.of("circle", "out-is-its-own-dep", "out-twice");

    @TempDir
    Path scratch;

    static List<String> names() throws IOException {
        return List.copyOf(cases().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void we_read_what_dvc_reads(String name) throws IOException {
        for (Map.Entry<String, String> file :
                Objects.requireNonNull(cases().get(name)).entrySet()) {
            Path path = scratch.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
        PipelineFacts ours = Pipelines.read(new TreeReader(scratch)).getFirst();
        Doc truth = truth().mapping("cases").mapping(name);
        if (truth.get("error").isPresent() && !REFUSED_AS_A_GRAPH.contains(name)) {
            assertThat(ours.problem())
                    .as("DVC says: %s", truth.get("error").get().string().orElse(""))
                    .isNotNull();
        } else {
            assertThat(ours.problem()).isNull();
        }
        if (truth.get("error").isEmpty()) {
            List<Doc> stages = truth.get("stages").map(Doc::items).orElse(List.of());
            assertThat(ours.stages().stream()
                            .sorted(Comparator.comparing(Stage::name))
                            .map(TemplateTruthTests::shown))
                    .containsExactlyElementsOf(
                            stages.stream().map(TemplateTruthTests::shown).toList());
        }
    }

    @Test
    void every_case_has_a_recorded_truth_of_the_graders_dvc() throws IOException {
        assertThat(truth().mapping("cases").entries().keySet()).containsExactlyInAnyOrderElementsOf(cases().keySet());
        assertThat(truth().get("dvc").flatMap(Doc::string)).contains("3.67.1");
    }

    private static Map<String, Object> shown(Stage stage) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", stage.name());
        shown.put("cmd", stage.commands().toString());
        shown.put("wdir", stage.workingDirectory().isEmpty() ? "." : stage.workingDirectory());
        shown.put("deps", stage.deps().stream().sorted().toList().toString());
        shown.put(
                "outs",
                stage.outs().stream()
                        .sorted(Comparator.comparing(Output::path))
                        .map(TemplateTruthTests::shown)
                        .toList()
                        .toString());
        Map<String, List<String>> params = new java.util.TreeMap<>();
        stage.params()
                .forEach((file, names) ->
                        params.put(file, names.stream().sorted().toList()));
        shown.put("params", params.toString());
        shown.put("flags", stage.frozen() + " " + stage.alwaysChanged());
        return shown;
    }

    private static String shown(Output out) {
        return out.path() + " " + out.cached() + " " + (out.kind() == OutputKind.PLOT);
    }

    private static Map<String, Object> shown(Doc stage) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String key : List.of("name", "cmd", "wdir", "deps")) {
            Doc value = stage.get(key).orElseThrow();
            shown.put(
                    key,
                    value instanceof Doc.Sequence
                            ? texts(value).toString()
                            : value.string().orElse(""));
        }
        List<String> outs = new ArrayList<>();
        for (Doc out : stage.get("outs").orElseThrow().items()) {
            List<String> parts = texts(out);
            outs.add(parts.get(0) + " " + parts.get(1) + " " + parts.get(3));
        }
        shown.put("outs", outs.toString());
        Map<String, List<String>> params = new java.util.TreeMap<>();
        stage.mapping("params").entries().forEach((file, names) -> params.put(file, texts(names)));
        shown.put("params", params.toString());
        shown.put(
                "flags",
                stage.get("frozen").map(Doc::isTrue).orElse(false) + " "
                        + stage.get("always_changed").map(Doc::isTrue).orElse(false));
        return shown;
    }

    private static List<String> texts(Doc list) {
        return list.items().stream().map(item -> item.string().orElse("null")).toList();
    }

    private static Doc truth() throws IOException {
        return Documents.json(resource("templates.json")).document().orElseThrow();
    }

    private static Map<String, Map<String, String>> cases() throws IOException {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        String path = "";
        for (String line : resource("templates.txt").split("(?<=\n)", -1)) {
            if (line.startsWith("=== ")) {
                files = new LinkedHashMap<>();
                found.put(line.substring(4).strip(), files);
            } else if (line.startsWith("--- ")) {
                path = line.substring(4).strip();
                files.put(path, "");
            } else if (!line.isEmpty()) {
                files.merge(path, line, String::concat);
            }
        }
        return found;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TemplateTruthTests.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package org.labharness.pipeline.collect.dvc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Doc.ScalarKind;
import org.labharness.pipeline.document.Doc.Sequence;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.Parsed.Oddity;

/** The form that DVC asks of a dvc.yaml: it refuses the whole file where one thing in it has another. */
final class PipelineSchema {
    private static final Set<String> TOP =
            Set.of("stages", "vars", "params", "metrics", "plots", "artifacts", "datasets");
    private static final Set<String> STAGE = Set.of(
            "cmd",
            "wdir",
            "deps",
            "params",
            "vars",
            "frozen",
            "meta",
            "desc",
            "always_changed",
            "outs",
            "metrics",
            "plots",
            "matrix");
    private static final Set<String> LISTS = Set.of("deps", "params", "outs", "metrics", "plots");

    private PipelineSchema() {}

    /** The first thing that DVC would refuse, with its line; empty where there is none. */
    static Optional<String> problem(Parsed parsed, Mapping root) {
        Optional<String> twice = parsed.oddities().stream()
                .filter(note -> note.oddity() == Oddity.DUPLICATE_KEY)
                .findFirst()
                .map(note -> "line " + note.line() + ": the key '" + note.key() + "' is there twice");
        if (twice.isPresent()) {
            return twice;
        }
        for (String key : root.entries().keySet()) {
            if (!TOP.contains(key)) {
                return at(root.lineOf(key), "the key '" + key + "' at the top is none that DVC knows");
            }
        }
        Optional<Doc> stages = root.get("stages");
        if (stages.isEmpty()) {
            return Optional.empty();
        }
        if (!(stages.get() instanceof Mapping named)) {
            return at(root.lineOf("stages"), "'stages:' holds no stages with names");
        }
        return named.entries().entrySet().stream()
                .flatMap(entry -> entry(entry.getKey(), entry.getValue(), named.lineOf(entry.getKey())).stream())
                .findFirst();
    }

    private static Optional<String> entry(String name, Doc entry, int line) {
        String stage = "the stage '" + name + "' ";
        if (!(entry instanceof Mapping mapping)) {
            return at(line, stage + "is empty");
        }
        if (mapping.get("foreach").isEmpty()) {
            return stage(stage, mapping, line);
        }
        for (String key : mapping.entries().keySet()) {
            if (!key.equals("foreach") && !key.equals("do")) {
                return at(
                        mapping.lineOf(key),
                        stage + "has the key '" + key + "' beside 'foreach:'; it belongs under 'do:'");
            }
        }
        return mapping.get("do").orElse(Mapping.empty()) instanceof Mapping body
                        && !body.entries().isEmpty()
                ? stage(stage, body, mapping.lineOf("do"))
                : at(line, stage + "has 'foreach:' without 'do:'");
    }

    private static Optional<String> stage(String stage, Mapping body, int line) {
        for (Map.Entry<String, Doc> each : body.entries().entrySet()) {
            int here = body.lineOf(each.getKey());
            if (!STAGE.contains(each.getKey())) {
                return at(here, stage + "has the key '" + each.getKey() + "', which DVC does not know");
            }
            if (LISTS.contains(each.getKey()) && !(each.getValue() instanceof Sequence)) {
                return at(here, stage + "has no list under '" + each.getKey() + ":'; begin each item with a hyphen");
            }
        }
        Optional<Doc> command = body.get("cmd");
        if (command.isEmpty()) {
            return at(line, stage + "has no 'cmd:'");
        }
        boolean text = command.get() instanceof Sequence
                || (command.get() instanceof Scalar scalar && scalar.kind() == ScalarKind.STRING);
        return text ? Optional.empty() : at(body.lineOf("cmd"), stage + "has no command as text under 'cmd:'");
    }

    private static Optional<String> at(int line, String problem) {
        return Optional.of("line " + line + ": " + problem);
    }
}

package org.labharness.pipeline.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Mapping;
import org.labharness.pipeline.document.Doc.Sequence;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.Text;
import org.labharness.pipeline.preflight.SecretForms.Secret;

/** Passwords and keys that are committed. What is shown of them is masked. */
final class SecretQuirk implements Quirk {
    private static final int LONGEST_LINE = 20_000;
    private static final int MOST = 20;
    private static final int MOST_OF_A_FILE = 3;
    private static final int SHOWN = 4;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        int found = 0;
        for (Map.Entry<String, Text> entry : view.texts().entrySet()) {
            if (found >= MOST) {
                return;
            }
            Map<Integer, Secret> byLine = new LinkedHashMap<>();
            lines(entry.getValue(), byLine);
            if (!isExample(entry.getKey())) {
                named(view, entry.getKey(), byLine);
            }
            List<Map.Entry<Integer, Secret>> all = new ArrayList<>(byLine.entrySet());
            all.sort(Map.Entry.comparingByKey());
            for (Map.Entry<Integer, Secret> each : all.subList(0, Math.min(MOST_OF_A_FILE, all.size()))) {
                findings.accept(finding(each.getValue(), new Place(entry.getKey(), each.getKey())));
                found++;
            }
        }
    }

    private static void lines(Text text, Map<Integer, Secret> byLine) {
        int number = 0;
        for (String line : (Iterable<String>) text.content().lines()::iterator) {
            number++;
            int here = number;
            if (line.length() >= 10 && line.length() <= LONGEST_LINE && byLine.size() < MOST_OF_A_FILE) {
                SecretForms.in(line).ifPresent(secret -> byLine.putIfAbsent(here, secret));
            }
        }
    }

    private static boolean isExample(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.contains("example")
                || lower.contains("sample")
                || lower.contains("template")
                || lower.contains("test");
    }

    /** Values of names that say what they are, by the parser of the file's kind. */
    private static void named(TreeView view, String path, Map<Integer, Secret> byLine) {
        String name = Paths.name(path).toLowerCase(Locale.ROOT);
        if (path.startsWith(".dvc/config")) {
            Documents.read(view.tree(), path, Form.INI).document().ifPresent(doc -> config(doc, byLine));
        } else if (name.endsWith(".py")) {
            view.python(path).flatMap(TreeView.PythonFile::module).ifPresent(module -> python(module, byLine));
        } else if (name.startsWith(".env")
                || name.endsWith(".env")
                || name.matches(".*\\.(?:ini|cfg|conf|properties)")) {
            Documents.read(view.tree(), path, Form.INI).document().ifPresent(doc -> document(doc, byLine));
        } else if (name.matches(".*\\.(?:ya?ml|json|toml)") && !name.endsWith(".lock") && !name.equals("dvc.yaml")) {
            Documents.read(view.tree(), path).document().ifPresent(doc -> document(doc, byLine));
        }
    }

    private static void config(Doc doc, Map<Integer, Secret> byLine) {
        if (doc instanceof Mapping sections) {
            sections.entries().values().forEach(section -> {
                if (section instanceof Mapping values) {
                    values.entries()
                            .forEach((key, value) -> SecretForms.configured(
                                            key, value.string().orElse(""))
                                    .ifPresent(secret -> byLine.put(value.line(), secret)));
                }
            });
        }
    }

    /** Only literal strings: what is read from the environment when the code runs is no secret. */
    private static void python(Module module, Map<Integer, Secret> byLine) {
        module.assignments()
                .forEach(each -> literal(each.target().replaceAll("^.*\\[(.*)]$", "$1"), each.value(), byLine));
        module.calls().forEach(call -> {
            call.keywords().forEach((name, value) -> literal(name, value, byLine));
            if (call.callee().equals("os.environ.setdefault")
                    && call.arguments().size() > 1
                    && call.arguments().getFirst() instanceof PythonValue.Text name) {
                literal(name.text(), call.arguments().get(1), byLine);
            }
        });
    }

    private static void literal(String name, PythonValue value, Map<Integer, Secret> byLine) {
        if (value instanceof PythonValue.Text text) {
            SecretForms.named(name, text.text()).ifPresent(secret -> byLine.putIfAbsent(text.line(), secret));
        }
    }

    private static void document(Doc doc, Map<Integer, Secret> byLine) {
        switch (doc) {
            case Mapping mapping ->
                mapping.entries().forEach((key, value) -> {
                    if (value instanceof Doc.Scalar scalar) {
                        String bare = scalar.text().replaceAll("^['\"]|['\"]$", "");
                        SecretForms.named(key.replaceFirst("^export\\s+", ""), bare)
                                .ifPresent(secret -> byLine.putIfAbsent(scalar.line(), secret));
                    } else {
                        document(value, byLine);
                    }
                });
            case Sequence sequence -> sequence.items().forEach(item -> document(item, byLine));
            case Doc.Scalar scalar -> {}
        }
    }

    private static Finding finding(Secret secret, Place place) {
        int shown = Math.min(SHOWN, secret.text().length() / 8);
        String masked = secret.what().equals("a private key") || shown == 0
                ? ""
                : " (" + secret.text().substring(0, shown) + "…)";
        return FindingCode.REPO_SECRET.at(
                place,
                place + " holds " + secret.what() + masked
                        + ". Everyone who can read the repository has it, in its history too.",
                "Revoke it now where it was issued; then read it from an environment variable and keep it out of Git.");
    }
}

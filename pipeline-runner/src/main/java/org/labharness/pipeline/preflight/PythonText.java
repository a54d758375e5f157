package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.PythonSource.Assignment;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue;
import org.labharness.pipeline.document.PythonValue.Choice;
import org.labharness.pipeline.document.PythonValue.Constant;
import org.labharness.pipeline.document.PythonValue.Items;
import org.labharness.pipeline.document.PythonValue.Joined;
import org.labharness.pipeline.document.PythonValue.Name;
import org.labharness.pipeline.document.PythonValue.Other;
import org.labharness.pipeline.document.PythonValue.Result;
import org.labharness.pipeline.document.PythonValue.Text;

/**
 * The text that a value has when the code runs, as far as assignments in the same file tell it; what they do not tell stands in braces.
 *
 * @param line of the literal that tells most of it
 */
record PythonText(String text, int line) {
    private static final int DEEPEST = 6;
    private static final int LONGEST = 2_000;

    static Optional<PythonText> of(PythonValue value, Module module) {
        return of(value, module, 0).filter(found -> found.text().length() <= LONGEST);
    }

    private static Optional<PythonText> of(PythonValue value, Module module, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return switch (value) {
            case Text text -> Optional.of(new PythonText(text.text(), text.line()));
            case Constant constant -> Optional.of(new PythonText(constant.text(), constant.line()));
            case Joined joined -> joined(joined, module, depth);
            case Name name -> assigned(name.dotted(), module).flatMap(assigned -> of(assigned, module, depth + 1));
            case Result result -> result(result, module, depth);
            case Choice choice -> choice(choice, module, depth);
            case Items items -> Optional.empty();
            case Other other -> Optional.empty();
        };
    }

    private static Optional<PythonText> joined(Joined joined, Module module, int depth) {
        StringBuilder out = new StringBuilder();
        int line = joined.line();
        for (PythonValue part : joined.parts()) {
            Optional<PythonText> known = of(part, module, depth + 1);
            if (out.isEmpty() && known.isPresent()) {
                line = known.get().line();
            }
            out.append(
                    known.map(PythonText::text).orElse(part instanceof Name name ? "{" + name.dotted() + "}" : "{}"));
            if (out.length() > LONGEST) {
                return Optional.empty();
            }
        }
        return Optional.of(new PythonText(out.toString(), line));
    }

    /** {@code os.getenv("NAME", "default")}: the default, unless the variable is MLflow's own, which is set while grading. */
    private static Optional<PythonText> result(Result result, Module module, int depth) {
        boolean lookup = result.callee().equals("os.getenv")
                || result.callee().equals("os.environ.get")
                || result.callee().equals("os.environ.setdefault");
        if (lookup
                && result.arguments().size() > 1
                && !isMlflows(result.arguments().getFirst())) {
            return of(result.arguments().get(1), module, depth + 1);
        }
        return result.callee().equals("str") && result.arguments().size() == 1
                ? of(result.arguments().getFirst(), module, depth + 1)
                : Optional.empty();
    }

    private static boolean isMlflows(PythonValue name) {
        return name instanceof Text text && text.text().startsWith("MLFLOW_");
    }

    /** The first that is known, unless MLflow's own variable comes before it. */
    private static Optional<PythonText> choice(Choice choice, Module module, int depth) {
        for (PythonValue value : choice.values()) {
            boolean own = value instanceof Result result
                    && !result.arguments().isEmpty()
                    && isMlflows(result.arguments().getFirst());
            if (own || (value instanceof Name name && name.dotted().contains("environ[MLFLOW_"))) {
                return Optional.empty();
            }
            Optional<PythonText> known = of(value, module, depth + 1);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private static Optional<PythonValue> assigned(String name, Module module) {
        List<Assignment> all = module.assignments().stream()
                .filter(each -> each.target().equals(name))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().value());
    }
}

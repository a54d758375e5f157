package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.ConstantValue;
import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.KeywordTy;
import com.oracle.graal.python.pegparser.sst.ModTy;
import com.oracle.graal.python.pegparser.sst.SSTNode;
import com.oracle.graal.python.pegparser.sst.StmtTy;
import com.oracle.graal.python.pegparser.tokenizer.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that Python code assigns to names: of classes {@code Train.lr}, of dicts {@code TRAIN.lr}, of lists {@code LAYERS.0}. The
 * last assignment counts, but one that is always made before one under a condition, and both before one in a function. Recursive: for a
 * thread with a bounded stack.
 */
final class PythonSpans {
    private static final int ALWAYS = 0;
    private static final int CONDITIONAL = 1;
    private static final int IN_FUNCTION = 2;

    private final String text;
    private final Set<String> dotted;
    private final List<Integer> lines = new ArrayList<>(List.of(0));
    private final Map<String, Found> found = new HashMap<>();

    private record Found(ValueSpan span, int rank) {}

    private PythonSpans(String text, Set<String> dotted) {
        this.text = text;
        this.dotted = dotted;
        for (int i = 0; i < text.length(); i++) {
            boolean ends = text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1));
            if (ends) {
                lines.add(i + 1);
            }
        }
    }

    /** Finds values by their dotted names; none in a text that is no Python. */
    static Map<String, ValueSpan> of(String text, Set<String> dotted) {
        return PythonParser.read(text, module -> new PythonSpans(text, dotted).all(module), refused -> Map.of());
    }

    private Map<String, ValueSpan> all(ModTy.Module module) {
        walk(module, "", ALWAYS);
        Map<String, ValueSpan> spans = new HashMap<>();
        found.forEach((name, one) -> spans.put(name, one.span()));
        return spans;
    }

    private void walk(SSTNode node, String prefix, int rank) {
        switch (node) {
            case ExprTy expression -> {}
            case StmtTy.Assign assign -> {
                for (ExprTy target : assign.targets) {
                    target(target, assign.value, prefix, rank);
                }
            }
            case StmtTy.AnnAssign assign -> target(assign.target, assign.value, prefix, rank);
            case StmtTy.ClassDef type -> children(type, prefix + type.name + ".", rank);
            case StmtTy.FunctionDef function -> children(function, prefix, IN_FUNCTION);
            case StmtTy.AsyncFunctionDef function -> children(function, prefix, IN_FUNCTION);
            case StmtTy.With with -> children(with, prefix, rank);
            case ModTy.Module module -> children(module, prefix, rank);
            default -> children(node, prefix, Math.max(rank, CONDITIONAL));
        }
    }

    private void children(SSTNode node, String prefix, int rank) {
        PythonChildren.of(node).forEach(child -> walk(child, prefix, rank));
    }

    private void target(ExprTy target, @Nullable ExprTy value, String prefix, int rank) {
        switch (target) {
            case ExprTy.Name name -> value(prefix + name.id, value, rank);
            case ExprTy.Attribute attribute
            when attribute.value instanceof ExprTy.Name name && name.id.equals("self") ->
                value(prefix + attribute.attr, value, rank);
            case ExprTy.Tuple names
            when names.elements != null
                    && value instanceof ExprTy.Tuple values
                    && values.elements != null
                    && names.elements.length == values.elements.length -> {
                for (int i = 0; i < names.elements.length; i++) {
                    target(names.elements[i], values.elements[i], prefix, rank);
                }
            }
            default -> {}
        }
    }

    private void value(String name, @Nullable ExprTy value, int rank) {
        switch (value) {
            case null -> {}
            case ExprTy.Dict dict
            when dict.values != null && dict.keys != null -> {
                for (int i = 0; i < dict.values.length; i++) {
                    value(name + "." + key(dict.keys[i]), dict.values[i], rank);
                }
            }
            case ExprTy.Call call
            when call.keywords != null && call.keywords.length > 0 -> {
                note(name, call, rank);
                for (KeywordTy keyword : call.keywords) {
                    value(name + "." + keyword.arg, keyword.value, rank);
                }
            }
            case ExprTy.List list when list.elements != null -> items(name, list, list.elements, rank);
            case ExprTy.Tuple tuple when tuple.elements != null -> items(name, tuple, tuple.elements, rank);
            default -> note(name, value, rank);
        }
    }

    private void items(String name, ExprTy whole, ExprTy[] items, int rank) {
        note(name, whole, rank);
        for (int i = 0; i < items.length; i++) {
            value(name + "." + i, items[i], rank);
        }
    }

    private static String key(@Nullable ExprTy key) {
        if (key instanceof ExprTy.Constant constant) {
            return constant.value.kind == ConstantValue.Kind.CODEPOINTS
                    ? constant.value.getCodePoints().toJavaString()
                    : constant.value.kind == ConstantValue.Kind.LONG ? String.valueOf(constant.value.getLong()) : "";
        }
        return "";
    }

    private void note(String name, ExprTy value, int rank) {
        Found before = found.get(name);
        SourceRange range = value.getSourceRange();
        if (!dotted.contains(name)
                || (before != null && before.rank() < rank)
                || range.startLine < 1
                || range.endLine > lines.size()) {
            return;
        }
        int start = offset(range.startLine, range.startColumn);
        int end = offset(range.endLine, range.endColumn);
        if (start < end) {
            found.put(name, new Found(ValueSpan.of(text, start, end), rank));
        }
    }

    /** The parser counts columns in code points. */
    private int offset(int line, int column) {
        int start = lines.get(line - 1);
        int end = line < lines.size() ? lines.get(line) : text.length();
        return text.offsetByCodePoints(start, Math.clamp(column, 0, text.codePointCount(start, end)));
    }
}

package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.ModTy;
import com.oracle.graal.python.pegparser.sst.SSTNode;
import com.oracle.graal.python.pegparser.sst.StmtTy;
import com.oracle.graal.python.pegparser.tokenizer.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.PythonSource.Newer;

/**
 * Finds what Python 3.12 brought and Python 3.11 refuses: {@code type} statements and type parameters (PEP 695), and f-strings that hold
 * their own quotes, backslashes or line ends inside of braces (PEP 701). Recursive: for a thread with a bounded stack.
 */
final class NewerSyntax {
    private final List<String> lines;

    NewerSyntax(String text) {
        lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    /** The first of them. */
    Optional<Newer> first(ModTy.Module module) {
        return first((SSTNode) module);
    }

    private Optional<Newer> first(SSTNode node) {
        Optional<Newer> own = here(node);
        if (own.isPresent()) {
            return own;
        }
        for (SSTNode child : parts(node)) {
            Optional<Newer> found = first(child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Of a format specification, which is a string without quotes, what it is made of. */
    private static List<SSTNode> parts(SSTNode node) {
        if (node instanceof ExprTy.FormattedValue value && value.formatSpec != null) {
            List<SSTNode> parts = new ArrayList<>(List.of(value.value));
            parts.addAll(PythonChildren.of(value.formatSpec));
            return parts;
        }
        return PythonChildren.of(node);
    }

    private Optional<Newer> here(SSTNode node) {
        String what = switch (node) {
            case StmtTy.TypeAlias alias -> "a type statement";
            case StmtTy.FunctionDef function -> typed(function.typeParams);
            case StmtTy.AsyncFunctionDef function -> typed(function.typeParams);
            case StmtTy.ClassDef type -> typed(type.typeParams);
            case ExprTy.JoinedStr string
            when !EarlierStrings.accept(source(string.getSourceRange())) ->
                "an f-string with its own quotes, a backslash or a line end inside of braces";
            default -> "";
        };
        return what.isEmpty() ? Optional.empty() : Optional.of(new Newer(what, PythonFacts.line(node)));
    }

    private static String typed(SSTNode @Nullable [] parameters) {
        return parameters == null || parameters.length == 0 ? "" : "type parameters in brackets";
    }

    /** The text of a node; the parser counts columns in code points. */
    private String source(SourceRange range) {
        if (range.startLine < 1 || range.endLine > lines.size() || range.startLine > range.endLine) {
            return "";
        }
        StringBuilder source = new StringBuilder();
        for (int number = range.startLine; number <= range.endLine; number++) {
            String line = lines.get(number - 1);
            int from = number == range.startLine ? offset(line, range.startColumn) : 0;
            int to = number == range.endLine ? offset(line, range.endColumn) : line.length();
            source.append(line, Math.min(from, to), to).append(number == range.endLine ? "" : "\n");
        }
        return source.toString();
    }

    private static int offset(String line, int column) {
        int points = line.codePointCount(0, line.length());
        return line.offsetByCodePoints(0, Math.clamp(column, 0, points));
    }
}

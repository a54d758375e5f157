package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.AliasTy;
import com.oracle.graal.python.pegparser.sst.ExprContextTy;
import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.KeywordTy;
import com.oracle.graal.python.pegparser.sst.ModTy;
import com.oracle.graal.python.pegparser.sst.SSTNode;
import com.oracle.graal.python.pegparser.sst.StmtTy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.PythonRescues.Spot;
import org.labharness.pipeline.document.PythonSource.Assignment;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Definition;
import org.labharness.pipeline.document.PythonSource.Import;
import org.labharness.pipeline.document.PythonSource.Lookup;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonSource.Scope;

/** Walks a syntax tree once and keeps what can be told of a file without running it. Recursive: for a thread with a bounded stack. */
final class PythonFacts {
    private final PythonNames names = new PythonNames();
    private final List<Import> imports = new ArrayList<>();
    private final List<Seen<Call>> calls = new ArrayList<>();
    private final List<Seen<Lookup>> lookups = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Integer> blocks = new ArrayList<>();

    private final PythonRescues rescues = new PythonRescues();

    private boolean conditional;
    private Spot spot = Spot.TOP;

    /** What was found, before it is known what rescues the functions of the file. */
    private record Seen<T>(T what, Spot spot) {}

    Module of(ModTy.Module module, String text) {
        new PythonImportsWalk(names).walk(module);
        for (StmtTy statement : module.body) {
            walk(statement, Scope.MODULE, false);
        }
        rescues.settle();
        return new Module(
                imports,
                calls.stream()
                        .map(seen ->
                                rescues.of(seen.spot()).network() ? seen.what().asTried() : seen.what())
                        .toList(),
                lookups.stream()
                        .filter(seen -> !rescues.of(seen.spot()).missingKey())
                        .map(Seen::what)
                        .toList(),
                assignments,
                definitions,
                blocks,
                new NewerSyntax(text).first(module).orElse(null));
    }

    private void walk(@Nullable SSTNode node, Scope scope, boolean optional) {
        switch (node) {
            case null -> {}
            case StmtTy.Import found -> {
                for (AliasTy alias : found.names) {
                    imports.add(new Import(alias.name, "", 0, optional, scope, line(found)));
                }
            }
            case StmtTy.ImportFrom found -> importFrom(found, scope, optional);
            case StmtTy.FunctionDef found -> function(found.name, found.decoratorList, found, scope, optional);
            case StmtTy.AsyncFunctionDef found -> function(found.name, found.decoratorList, found, scope, optional);
            case StmtTy.ClassDef found -> {
                define(found.name, false, found.decoratorList, found, scope);
                children(found, scope == Scope.FUNCTION ? scope : Scope.CLASS, optional);
            }
            case ExprTy.IfExp found -> {
                boolean outside = conditional;
                walk(found.test, scope, optional);
                conditional = true;
                walk(found.body, scope, optional);
                walk(found.orElse, scope, optional);
                conditional = outside;
            }
            case StmtTy.If found -> condition(found, scope, optional);
            case ExprTy.BoolOp found -> {
                boolean outside = conditional;
                for (ExprTy value : found.values) {
                    walk(value, scope, optional);
                    conditional = true;
                }
                conditional = outside;
            }
            case StmtTy.Try found -> attempt(found, scope, optional);
            case StmtTy.With found -> {
                note(found, scope);
                at(spot.rescued(PythonRescue.of(found, names)), () -> children(found, scope, optional));
            }
            case ExprTy.Subscript found -> {
                lookup(found);
                children(found, scope, optional);
            }
            case ExprTy.Lambda found ->
                at(new Spot(PythonRescue.NONE, ""), () -> children(found, Scope.FUNCTION, optional));
            case ExprTy.Call found -> {
                children(found, scope, optional);
                call(found, scope);
            }
            case StmtTy.Assign found -> {
                children(found, scope, optional);
                Arrays.stream(found.targets).forEach(target -> assign(target, found.value, scope));
            }
            case StmtTy.AnnAssign found -> {
                children(found, scope, optional);
                assign(found.target, found.value, scope);
            }
            default -> {
                note(node, scope);
                children(node, scope, optional);
            }
        }
    }

    /** What does something by itself when the file runs. */
    private void note(SSTNode node, Scope scope) {
        boolean block = node instanceof StmtTy.For
                || node instanceof StmtTy.While
                || node instanceof StmtTy.With
                || node instanceof StmtTy.Raise
                || node instanceof StmtTy.Assert
                || node instanceof StmtTy.Delete
                || node instanceof StmtTy.Match;
        if (block && (scope == Scope.MODULE || scope == Scope.MAIN)) {
            blocks.add(line(node));
        }
    }

    private void children(SSTNode node, Scope scope, boolean optional) {
        boolean outside = conditional;
        for (SSTNode child : PythonChildren.of(node)) {
            walk(child, scope, optional);
            conditional |= child instanceof StmtTy.If found && mayLeave(found);
        }
        conditional = outside;
    }

    private void all(SSTNode @Nullable [] nodes, Scope scope, boolean optional) {
        if (nodes != null) {
            for (SSTNode node : nodes) {
                walk(node, scope, optional);
            }
        }
    }

    private void importFrom(StmtTy.ImportFrom found, Scope scope, boolean optional) {
        String module = found.module == null ? "" : found.module;
        for (AliasTy alias : found.names) {
            imports.add(new Import(module, alias.name, found.level, optional, scope, line(found)));
        }
    }

    private void function(String name, ExprTy @Nullable [] decorators, SSTNode node, Scope scope, boolean optional) {
        define(name, true, decorators, node, scope);
        at(new Spot(PythonRescue.NONE, name), () -> children(node, Scope.FUNCTION, optional));
    }

    /** Handlers run only where something failed, and nothing rescues them. */
    private void attempt(StmtTy.Try found, Scope scope, boolean optional) {
        boolean handled = optional || (found.handlers != null && found.handlers.length > 0);
        at(spot.rescued(PythonRescue.of(found.handlers, names)), () -> all(found.body, scope, handled));
        boolean outside = conditional;
        conditional = true;
        all(found.handlers, scope, handled);
        conditional = outside;
        all(found.orElse, scope, handled);
        all(found.finalBody, scope, optional);
    }

    private void at(Spot inside, Runnable walk) {
        Spot outside = spot;
        spot = inside;
        walk.run();
        spot = outside;
    }

    private void lookup(ExprTy.Subscript found) {
        String dotted = names.dotted(found);
        if (found.context == ExprContextTy.Load && !conditional && dotted.matches("os\\.environ\\[\\w{1,80}]")) {
            lookups.add(new Seen<>(
                    new Lookup(dotted.substring(dotted.indexOf('[') + 1, dotted.length() - 1), line(found)), spot));
        }
    }

    private void define(String name, boolean function, ExprTy @Nullable [] decorators, SSTNode node, Scope scope) {
        if (scope == Scope.MODULE || scope == Scope.MAIN) {
            List<String> dotted = decorators == null
                    ? List.of()
                    : Arrays.stream(decorators)
                            .map(each -> each instanceof ExprTy.Call call ? call.func : each)
                            .map(names::dotted)
                            .toList();
            definitions.add(new Definition(name, function, dotted, line(node)));
        }
    }

    private void condition(StmtTy.If found, Scope scope, boolean optional) {
        boolean main = scope == Scope.MODULE && isMainGuard(found.test);
        boolean typing = names.dotted(found.test).endsWith("TYPE_CHECKING");
        walk(found.test, scope, optional);
        boolean outside = conditional;
        conditional |= !main;
        all(found.body, main ? Scope.MAIN : scope, optional || typing);
        all(found.orElse, scope, optional);
        conditional = outside;
    }

    /** {@code if not token: return}: what comes after it in a function happens under a condition too. */
    private static boolean mayLeave(StmtTy.If found) {
        return found.body != null
                && found.body.length > 0
                && found.body[found.body.length - 1] instanceof StmtTy.Return;
    }

    private boolean isMainGuard(ExprTy test) {
        return test instanceof ExprTy.Compare compare
                && (names.dotted(compare.left).equals("__name__")
                        || Arrays.stream(compare.comparators)
                                .anyMatch(each -> names.dotted(each).equals("__name__")));
    }

    private void call(ExprTy.Call found, Scope scope) {
        Map<String, PythonValue> keywords = new LinkedHashMap<>();
        if (found.keywords != null) {
            for (KeywordTy keyword : found.keywords) {
                if (keyword.arg != null) {
                    keywords.put(keyword.arg, names.value(keyword.value));
                }
            }
        }
        String callee = names.dotted(found.func);
        rescues.called(callee, spot);
        calls.add(new Seen<>(
                new Call(callee, names.values(found.args), keywords, scope, conditional, false, line(found)), spot));
    }

    private void assign(@Nullable ExprTy target, @Nullable ExprTy value, Scope scope) {
        if (target == null || value == null) {
            return;
        }
        String dotted = names.dotted(target);
        if (!dotted.contains("?")) {
            assignments.add(new Assignment(dotted, names.value(value), scope, conditional, line(target)));
        }
    }

    static int line(SSTNode node) {
        return Math.max(1, node.getSourceRange().startLine);
    }
}

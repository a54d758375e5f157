package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.ExceptHandlerTy.ExceptHandler;
import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.SSTNode;
import com.oracle.graal.python.pegparser.sst.StmtTy;
import com.oracle.graal.python.pegparser.sst.WithItemTy;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * After which failures the code goes on, because it stands in {@code try} with a handler that does not end the program, or in
 * {@code with suppress(...)}.
 *
 * @param network whether after a host that cannot be reached, whatever the library calls that
 * @param missingKey whether after a {@code KeyError}
 */
record PythonRescue(boolean network, boolean missingKey) {
    static final PythonRescue NONE = new PythonRescue(false, false);

    private static final Set<String> LEAVES = Set.of("sys.exit", "exit", "quit", "os._exit");
    private static final Set<String> OF_KEYS = Set.of("KeyError", "LookupError", "Exception", "BaseException", "?");

    /** What no library raises for want of a network. */
    private static final Set<String> NOT_OF_NETWORK = Set.of(
            "ArithmeticError",
            "AssertionError",
            "AttributeError",
            "EOFError",
            "EmptyDataError",
            "FileExistsError",
            "FileNotFoundError",
            "ImportError",
            "IndexError",
            "IsADirectoryError",
            "JSONDecodeError",
            "KeyError",
            "KeyboardInterrupt",
            "LookupError",
            "MemoryError",
            "ModuleNotFoundError",
            "NameError",
            "NotADirectoryError",
            "ParserError",
            "PermissionError",
            "StopIteration",
            "SystemExit",
            "TypeError",
            "UnicodeDecodeError",
            "UnicodeError",
            "ValueError",
            "ZeroDivisionError");

    /** What the handlers of a {@code try} catch and do not pass on. */
    static PythonRescue of(SSTNode @Nullable [] handlers, PythonNames names) {
        return handlers == null
                ? NONE
                : Arrays.stream(handlers)
                        .filter(ExceptHandler.class::isInstance)
                        .map(ExceptHandler.class::cast)
                        .filter(handler -> !ends(handler.body, names))
                        .map(handler -> handler.type == null ? new PythonRescue(true, true) : of(handler.type, names))
                        .reduce(NONE, PythonRescue::or);
    }

    /** What a {@code with} swallows. */
    static PythonRescue of(StmtTy.With with, PythonNames names) {
        return Arrays.stream(with.items)
                .map((WithItemTy item) -> item.contextExpr)
                .filter(expression -> expression instanceof ExprTy.Call call
                        && names.dotted(call.func).equals("contextlib.suppress"))
                .flatMap(expression -> Arrays.stream(((ExprTy.Call) expression).args))
                .map(type -> of(type, names))
                .reduce(NONE, PythonRescue::or);
    }

    private static PythonRescue of(ExprTy type, PythonNames names) {
        Stream<ExprTy> types = type instanceof ExprTy.Tuple tuple ? Arrays.stream(tuple.elements) : Stream.of(type);
        return types.map(names::dotted)
                .map(dotted -> dotted.substring(dotted.lastIndexOf('.') + 1))
                .map(name -> new PythonRescue(!NOT_OF_NETWORK.contains(name), OF_KEYS.contains(name)))
                .reduce(NONE, PythonRescue::or);
    }

    private static boolean ends(StmtTy @Nullable [] body, PythonNames names) {
        StmtTy last = body == null || body.length == 0 ? null : body[body.length - 1];
        return last instanceof StmtTy.Raise
                || (last instanceof StmtTy.Expr statement
                        && statement.value instanceof ExprTy.Call call
                        && LEAVES.contains(names.dotted(call.func)));
    }

    PythonRescue or(PythonRescue other) {
        return new PythonRescue(network || other.network, missingKey || other.missingKey);
    }

    PythonRescue and(PythonRescue other) {
        return new PythonRescue(network && other.network, missingKey && other.missingKey);
    }
}

package org.labharness.pipeline.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Python file says, as far as that can be told without running it. */
public sealed interface PythonSource {
    /** Longer source is not read: the parser's memory grows with it. */
    int LONGEST = 200_000;

    /** Reads source text; never throws, whatever is in it. */
    static PythonSource of(String text) {
        return PythonParser.parse(text);
    }

    /**
     * A file that could be parsed.
     *
     * @param imports in file order, those inside functions too
     * @param calls in file order, arguments of calls before the calls that take them
     * @param lookups in file order, those left out that stand under a condition or after whose failure the code goes on
     * @param assignments in file order
     * @param definitions functions and classes at the top of the file
     * @param blocks lines of loops, {@code with}, {@code raise}, {@code assert} and {@code del} that run when the file runs
     * @param newer the first thing that Python 3.11 would refuse, or null
     */
    record Module(
            List<Import> imports,
            List<Call> calls,
            List<Lookup> lookups,
            List<Assignment> assignments,
            List<Definition> definitions,
            List<Integer> blocks,
            @Nullable Newer newer)
            implements PythonSource {
        public Module {
            imports = List.copyOf(imports);
            calls = List.copyOf(calls);
            lookups = List.copyOf(lookups);
            assignments = List.copyOf(assignments);
            definitions = List.copyOf(definitions);
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * A file that could not be parsed.
     *
     * @param problem in Python's own words where it is an error of syntax
     * @param line from 1; 0 where none can be named
     * @param syntax whether Python itself would refuse it; otherwise it is too large or too deeply nested for us
     */
    record Unreadable(String problem, int line, boolean syntax) implements PythonSource {}

    /** @param what in words, to follow "uses" */
    record Newer(String what, int line) {}

    /** When code runs. */
    enum Scope {
        /** Whenever the file is run or imported. */
        MODULE,
        /** Under {@code if __name__ == "__main__"}. */
        MAIN,
        /** In the body of a class: when the file is run or imported, but it describes the class. */
        CLASS,
        /** Only when a function is called. */
        FUNCTION
    }

    /**
     * One imported name.
     *
     * @param module {@code a.b} of {@code import a.b} and of {@code from a.b import c}; empty for {@code from . import c}
     * @param name {@code c} of {@code from a.b import c}; empty otherwise
     * @param level number of leading dots
     * @param optional whether the file goes on without it: inside {@code try} with a handler, or for type checkers only
     */
    record Import(String module, String name, int level, boolean optional, Scope scope, int line) {}

    /**
     * A call.
     *
     * @param callee dotted, imported names written out: {@code mlflow.set_tracking_uri}; {@code ?} stands for what is no name
     * @param conditional whether it stands under a condition, {@code __name__} left out, after one that may leave the function, or in a
     *     handler
     * @param tried whether the code goes on where it fails for want of a network: it stands in {@code try} with a handler that catches that,
     *     or every call of its function in the file does
     */
    record Call(
            String callee,
            List<PythonValue> arguments,
            Map<String, PythonValue> keywords,
            Scope scope,
            boolean conditional,
            boolean tried,
            int line) {
        public Call {
            arguments = List.copyOf(arguments);
            keywords = Map.copyOf(keywords);
        }

        Call asTried() {
            return new Call(callee, arguments, keywords, scope, conditional, true, line);
        }
    }

    /**
     * A look for an environment variable that fails where it is not set: {@code os.environ["NAME"]}.
     *
     * @param name of the variable
     */
    record Lookup(String name, int line) {}

    /**
     * An assignment.
     *
     * @param target dotted: {@code URI}, {@code self.uri}, {@code os.environ[MLFLOW_TRACKING_URI]}
     * @param conditional as of a call
     */
    record Assignment(String target, PythonValue value, Scope scope, boolean conditional, int line) {}

    /** @param decorators dotted names, imported names written out */
    record Definition(String name, boolean function, List<String> decorators, int line) {
        public Definition {
            decorators = List.copyOf(decorators);
        }
    }
}

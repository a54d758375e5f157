package org.labharness.pipeline.document;

import java.util.List;

/** A value in Python code, as far as reading tells it. */
public sealed interface PythonValue {
    /** Where it stands. */
    int line();

    /** A string, escapes resolved. */
    record Text(String text, int line) implements PythonValue {}

    /** A string put together when the code runs; the parts in their order. */
    record Joined(List<PythonValue> parts, int line) implements PythonValue {
        public Joined {
            parts = List.copyOf(parts);
        }
    }

    /** A number, boolean or None, as Python prints it. */
    record Constant(String text, int line) implements PythonValue {}

    /** A name, dotted, imported names written out; subscripts in brackets: {@code cfg[mlflow][uri]}. */
    record Name(String dotted, int line) implements PythonValue {}

    /** What a call gives. */
    record Result(String callee, List<PythonValue> arguments, int line) implements PythonValue {
        public Result {
            arguments = List.copyOf(arguments);
        }
    }

    /** One of several values: {@code a or b}, {@code a if c else b}. */
    record Choice(List<PythonValue> values, int line) implements PythonValue {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /** The items of a list, tuple or set, or the values of a dict. */
    record Items(List<PythonValue> items, int line) implements PythonValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Anything else. */
    record Other(int line) implements PythonValue {}
}

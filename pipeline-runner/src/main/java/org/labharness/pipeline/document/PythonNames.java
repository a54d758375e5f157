package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.ConstantValue;
import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.OperatorTy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.document.PythonValue.Choice;
import org.labharness.pipeline.document.PythonValue.Constant;
import org.labharness.pipeline.document.PythonValue.Items;
import org.labharness.pipeline.document.PythonValue.Joined;
import org.labharness.pipeline.document.PythonValue.Name;
import org.labharness.pipeline.document.PythonValue.Other;
import org.labharness.pipeline.document.PythonValue.Result;
import org.labharness.pipeline.document.PythonValue.Text;

/** Turns expressions into names and values, under a bound of depth and length. */
final class PythonNames {
    private static final int DEEPEST = 8;
    private static final int MOST_ITEMS = 50;
    private static final String UNKNOWN = "?";

    private final Map<String, String> imported = new HashMap<>();

    /** Notes what an imported name stands for; the first import counts. */
    void stands(String name, String whole) {
        imported.putIfAbsent(name, whole);
    }

    String dotted(@Nullable ExprTy expression) {
        return dotted(expression, 0);
    }

    private String dotted(@Nullable ExprTy expression, int depth) {
        if (depth > DEEPEST) {
            return UNKNOWN;
        }
        return switch (expression) {
            case ExprTy.Name name -> imported.getOrDefault(name.id, name.id);
            case ExprTy.Attribute attribute -> dotted(attribute.value, depth + 1) + "." + attribute.attr;
            case ExprTy.Call call -> dotted(call.func, depth + 1) + "()";
            case ExprTy.Subscript subscript -> dotted(subscript.value, depth + 1) + "[" + key(subscript.slice) + "]";
            case null, default -> UNKNOWN;
        };
    }

    private static String key(ExprTy slice) {
        if (slice instanceof ExprTy.Constant constant) {
            String text = constant(constant.value, 0) instanceof Text string ? string.text() : UNKNOWN;
            return text.length() > 80 ? UNKNOWN : text;
        }
        return UNKNOWN;
    }

    PythonValue value(ExprTy expression) {
        return value(expression, 0);
    }

    private PythonValue value(@Nullable ExprTy expression, int depth) {
        if (expression == null || depth > DEEPEST) {
            return new Other(expression == null ? 1 : PythonFacts.line(expression));
        }
        int line = PythonFacts.line(expression);
        return switch (expression) {
            case ExprTy.Constant constant -> constant(constant.value, line);
            case ExprTy.JoinedStr joined -> new Joined(values(joined.values, depth), line);
            case ExprTy.FormattedValue formatted -> value(formatted.value, depth + 1);
            case ExprTy.BinOp sum
            when sum.op == OperatorTy.Add ->
                new Joined(List.of(value(sum.left, depth + 1), value(sum.right, depth + 1)), line);
            case ExprTy.BoolOp choice -> new Choice(values(choice.values, depth), line);
            case ExprTy.IfExp choice ->
                new Choice(List.of(value(choice.body, depth + 1), value(choice.orElse, depth + 1)), line);
            case ExprTy.Call call -> new Result(dotted(call.func), values(call.args, depth), line);
            case ExprTy.List list -> new Items(values(list.elements, depth), line);
            case ExprTy.Tuple tuple -> new Items(values(tuple.elements, depth), line);
            case ExprTy.Set set -> new Items(values(set.elements, depth), line);
            case ExprTy.Dict dict -> new Items(values(dict.values, depth), line);
            case ExprTy.Name name -> new Name(dotted(name), line);
            case ExprTy.Attribute attribute -> new Name(dotted(attribute), line);
            case ExprTy.Subscript subscript -> new Name(dotted(subscript), line);
            default -> new Other(line);
        };
    }

    List<PythonValue> values(ExprTy @Nullable [] expressions) {
        return values(expressions, 0);
    }

    private List<PythonValue> values(ExprTy @Nullable [] expressions, int depth) {
        List<PythonValue> values = new ArrayList<>();
        if (expressions != null) {
            Arrays.stream(expressions)
                    .filter(Objects::nonNull)
                    .limit(MOST_ITEMS)
                    .forEach(each -> values.add(value(each, depth + 1)));
        }
        return values;
    }

    private static PythonValue constant(ConstantValue value, int line) {
        return switch (value.kind) {
            case CODEPOINTS -> new Text(value.getCodePoints().toJavaString(), line);
            case LONG -> new Constant(String.valueOf(value.getLong()), line);
            case DOUBLE -> new Constant(String.valueOf(value.getDouble()), line);
            case BOOLEAN -> new Constant(value.getBoolean() ? "True" : "False", line);
            case NONE -> new Constant("None", line);
            default -> new Other(line);
        };
    }
}

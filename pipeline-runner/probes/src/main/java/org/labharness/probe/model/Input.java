package org.labharness.probe.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;

/**
 * An input of an ONNX model.
 *
 * @param shape as the model declares it; -1 where it leaves a dimension open
 */
@SuppressWarnings("ArrayRecordComponent") // as ONNX Runtime gives and takes shapes
record Input(String name, OnnxJavaType type, long[] shape) {
    static Input of(NodeInfo node) throws Unusable {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw new Unusable(
                    Unusable.Reason.INPUTS, "its input '" + node.getName() + "' is no tensor but " + node.getInfo());
        }
        return new Input(node.getName(), tensor.type, tensor.getShape());
    }

    /** How many rows it takes at a time; 0 for as many as there are. */
    int batch() {
        return shape.length > 1 && shape[0] > 0 ? (int) Math.min(shape[0], Integer.MAX_VALUE) : perRow() ? 1 : 0;
    }

    /** A vector of a fixed length is one row, without a dimension for rows. */
    private boolean perRow() {
        return shape.length == 0 || (shape.length == 1 && shape[0] > 1);
    }

    /** How many values a row has; 0 where the model leaves it open. */
    long width() {
        if (shape.length == 0) {
            return 1;
        }
        long width = 1;
        for (int axis = perRow() ? 0 : 1; axis < shape.length; axis++) {
            if (shape[axis] < 0) {
                return 0;
            }
            width = Math.multiplyExact(width, shape[axis]);
        }
        return width;
    }

    /** The shape with {@code rows} rows of {@code columns} values; null where the declared one cannot become that. */
    long @org.jspecify.annotations.Nullable [] shaped(int rows, int columns) {
        if (perRow()) {
            return shape.clone();
        }
        long[] filled = shape.clone();
        filled[0] = rows;
        long known = 1;
        int open = -1;
        for (int axis = 1; axis < filled.length; axis++) {
            if (filled[axis] >= 0) {
                known = Math.multiplyExact(known, filled[axis]);
            } else if (open < 0) {
                open = axis;
            } else {
                filled[axis] = 1;
            }
        }
        if (open > 0) {
            filled[open] = known == 0 ? 0 : columns / known;
        }
        long values = 1;
        for (int axis = 1; axis < filled.length; axis++) {
            values *= filled[axis];
        }
        return values == columns ? filled : null;
    }

    /** As people read it: {@code float [any, 13]}. */
    String described() {
        return type.name().toLowerCase(java.util.Locale.ROOT) + " "
                + Arrays.toString(Arrays.stream(shape)
                        .mapToObj(size -> size < 0 ? "any" : Long.toString(size))
                        .toArray());
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Input that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}

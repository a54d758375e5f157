package org.labharness.probe.model;

import java.util.Arrays;

/** Takes tensors apart into columns. */
final class Tensors {
    private Tensors() {}

    /** How many values a row has. */
    static int width(String name, long[] shape, long size, int rows) throws Unusable {
        if (size == 0 || size % rows != 0 || (rows > 1 && (shape.length == 0 || shape[0] != rows))) {
            throw new Unusable(
                    Unusable.Reason.OUTPUTS,
                    "its output '" + name + "' has the shape " + Arrays.toString(shape) + " for " + rows + " rows");
        }
        return (int) Math.min(size / rows, Integer.MAX_VALUE);
    }

    static void numbers(String name, double[] values, int from, int kept, int width, Outputs outputs) throws Unusable {
        for (int column = 0; column < width; column++) {
            double[] target = outputs.numbers(name, Integer.toString(column));
            for (int row = 0; row < kept; row++) {
                target[from + row] = values[row * width + column];
            }
        }
    }

    static void texts(String name, String[] values, int from, int kept, int width, Outputs outputs) throws Unusable {
        for (int column = 0; column < width; column++) {
            String[] target = outputs.texts(name, Integer.toString(column));
            for (int row = 0; row < kept; row++) {
                target[from + row] = Causes.shortened(values[row * width + column]);
            }
        }
    }
}

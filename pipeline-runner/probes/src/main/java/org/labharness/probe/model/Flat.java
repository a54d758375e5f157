package org.labharness.probe.model;

import java.lang.reflect.Array;

/** Flattens arrays of arrays, row by row. */
final class Flat {
    private Flat() {}

    static double[] numbers(Object nested, int size) {
        double[] flat = new double[size];
        numbers(nested, flat, 0);
        return flat;
    }

    /** As deep as the tensor has dimensions, of which ONNX Runtime allows few. */
    private static int numbers(Object value, double[] flat, int at) {
        if (value.getClass().isArray()) {
            int next = at;
            for (int index = 0; index < Array.getLength(value); index++) {
                next = numbers(Array.get(value, index), flat, next);
            }
            return next;
        }
        flat[at] = value instanceof Boolean yes ? (yes ? 1 : 0) : ((Number) value).doubleValue();
        return at + 1;
    }

    static String[] texts(Object nested, int size) {
        String[] flat = new String[size];
        texts(nested, flat, 0);
        return flat;
    }

    private static int texts(Object value, String[] flat, int at) {
        if (value instanceof Object[] array) {
            int next = at;
            for (Object element : array) {
                next = texts(element, flat, next);
            }
            return next;
        }
        flat[at] = String.valueOf(value);
        return at + 1;
    }
}

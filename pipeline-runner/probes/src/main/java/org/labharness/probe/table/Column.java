package org.labharness.probe.table;

/** A column of a {@link Table}. */
public sealed interface Column {
    /** The output of a model that it belongs to; empty for features. */
    String group();

    /** Of a feature, a class, or a position in an output, counted from 0. */
    String name();

    int rows();

    /** Of numbers, which may be NaN or infinite. */
    @SuppressWarnings("ArrayRecordComponent") // many numbers, compared by nobody
    record Numbers(String group, String name, double[] values) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }

    /** Of texts. */
    @SuppressWarnings("ArrayRecordComponent") // many texts, compared by nobody
    record Texts(String group, String name, String[] values) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }
}

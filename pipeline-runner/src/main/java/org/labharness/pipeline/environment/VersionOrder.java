package org.labharness.pipeline.environment;

/** The order of versions that are numbers and dots. */
final class VersionOrder {
    private VersionOrder() {}

    /** {@code 3.9 < 3.11}, {@code 3.11 = 3.11.0}. */
    static int compare(String a, String b) {
        String[] left = a.split("\\.", -1);
        String[] right = b.split("\\.", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = Long.compare(number(left, i), number(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static long number(String[] parts, int index) {
        String digits = index < parts.length ? parts[index].replaceFirst("[^0-9].*$", "") : "";
        return digits.isEmpty() || digits.length() > 15 ? 0 : Long.parseLong(digits);
    }
}

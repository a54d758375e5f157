package org.labharness.pipeline.checkout;

/** How many letters two names differ by. */
final class Distance {
    private static final int LONGEST = 100;

    private Distance() {}

    /** Levenshtein's distance of the first hundred letters, without regard to case. */
    static int between(String one, String other) {
        String a = cut(one);
        String b = cut(other);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String cut(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        return lower.length() <= LONGEST ? lower : lower.substring(0, LONGEST);
    }
}

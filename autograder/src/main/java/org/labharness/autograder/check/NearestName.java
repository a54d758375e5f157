package org.labharness.autograder.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class NearestName {
    private static final int LONGEST = 60;

    private NearestName() {}

    /** The name that differs least, if it differs by no more than a third of its letters. */
    static Optional<String> of(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> name.length() <= LONGEST && wanted.length() <= LONGEST)
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wanted, name) <= Math.max(1, Math.max(wanted.length(), name.length()) / 3));
    }

    /** {@code (did you mean x?)} with a blank before it, or nothing. */
    static String hint(String wanted, Collection<String> names) {
        return of(wanted, names)
                .map(name -> " (there is " + PlainText.quoted(name) + ")")
                .orElse("");
    }

    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.length()];
    }
}

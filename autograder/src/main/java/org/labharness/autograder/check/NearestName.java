package org.labharness.autograder.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.labharness.lab.load.NearestWord;

/** Finds what somebody may have meant among names that a student chose: as many and as long as they like. */
final class NearestName {
    private static final int LONGEST = 100;
    private static final int COMPARED = 5_000;

    private NearestName() {}

    /** {@code (there is 'x')} with a blank before it, or nothing. */
    static String hint(String wanted, Collection<String> names) {
        Optional<String> sameLetters =
                names.stream().filter(wanted::equalsIgnoreCase).findFirst();
        return sameLetters
                .or(() -> NearestWord.to(wanted, near(wanted, names)))
                .map(name -> " (there is " + PlainText.quoted(name) + ")")
                .orElse("");
    }

    private static List<String> near(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> name.length() <= LONGEST)
                .filter(name -> Math.abs(name.length() - wanted.length()) <= Math.max(1, wanted.length() / 3))
                .limit(COMPARED)
                .toList();
    }
}

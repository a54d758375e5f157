package org.labharness.lab.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;

/** Collects what is wrong with one file. */
final class Problems {
    /** Beyond so many a reader learns nothing new. */
    static final int MOST = 100;

    private final String file;
    private final String kind;
    private final List<Finding> found = new ArrayList<>();

    /** @param kind what the file describes, {@code lab} or {@code course} */
    Problems(String file, String kind) {
        this.file = file;
        this.kind = kind;
    }

    Problems(String file) {
        this(file, "lab");
    }

    String file() {
        return file;
    }

    /** What the file describes. */
    String kind() {
        return kind;
    }

    /** @param expected what would be right; shown after what was seen */
    void add(String code, int line, String seen, String expected) {
        if (found.size() <= MOST) {
            found.add(new Finding(kind + "." + code, Severity.BLOCKS, new Place(file, line), seen, expected));
        }
    }

    /** An unknown word, with the nearest valid one. */
    void unknown(String code, int line, String seen, String typed, Collection<String> valid) {
        String known = "Expected one of: " + String.join(", ", valid) + ".";
        add(
                code,
                line,
                seen,
                NearestWord.to(typed, valid)
                        .map(word -> "Did you mean '" + word + "'? " + known)
                        .orElse(known));
    }

    boolean none() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    List<Finding> sorted() {
        return found.stream().sorted(Comparator.comparingInt(Problems::line)).toList();
    }

    private static int line(Finding finding) {
        Place where = finding.where();
        return where == null ? 0 : where.line();
    }
}

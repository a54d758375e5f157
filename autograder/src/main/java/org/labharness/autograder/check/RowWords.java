package org.labharness.autograder.check;

import java.util.stream.Collectors;
import org.labharness.lab.TestRows;

/** How sentences call the rows on which a model is measured. */
final class RowWords {
    private static final int SHOWN = 8;

    private RowWords() {}

    /** {@code 500 hidden rows}, {@code the 59 rows of data/test.csv}. */
    static String counted(TestRows rows, int count) {
        return switch (rows) {
            case TestRows.Hidden hidden -> PlainText.count(count, "hidden row");
            case TestRows.Canaries canaries -> PlainText.count(count, "row") + " of the grader's";
            case TestRows.Own own -> "the " + PlainText.count(count, "row") + " of " + PlainText.name(own.file());
        };
    }

    /** The same where a measured value is told. */
    static String measured(TestRows rows, int count) {
        return switch (rows) {
            case TestRows.Hidden hidden -> PlainText.count(count, "row") + " that the submission never saw";
            case TestRows.Canaries canaries -> counted(canaries, count);
            case TestRows.Own own -> counted(own, count);
        };
    }

    static String all(TestRows rows) {
        return switch (rows) {
            case TestRows.Hidden hidden -> "the hidden data";
            case TestRows.Canaries canaries -> "the grader's rows";
            case TestRows.Own own -> "the rows of " + PlainText.name(own.file());
        };
    }

    static String table(TestRows rows) {
        return switch (rows) {
            case TestRows.Hidden hidden -> "the hidden data has";
            case TestRows.Canaries canaries -> "the grader's rows have";
            case TestRows.Own own -> PlainText.name(own.file()) + " has";
        };
    }

    /** What a model is given of each row. */
    static String features(TestRows.Own own) {
        if (own.features().isEmpty()) {
            return "all columns but " + PlainText.quoted(own.label());
        }
        int more = own.features().size() - SHOWN;
        return "the columns "
                + own.features().stream().limit(SHOWN).map(PlainText::name).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}

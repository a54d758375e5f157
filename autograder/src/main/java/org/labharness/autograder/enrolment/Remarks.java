package org.labharness.autograder.enrolment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.table.InvalidTable;

/** What is wrong with a table, and what is only worth knowing of it. */
final class Remarks {
    private static final int LONGEST_VALUE = 120;

    private final List<Remark> problems = new ArrayList<>();
    private final List<Remark> notes = new ArrayList<>();
    private final Set<Long> troubled = new HashSet<>();

    /** @param line from 1; 0 where it is about the whole file */
    private record Remark(long line, String sentence) {
        String words() {
            return line == 0 ? sentence : "line " + line + ": " + sentence;
        }
    }

    void problem(long line, String sentence) {
        problems.add(new Remark(line, sentence));
        troubled.add(line);
    }

    /** Whether something is wrong with a line. */
    boolean troubled(long line) {
        return troubled.contains(line);
    }

    void note(long line, String sentence) {
        notes.add(new Remark(line, sentence));
    }

    List<String> notes() {
        return sorted(notes);
    }

    /** @throws InvalidTable with all problems, where there is one */
    void refuse(String file) {
        if (!problems.isEmpty()) {
            throw new InvalidTable(file, sorted(problems));
        }
    }

    private static List<String> sorted(List<Remark> remarks) {
        return remarks.stream()
                .sorted(Comparator.comparingLong(Remark::line))
                .map(Remark::words)
                .distinct()
                .toList();
    }

    /** A cell as it stands in a sentence. */
    static String quoted(String cell) {
        return "'" + PlainText.line(cell, LONGEST_VALUE) + "'";
    }
}

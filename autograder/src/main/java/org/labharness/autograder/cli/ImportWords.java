package org.labharness.autograder.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.enrolment.RosterImport;
import org.labharness.autograder.roster.Student;

/** What a table is, and what is worth knowing of it, before its changes are shown. */
final class ImportWords {
    private static final int LONGEST_NAME = 500;
    private static final int SHOWN = 8;

    private ImportWords() {}

    /**
     * The words, with an empty line after them.
     *
     * @param shared what is to be said of repositories that several have, one sentence each
     * @param leave whether those who are not in the table leave the roster
     * @param kept whether somebody said that they stay
     */
    static String of(String file, RosterImport read, List<String> shared, boolean leave, boolean kept) {
        StringBuilder text = new StringBuilder(PlainText.line(file, LONGEST_NAME));
        text.append(" is ").append(read.kind().words()).append(" and names ").append(read.students());
        text.append(read.students() == 1 ? " student.\n" : " students.\n");
        Stream.concat(read.notes().stream(), shared.stream())
                .forEach(note -> text.append("  note: ").append(note).append('\n'));
        List<Student> stay = leave ? List.of() : read.absent();
        if (!stay.isEmpty()) {
            String some = stay.stream()
                    .limit(SHOWN)
                    .map(student -> student.id().value())
                    .collect(Collectors.joining(", "));
            boolean one = stay.size() == 1;
            text.append("  note: ")
                    .append(stay.size())
                    .append(" of the roster ")
                    .append(one ? "is" : "are");
            text.append(" not in it and stay")
                    .append(one ? "s" : "")
                    .append(": ")
                    .append(some);
            text.append(stay.size() > SHOWN ? " and " + (stay.size() - SHOWN) + " more." : ".");
            text.append(kept ? "\n" : " With --replace they leave.\n");
        }
        return text.append('\n').toString();
    }
}

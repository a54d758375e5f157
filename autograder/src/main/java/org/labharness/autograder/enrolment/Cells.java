package org.labharness.autograder.enrolment;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.NearestWord;

/** Makes values out of cells; a cell that holds none is a problem, named with its line. */
final class Cells {
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_MAIL = 320;
    private static final int LONGEST_SECTION = 80;
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>,;:\"()]+@[^\\s@<>,;:\"()]+");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern SHORTENED = Pattern.compile("[0-9][.,]?[0-9]*[Ee]\\+[0-9]+");
    private static final Set<String> YES = Set.of("yes", "y", "x", "1", "true");
    private static final Set<String> NO = Set.of("no", "n", "0", "false", "-");

    private final Course course;
    private final Remarks remarks;

    Cells(Course course, Remarks remarks) {
        this.course = course;
        this.remarks = remarks;
    }

    private static String normal(String cell) {
        return Normalizer.normalize(cell, Normalizer.Form.NFC);
    }

    private <T> Optional<T> parsed(long line, String cell, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(normal(cell)));
        } catch (IllegalArgumentException wrong) {
            remarks.problem(line, PlainText.line(String.valueOf(wrong.getMessage()), 400) + ".");
            return Optional.empty();
        }
    }

    Optional<StudentId> id(long line, String cell) {
        if (SHORTENED.matcher(cell).matches()) {
            remarks.problem(
                    line,
                    Remarks.quoted(cell)
                            + " is no id but a number that a spreadsheet has shortened. Format the column as"
                            + " text, enter the ids again, and save.");
            return Optional.empty();
        }
        if (!PlainText.line(cell, cell.length() + 1).equals(cell)) {
            remarks.problem(
                    line,
                    Remarks.quoted(cell) + " is no id of a student: it holds a character that cannot be seen. Type it"
                            + " anew.");
            return Optional.empty();
        }
        return parsed(line, cell, StudentId::parse);
    }

    Optional<TeamId> team(long line, String cell) {
        return parsed(line, cell, TeamId::parse);
    }

    Optional<String> name(long line, String cell) {
        String name = PlainText.line(normal(cell), LONGEST_NAME + 1);
        return fits(line, "the name", name, LONGEST_NAME);
    }

    Optional<String> section(long line, String cell) {
        return fits(line, "the section", PlainText.line(normal(cell), LONGEST_SECTION + 1), LONGEST_SECTION);
    }

    /** The same of an export, whose author cannot help what it is called; what is too long is cut. */
    static String cutSection(String cell) {
        return PlainText.line(normal(cell), LONGEST_SECTION);
    }

    private Optional<String> fits(long line, String what, String text, int longest) {
        if (text.codePointCount(0, text.length()) > longest || text.length() > longest) {
            remarks.problem(line, what + " has more than " + longest + " characters: " + Remarks.quoted(text) + ".");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    Optional<String> mail(long line, String cell) {
        if (!isMail(cell)) {
            remarks.problem(line, Remarks.quoted(cell) + " is no mail address: expected one such as ada@example.org.");
            return Optional.empty();
        }
        return Optional.of(cell);
    }

    static boolean isMail(String cell) {
        return cell.length() <= LONGEST_MAIL
                && MAIL.matcher(cell).matches()
                && PlainText.line(cell, LONGEST_MAIL).equals(cell);
    }

    /** @param github the student's name on GitHub, for <code>{github}</code>; null: unknown */
    Optional<String> repository(long line, String cell, @Nullable String github) {
        String text = cell;
        if (cell.contains("{github}")) {
            if (github == null || !LOGIN.matcher(github).matches()) {
                remarks.problem(
                        line,
                        github == null
                                ? "{github} of the repository stands for the student's name on GitHub, and none is given"
                                        + " here. Fill it in."
                                : Remarks.quoted(github)
                                        + " is no name of GitHub's: expected letters, digits and hyphens.");
                return Optional.empty();
            }
            text = cell.replace("{github}", github);
        }
        String address = text;
        Optional<String> complaint = RepositoryText.complaint(address);
        complaint.ifPresent(reason -> remarks.problem(
                line, Remarks.quoted(RepositoryText.shown(address)) + " is no address of a repository: " + reason));
        return complaint.isPresent() ? Optional.empty() : Optional.of(RepositoryText.from(course.folder(), address));
    }

    Optional<Extension> extension(long line, String cell, CourseLab lab) {
        try {
            return Optional.of(ExtensionText.parse(cell, lab, course));
        } catch (IllegalArgumentException wrong) {
            remarks.problem(line, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    Optional<Boolean> yes(long line, String column, String cell) {
        String word = cell.toLowerCase(Locale.ROOT);
        if (YES.contains(word) || NO.contains(word)) {
            return Optional.of(YES.contains(word));
        }
        remarks.problem(line, "'" + column + "' takes yes, x, 1 or no, not " + Remarks.quoted(cell) + ".");
        return Optional.empty();
    }

    /** Labs in one cell, separated by semicolons, commas or blanks. */
    Set<LabId> labs(long line, String cell) {
        Set<LabId> labs = new LinkedHashSet<>();
        for (String id : cell.split("[;,\\s]+", -1)) {
            if (!id.isEmpty()) {
                lab(line, id).map(CourseLab::id).ifPresent(labs::add);
            }
        }
        return labs;
    }

    Optional<CourseLab> lab(long line, String id) {
        Optional<CourseLab> lab = course.labs().stream()
                .filter(one -> one.id().value().equals(id))
                .findFirst();
        if (lab.isEmpty()) {
            java.util.List<String> ids =
                    course.labs().stream().map(one -> one.id().value()).toList();
            remarks.problem(
                    line,
                    "the course has no lab " + Remarks.quoted(id) + "."
                            + NearestWord.to(id, ids)
                                    .map(word -> " Did you mean '" + word + "'?")
                                    .orElse(" It has " + String.join(", ", ids) + "."));
        }
        return lab;
    }
}

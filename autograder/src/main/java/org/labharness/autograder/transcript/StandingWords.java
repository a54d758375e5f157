package org.labharness.autograder.transcript;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.Standing;
import org.labharness.autograder.gradebook.Standing.Outcome;
import org.labharness.autograder.gradebook.Standings;

/** What a total means in words: letter, passed or not, rank; or that it is not final. */
final class StandingWords {
    private final Gradebook book;
    private final Standings standings;

    StandingWords(Gradebook book) {
        this.book = book;
        this.standings = new Standings(book);
    }

    /** A few words for a column. */
    String brief(CourseGrade grade) {
        Standing standing = standings.of(grade);
        List<String> words = parts(standing, "", "");
        return words.isEmpty() ? standing.outcome().words() : String.join(", ", words);
    }

    /** A sentence. */
    String sentence(CourseGrade grade) {
        Standing standing = standings.of(grade);
        if (standing.outcome() == Outcome.AUDITS) {
            return "Audits the course: gets points and feedback, but no grade and no rank.";
        }
        if (standing.outcome() == Outcome.WAITS) {
            return "Not final: staff still have to look at something.";
        }
        if (standing.outcome() == Outcome.OPEN && !grade.offered()) {
            return "Not final: staff decide what this means for the grade.";
        }
        if (standing.outcome() == Outcome.OPEN) {
            return "Not final: something is still open.";
        }
        BigDecimal mark = book.course().passMark();
        String needed = mark == null ? "" : " (" + mark.stripTrailingZeros().toPlainString() + " % are needed)";
        List<String> words = parts(standing, needed, " of " + standings.graded());
        return words.isEmpty() ? "Final." : "Final: " + String.join(", ", words) + ".";
    }

    private static List<String> parts(Standing standing, String needed, String all) {
        List<String> words = new ArrayList<>();
        if (standing.letter() != null) {
            words.add(standing.letter());
        }
        if (standing.outcome() == Outcome.PASSED || standing.outcome() == Outcome.NOT_PASSED) {
            words.add(standing.outcome().words() + needed);
        }
        if (standing.rank() != null) {
            words.add("rank " + standing.rank() + all);
        }
        return words;
    }
}

package org.labharness.autograder.staffpage;

import static org.labharness.autograder.page.Html.tag;
import static org.labharness.autograder.page.Html.with;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;

/** How submissions, people and times are called on the page. */
final class Labels {
    private static final int NAME = 60;
    private static final int SENTENCE = 400;

    private final Board board;
    private final LongFunction<String> report;
    private final CourseClock clock;
    private final Map<StudentId, String> names = new HashMap<>();

    /** @param report address of a submission's report */
    Labels(Board board, LongFunction<String> report) {
        this.board = board;
        this.report = report;
        this.clock = new CourseClock(board.course().zone());
        for (Student student : board.roster().students()) {
            names.put(student.id(), PlainText.line(student.name(), NAME));
        }
    }

    Html submission(long number) {
        return tag("a", with("href", report.apply(number)), "" + number);
    }

    Html who(Owner owner) {
        return switch (owner) {
            case Owner.OfTeam team -> Html.all("team ", team.team());
            case Owner.OfStudent student -> {
                String name = names.getOrDefault(student.student(), "");
                yield name.isEmpty() || name.equals(owner.id())
                        ? Html.text(owner.id())
                        : Html.all(owner.id(), " ", tag("small", name));
            }
        };
    }

    String lab(LabId id) {
        return PlainText.line(board.course().lab(id).map(CourseLab::title).orElse(id.value()), NAME);
    }

    /** The time of day with how long that is ago, for a machine's hours and a person's. */
    Html since(Instant then) {
        return tag("time", with("title", clock.moment(then)), span(Duration.between(then, board.now())));
    }

    String moment(Instant then) {
        return clock.moment(then);
    }

    String time(Instant then) {
        return clock.time(then);
    }

    static String span(Duration lasts) {
        long seconds = Math.max(0, lasts.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    static String sentence(String text) {
        return PlainText.line(text, SENTENCE);
    }

    static String name(String text) {
        return PlainText.line(text, NAME);
    }
}

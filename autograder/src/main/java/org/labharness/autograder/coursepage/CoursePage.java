package org.labharness.autograder.coursepage;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.labharness.autograder.export.CourseTable;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.statistics.CourseStatistics;
import org.labharness.autograder.statistics.Histogram;
import org.labharness.autograder.statistics.LabStatistics;
import org.labharness.lab.course.CourseLab;

/** The page of a course: all grades, how labs came out, which checks are hard, when and how often students hand in. */
public final class CoursePage {
    private static final String STYLE = Page.style("gradebook.css");
    /** The first range of an arrivals' histogram that is late. */
    private static final int LATE = 7;

    private final Gradebook book;
    private final CourseTable table;
    private final CourseStatistics statistics;

    private CoursePage(Gradebook book, CourseTable table, CourseStatistics statistics) {
        this.book = book;
        this.table = table;
        this.statistics = statistics;
    }

    /**
     * A whole page that opens from disk and asks nothing of any network.
     *
     * @param statistics asked for when the table is written, so that they can be read meanwhile
     * @param link the page of a student
     */
    public static String of(
            Gradebook book,
            CourseTable table,
            Supplier<CourseStatistics> statistics,
            CheckTitles titles,
            Function<CourseGrade, String> link) {
        GradesTable grades = new GradesTable(table);
        Html written = grades.html(row -> link.apply(row.grade()));
        CoursePage page = new CoursePage(book, table, statistics.get());
        return Page.of(
                book.course().title(),
                STYLE + grades.style(),
                tag("main", css("course"), page.parts(written, titles).toArray()));
    }

    private List<Html> parts(Html grades, CheckTitles titles) {
        List<Html> parts = new ArrayList<>();
        parts.add(header());
        parts.add(tiles());
        parts.add(tag("section", tag("h2", "Grades"), tag("p", css("note"), legend()), grades));
        parts.add(distributions());
        parts.addAll(new CheckSection(statistics.labs(), titles).html());
        parts.addAll(handingIn());
        return parts;
    }

    private Html header() {
        return tag(
                "header",
                tag("p", css("lab"), "Gradebook"),
                tag("h1", book.course().title()),
                tag(
                        "p",
                        css("meta"),
                        tag("code", book.course().id()),
                        " as of " + new Explanation(book.course()).time(book.asOf()) + " "
                                + book.course().zone()));
    }

    private Html tiles() {
        long complete = book.grades().stream()
                .filter(grade -> grade.complete() && !grade.student().audits())
                .count();
        long waiting = book.grades().stream().filter(CourseGrade::provisional).count();
        int submissions =
                statistics.labs().stream().mapToInt(lab -> lab.submissions()).sum();
        int late = statistics.labs().stream().mapToInt(lab -> lab.late()).sum();
        List<Html> tiles = new ArrayList<>();
        tiles.add(tile("" + table.rows().size(), "students"));
        tiles.add(tile("" + complete, "grades are final"));
        tiles.add(tile("" + waiting, "wait for staff"));
        tiles.add(tile(Figures.percent(statistics.mean()), "on average"));
        tiles.add(tile(Figures.percent(statistics.median()), "median"));
        if (submissions > 0) {
            tiles.add(tile("" + submissions, "submissions"));
            tiles.add(tile(Figures.percent((double) late / submissions), "of them late"));
        }
        return tag("section", css("tiles"), tiles.toArray());
    }

    private static Html tile(String figure, String words) {
        return tag("div", css("tile"), tag("b", figure), words);
    }

    private String legend() {
        boolean ranked = book.course().ranked();
        return "A click on a heading sorts. Components and total are percent of the course; 'of' is the weight that is decided;"
                + " what is not due yet or waits for staff is left out of every sum. Letter"
                + (ranked ? " and rank stand" : " stands") + " where a grade is final.";
    }

    private Html distributions() {
        List<Html> panels = new ArrayList<>();
        panels.add(tag(
                "div",
                css("panel"),
                tag("h3", "The whole course"),
                tag(
                        "p",
                        "mean " + Figures.percent(statistics.mean()) + ", median "
                                + Figures.percent(statistics.median())),
                Plot.shares("The whole course", statistics.percents(), statistics.median())));
        statistics.labs().stream()
                .filter(lab -> lab.lab().cancelled() == null)
                .forEach(lab -> panels.add(distribution(lab)));
        return tag(
                "section",
                tag("h2", "How labs came out"),
                tag(
                        "p",
                        css("note"),
                        "Students by the share of a lab's points that they have; the dashed line is the median. Who handed in"
                                + " nothing is counted beside, not among them."),
                tag("div", css("panels"), panels.toArray()));
    }

    private static Html distribution(LabStatistics lab) {
        List<String> words = new ArrayList<>(List.of(lab.graded() + " graded"));
        if (lab.missing() > 0) {
            words.add(lab.missing() + " missing");
        }
        if (lab.undecided() > 0) {
            words.add(lab.undecided() + " undecided");
        }
        if (lab.left() > 0) {
            words.add(lab.left() + " excused");
        }
        if (lab.graded() > 0) {
            words.add("mean " + Figures.percent(lab.mean()));
        }
        return tag(
                "div",
                css("panel"),
                tag("h3", lab.lab().title()),
                tag("p", String.join(", ", words)),
                lab.graded() == 0 ? Html.EMPTY : Plot.shares(lab.lab().title(), lab.shares(), lab.median()));
    }

    private List<Html> handingIn() {
        List<LabStatistics> labs = statistics.labs().stream()
                .filter(lab -> lab.lab().submitted() && lab.lab().cancelled() == null)
                .toList();
        if (labs.isEmpty()) {
            return List.of();
        }
        Histogram arrivals = labs.stream()
                .map(LabStatistics::arrivals)
                .reduce(Histogram::plus)
                .orElseThrow();
        Histogram attempts = labs.stream()
                .map(LabStatistics::attempts)
                .reduce(Histogram::plus)
                .orElseThrow();
        return List.of(tag(
                "section",
                tag("h2", "When and how often"),
                tag(
                        "div",
                        css("panels"),
                        tag(
                                "div",
                                css("panel"),
                                tag("h3", "When submissions came"),
                                tag("p", "counted from the student's own deadline, all labs"),
                                Plot.bars("When submissions came", arrivals, LATE)),
                        tag(
                                "div",
                                css("panel"),
                                tag("h3", "Attempts"),
                                tag("p", "how many accepted attempts a student made at a lab, all labs"),
                                Plot.bars("Attempts", attempts, Integer.MAX_VALUE))),
                tag("div", css("wide"), labs(labs))));
    }

    private static Html labs(List<LabStatistics> labs) {
        List<Html> head = new ArrayList<>(List.of(tag("th", "Lab")));
        for (String column : List.of(
                "Graded", "Missing", "Submissions", "Late", "Attempts each", "First attempt", "The one that counts")) {
            head.add(tag("th", css("n"), column));
        }
        return tag(
                "table",
                css("figures"),
                tag("thead", tag("tr", head.toArray())),
                tag("tbody", labs.stream().map(CoursePage::lab).toArray()));
    }

    private static Html lab(LabStatistics lab) {
        CourseLab of = lab.lab();
        return tag(
                "tr",
                tag("td", of.title()),
                tag("td", css("n"), lab.graded()),
                tag("td", css("n"), lab.missing()),
                tag("td", css("n"), lab.submissions()),
                tag(
                        "td",
                        css("n"),
                        lab.submissions() == 0
                                ? Figures.NONE
                                : Figures.percent((double) lab.late() / lab.submissions())),
                tag("td", css("n"), Figures.mean(lab.meanAttempts())),
                tag("td", css("n"), Figures.percent(lab.first())),
                tag("td", css("n"), Figures.percent(lab.counting())));
    }
}

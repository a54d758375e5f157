package org.labharness.autograder.serve;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.page.Html;
import org.labharness.autograder.page.Page;
import org.labharness.autograder.report.HtmlReport;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.serve.ReportLinks.Linked;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.GradingStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.store.VerdictStore.Judged;
import org.labharness.lab.Form;
import org.labharness.lab.Lab;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.SystemBroke;

/** What became of a submission, as a page: what counts now, as far as whoever has the link may see it, or how far it is. */
final class ReportPages {
    private static final int LONGEST = 2_000;
    /** Seconds after which the page of one that is not over is loaded anew. */
    private static final int EVERY = 10;

    private final LiveCourses courses;
    private final SubmissionStore submissions;
    private final GradingStore gradings;
    private final QueueStore queue;
    private final VerdictStore verdicts;
    private final Archive archive;

    ReportPages(LiveCourses courses, Database database, Archive archive) {
        this.courses = courses;
        this.submissions = new SubmissionStore(database);
        this.gradings = new GradingStore(database);
        this.queue = new QueueStore(database);
        this.verdicts = new VerdictStore(database);
        this.archive = archive;
    }

    /** Empty where no course that is served has such a submission. */
    Optional<String> page(Linked linked) {
        for (ServedCourse served : courses.now()) {
            Optional<SubmissionFact> fact = submissions.fact(served.course().id(), linked.submission());
            if (fact.isPresent()) {
                return Optional.of(page(served, linked, fact.get()));
            }
        }
        return Optional.empty();
    }

    private String page(ServedCourse served, Linked linked, SubmissionFact fact) {
        long number = linked.submission();
        Optional<Judged> judged = linked.staff() ? verdicts.current(number) : verdicts.shown(number);
        Optional<Grading> grading = linked.staff() ? gradings.ofSubmission(number) : gradings.ownOfSubmission(number);
        boolean under = grading.isPresent() && !grading.get().over();
        return judged.filter(any -> !under)
                .map(one -> verdicts(served, fact, one))
                .orElseGet(() -> notice(served, number, fact, grading, judged));
    }

    /** With all that the evidence holds, where that is still there. */
    private String verdicts(ServedCourse served, SubmissionFact fact, Judged judged) {
        Outcome.Submission submission = new Outcome.Submission(
                fact.owner().id(),
                fact.lab().value(),
                title(served, fact),
                fact.repository(),
                fact.commit(),
                fact.received());
        Lab lab = served.labs().get(fact.lab());
        Form form = lab == null ? Form.NONE : lab.form();
        ZoneId zone = served.course().zone();
        String evidence = judged.evidence();
        if (lab != null && evidence != null && archive.holds(Kind.EVIDENCE, evidence)) {
            try {
                return HtmlReport.submission(
                        new Outcome.Graded(
                                submission,
                                Scorecard.of(lab, judged.verdicts()),
                                form,
                                archive.evidence(evidence),
                                evidence,
                                Map.of()),
                        zone);
            } catch (SystemBroke | IllegalArgumentException changed) {
                // Damaged, or of a rubric that the lab does not have any more: the verdicts are still what counts.
            }
        }
        return HtmlReport.verdicts(submission, new Scorecard(judged.verdicts(), judged.of()), form, zone);
    }

    private static String title(ServedCourse served, SubmissionFact fact) {
        return served.course()
                .lab(fact.lab())
                .map(CourseLab::title)
                .orElse(fact.lab().value());
    }

    /** One that is not over loads itself anew. */
    private String notice(
            ServedCourse served, long number, SubmissionFact fact, Optional<Grading> grading, Optional<Judged> before) {
        String title = title(served, fact);
        String head = fact.owner().id() + " · " + title;
        Html body = tag(
                "main",
                tag(
                        "header",
                        tag("p", css("lab"), title),
                        tag("h1", fact.owner().id()),
                        tag(
                                "p",
                                css("meta"),
                                tag("span", fact.repository()),
                                " ",
                                tag("code", fact.commit().substring(0, 10)),
                                " submission " + number)),
                tag("section", css("notice"), tag("h2", state(grading)), words(grading, before)));
        boolean over = grading.map(Grading::over).orElse(true);
        return over ? Page.of(head, body) : Page.refreshed(head, "", EVERY, body);
    }

    private static String state(Optional<Grading> grading) {
        return grading.map(one -> switch (one.state()) {
                    case WAITING -> "It waits for its grading";
                    case RUNNING -> "It is being graded";
                    case DONE -> "It has no points";
                    case SUPERSEDED -> "Newer work took its place";
                    case CANCELLED -> "Its grading was cancelled";
                })
                .orElse("There is nothing to see of it yet");
    }

    private Html words(Optional<Grading> grading, Optional<Judged> before) {
        if (grading.isEmpty()) {
            return tag("p", "Points that it has with its class are shown when grades are released.");
        }
        Grading one = grading.get();
        String more = switch (one.state()) {
            case WAITING ->
                "Position " + Math.max(1, queue.position(one.id())) + " in the queue. "
                        + PlainText.line(one.message(), LONGEST);
            case RUNNING -> one.step().isEmpty() ? "" : "Now: " + one.step() + ".";
            case DONE -> PlainText.line(one.message(), LONGEST);
            case SUPERSEDED, CANCELLED -> PlainText.line(one.message(), LONGEST);
        };
        return Html.all(
                tag("p", more.strip()),
                before.map(judged ->
                                tag("p", "Until then " + judged.points() + " of " + judged.of() + " points count."))
                        .orElse(Html.EMPTY),
                one.over() ? Html.EMPTY : tag("p", css("meta"), "This page loads itself anew every " + EVERY + " s."));
    }
}

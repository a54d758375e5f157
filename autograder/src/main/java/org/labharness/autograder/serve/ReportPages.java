package org.labharness.autograder.serve;

import static org.labharness.autograder.page.Html.css;
import static org.labharness.autograder.page.Html.tag;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.gitserver.ServedCourse;
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
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.store.VerdictStore.Judged;
import org.labharness.lab.Lab;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.SystemBroke;

/** What became of a submission, as a page: what counts now, as far as whoever has the link may see it, or how far it is. */
final class ReportPages {
    private static final int LONGEST = 2_000;

    private final List<ServedCourse> courses;
    private final SubmissionStore submissions;
    private final GradingStore gradings;
    private final VerdictStore verdicts;
    private final Archive archive;

    ReportPages(List<ServedCourse> courses, Database database, Archive archive) {
        this.courses = courses;
        this.submissions = new SubmissionStore(database);
        this.gradings = new GradingStore(database);
        this.verdicts = new VerdictStore(database);
        this.archive = archive;
    }

    /** Empty where no course that is served has such a submission. */
    Optional<String> page(Linked linked) {
        for (ServedCourse served : courses) {
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
                .flatMap(one -> whole(served, fact, one))
                .orElseGet(() -> notice(served, number, fact, grading, judged));
    }

    /** With all that the evidence holds, where that is still there. */
    private Optional<String> whole(ServedCourse served, SubmissionFact fact, Judged judged) {
        Lab lab = served.labs().get(fact.lab());
        String evidence = judged.evidence();
        if (lab == null || evidence == null || !archive.holds(Kind.EVIDENCE, evidence)) {
            return Optional.empty();
        }
        try {
            Outcome.Submission submission = new Outcome.Submission(
                    fact.owner().id(),
                    fact.lab().value(),
                    lab.title(),
                    fact.repository(),
                    fact.commit(),
                    fact.received() == null ? Instant.EPOCH : fact.received());
            return Optional.of(HtmlReport.submission(new Outcome.Graded(
                    submission,
                    Scorecard.of(lab, judged.verdicts()),
                    lab.form(),
                    archive.evidence(evidence),
                    evidence,
                    Map.of())));
        } catch (SystemBroke | IllegalArgumentException changed) {
            return Optional.empty(); // damaged, or of a rubric that the lab does not have any more
        }
    }

    private String notice(
            ServedCourse served, long number, SubmissionFact fact, Optional<Grading> grading, Optional<Judged> judged) {
        String title = served.course()
                .lab(fact.lab())
                .map(CourseLab::title)
                .orElse(fact.lab().value());
        return Page.of(
                fact.owner().id() + " · " + title,
                tag(
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
                        tag("section", css("notice"), tag("h2", state(grading)), words(grading, judged))));
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

    private Html words(Optional<Grading> grading, Optional<Judged> judged) {
        if (grading.isEmpty()) {
            return tag("p", "Points that it has with its class are shown when grades are released.");
        }
        Grading one = grading.get();
        String more = switch (one.state()) {
            case WAITING ->
                "Position " + Math.max(1, gradings.position(one.id())) + " in the queue. "
                        + PlainText.line(one.message(), LONGEST) + " Load this page again later.";
            case RUNNING -> (one.step().isEmpty() ? "" : "Now: " + one.step() + ". ") + "Load this page again later.";
            case DONE -> judgedBefore(judged) + PlainText.line(one.message(), LONGEST);
            case SUPERSEDED, CANCELLED -> PlainText.line(one.message(), LONGEST);
        };
        return tag("p", more.strip());
    }

    /** Where the evidence is gone, the points are still known. */
    private static String judgedBefore(Optional<Judged> judged) {
        return judged.map(one -> one.points() + " of " + one.of() + " points count; what they stand on is not kept. ")
                .orElse("");
    }
}

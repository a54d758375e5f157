package org.labharness.autograder.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.report.JUnitReport;
import org.labharness.autograder.report.MarkdownReport;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.report.VerdictJson;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.RunStore;
import org.labharness.autograder.store.RunStore.Ran;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.store.VerdictStore.Judged;
import org.labharness.lab.Lab;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.HarnessFacts;

/** Verdicts as documents, made again from what was kept: what counts now, as far as whoever asks may see it. */
final class VerdictDocuments {
    private final SubmissionStore submissions;
    private final RunStore runs;
    private final VerdictStore verdicts;
    private final Archive archive;
    private final String version;

    VerdictDocuments(ApiGround ground) {
        this.submissions = new SubmissionStore(ground.database());
        this.runs = new RunStore(ground.database());
        this.verdicts = new VerdictStore(ground.database());
        this.archive = ground.archive();
        this.version = ground.version();
    }

    /** In which form. */
    enum Kind {
        JSON("application/json"),
        MARKDOWN("text/markdown; charset=utf-8"),
        JUNIT("application/xml; charset=utf-8");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** @throws Problem where there is none */
    byte[] write(Visitor visitor, Grading grading, Kind kind) {
        Outcome outcome = outcome(visitor, grading);
        String text = switch (kind) {
            case JSON -> VerdictJson.write(outcome);
            case MARKDOWN -> MarkdownReport.write(outcome);
            case JUNIT -> JUnitReport.write(outcome);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Outcome outcome(Visitor visitor, Grading grading) {
        switch (grading.state()) {
            case WAITING, RUNNING ->
                throw new Problem(
                        Reason.NOT_OVER,
                        "Grading " + grading.id() + " is " + grading.state().code() + ": there is no verdict yet.");
            case SUPERSEDED, CANCELLED ->
                throw new Problem(
                        Reason.NO_VERDICT,
                        "Grading " + grading.id() + " was taken out of the queue. " + grading.message());
            case DONE -> {
                // below
            }
        }
        Lab lab = visitor.served().labs().get(grading.lab());
        SubmissionFact fact =
                submissions.fact(grading.course(), grading.submission()).orElseThrow();
        if (lab == null) {
            throw gone(grading, "The lab " + grading.lab() + " is not served any more.");
        }
        Outcome.Submission submission = new Outcome.Submission(
                fact.owner().id(), fact.lab().value(), lab.title(), fact.repository(), fact.commit(), fact.received());
        Optional<Ran> ran =
                runs.ofGrading(grading.id()).or(() -> runs.settled(grading.submission(), Facts.digest(lab)));
        if (!grading.code().isEmpty() || ran.isEmpty()) {
            return broken(grading, submission, grading.code(), grading.message());
        }
        return switch (ran.get().end()) {
            case GRADED -> graded(visitor, grading, submission, lab);
            case REFUSED ->
                new Outcome.Refused(
                        submission,
                        Refusal.of(ran.get().code()).orElse(Refusal.NOTHING_TO_GRADE),
                        ran.get().message(),
                        harness(grading),
                        Map.of());
            case BROKEN ->
                broken(grading, submission, ran.get().code(), ran.get().message());
        };
    }

    private Outcome graded(Visitor visitor, Grading grading, Outcome.Submission submission, Lab lab) {
        Judged judged = (visitor.staff()
                        ? verdicts.current(grading.submission())
                        : verdicts.shown(grading.submission()))
                .orElseThrow(() -> gone(grading, "Nothing counts for its submission any more."));
        String evidence = judged.evidence();
        if (evidence == null || !archive.holds(org.labharness.autograder.archive.Kind.EVIDENCE, evidence)) {
            throw gone(
                    grading, judged.points() + " of " + judged.of() + " points count; what they stand on is not kept.");
        }
        try {
            return new Outcome.Graded(
                    submission,
                    Scorecard.of(lab, judged.verdicts()),
                    lab.form(),
                    archive.evidence(evidence),
                    evidence,
                    Map.of());
        } catch (SystemBroke | IllegalArgumentException changed) {
            throw gone(
                    grading,
                    judged.points() + " of " + judged.of()
                            + " points count; what they stand on is damaged, or of a rubric that the lab does not have any more.");
        }
    }

    private Outcome broken(Grading grading, Outcome.Submission submission, String code, String message) {
        Breakdown reason = Breakdown.of(code).orElse(Breakdown.INTERNAL);
        return new Outcome.Broken(submission, reason, message, harness(grading), Map.of());
    }

    /** What ran it is not kept where it left no evidence. */
    private HarnessFacts harness(Grading grading) {
        return new HarnessFacts(version, Map.of(), grading.lab().value(), "");
    }

    private static Problem gone(Grading grading, String sentence) {
        return new Problem(Reason.EVIDENCE_GONE, "Grading " + grading.id() + " is over. " + sentence);
    }
}

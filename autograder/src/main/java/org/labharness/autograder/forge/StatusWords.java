package org.labharness.autograder.forge;

import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.store.ForgeReportStore.Status;
import org.labharness.autograder.store.PushedGradings.Pushed;
import org.labharness.autograder.store.PushedGradings.Worth;
import org.labharness.autograder.store.WebhookStore.Receipt;

/**
 * What everybody who reads a repository is told of a grading or of a push that came to nothing. Points are among it only where the lab's are released to students; why
 * something was refused stands in the report behind the link.
 */
final class StatusWords {
    /** More than any forge shows. */
    private static final int LONGEST = 400;

    private StatusWords() {}

    /** A state with its sentence. */
    record Told(Status status, String message) {}

    static Told of(Pushed pushed) {
        return switch (pushed.state()) {
            case WAITING, RUNNING -> new Told(Status.PENDING, "Received; it is graded when its turn comes.");
            case SUPERSEDED -> new Told(Status.ERROR, "Not graded: newer work took its place before its turn came.");
            case CANCELLED -> new Told(Status.ERROR, "Not graded: it was taken out of the queue.");
            case DONE -> pushed.broken().isEmpty() ? ended(pushed) : broke();
        };
    }

    /**
     * Of a push that came to nothing. There is no report to lead to, so that the reason stands here, as far as it is of the repository: why
     * it could not be read may tell of the harness and its logins, and is for staff.
     */
    static Told of(Receipt receipt) {
        return switch (receipt.status()) {
            case GONE ->
                new Told(
                        Status.ERROR,
                        "Not graded: something else was pushed over this commit before it was fetched. Later pushes are"
                                + " graded.");
            case REFUSED -> new Told(Status.FAILURE, "Not graded: " + PlainText.line(receipt.message(), LONGEST));
            case UNREACHABLE ->
                new Told(
                        Status.ERROR,
                        "Not graded: the repository could not be read for a day. Staff see why. Push again when it can be"
                                + " read.");
            case LEFT_ALONE ->
                new Told(
                        Status.ERROR,
                        "Not graded: the harness has a problem of its own with this push. It costs nothing, and staff know"
                                + " of it.");
            case WAITING, TAKEN ->
                throw new IllegalArgumentException("receipt " + receipt.number() + " has not come to nothing");
        };
    }

    private static Told ended(Pushed pushed) {
        RunFact.End end = pushed.end();
        if (end == null) {
            return broke();
        }
        return switch (end) {
            case GRADED -> new Told(Status.SUCCESS, graded(pushed.worth(), pushed.released()));
            case REFUSED ->
                new Told(
                        Status.FAILURE,
                        "Not graded: it was refused (" + pushed.code() + "). The report says what to do.");
            case BROKEN -> broke();
        };
    }

    private static String graded(@Nullable Worth worth, boolean released) {
        if (worth == null || !released) {
            return "Graded.";
        }
        return worth.held()
                ? "Graded; staff look at it before it counts."
                : "Graded: " + worth.points() + " of " + worth.of() + " points by the checks.";
    }

    private static Told broke() {
        return new Told(
                Status.ERROR,
                "Not graded yet: the harness has a problem of its own. It costs nothing, and staff know of it.");
    }
}

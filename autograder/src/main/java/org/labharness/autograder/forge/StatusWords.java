package org.labharness.autograder.forge;

import org.labharness.autograder.store.ForgeReportStore.Status;
import org.labharness.lab.Points;

/**
 * What everybody who reads a repository is told of a grading. Points are among it only where the lab's are released to students; a refusal is
 * told by its sentence alone in the report behind the link.
 */
public final class StatusWords {
    private StatusWords() {}

    /** A state with its sentence. */
    public record Told(Status status, String message) {}

    /** It waits for its turn. */
    public static Told waits() {
        return new Told(Status.PENDING, "Received; it waits for its turn.");
    }

    /** @param released whether students may see the lab's points */
    public static Told graded(Points points, Points of, boolean released) {
        return new Told(
                Status.SUCCESS, released ? "Graded: " + points + " of " + of + " points by the checks." : "Graded.");
    }

    /** @param code of the refusal, such as {@code too-large} */
    public static Told refused(String code) {
        return new Told(Status.FAILURE, "Not graded: it was refused (" + code + "). The report says what to do.");
    }

    /** The system broke. */
    public static Told broke() {
        return new Told(
                Status.ERROR,
                "Not graded yet: the harness has a problem of its own. It costs nothing, and staff know of it.");
    }

    /** A newer push took its place before it ran. */
    public static Told superseded() {
        return new Told(Status.ERROR, "Not graded: a newer push took its place before its turn came.");
    }
}

package org.labharness.autograder.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;

/**
 * A submission with what it is worth now.
 *
 * @param submission its number in the database, in the order in which submissions became known
 * @param received server time; null where no trusted time is known
 * @param spared whether the harness has failed at it at some time: it uses up no attempt, however it ends
 * @param history what it was judged to be worth, oldest first; the last one is current
 */
public record Attempt(
        long submission,
        LabId lab,
        Owner owner,
        String commit,
        @Nullable Instant received,
        State state,
        boolean spared,
        List<Judgement> history) {
    public Attempt {
        history = List.copyOf(history);
    }

    /** The same where it is not known when it was received. */
    public Attempt untimed() {
        return new Attempt(submission, lab, owner, commit, null, state, spared, history);
    }

    /** How far a submission is. */
    public sealed interface State {}

    /**
     * It was judged.
     *
     * @param of what could be earned: less than the lab's points where something was set aside
     * @param bonus what was earned on top
     * @param held something of it is the harness's own matter: the points are provisional
     */
    public record Judged(Points points, Points of, Points bonus, boolean held) implements State {}

    /**
     * The harness could not judge it yet; that is nothing of the student's.
     *
     * @param why one sentence
     */
    public record Waiting(String why) implements State {}

    /**
     * It was refused, with a typed reason; it uses up no attempt.
     *
     * @param code such as {@code nothing-to-grade}
     */
    public record Refused(String code) implements State {}

    /**
     * What it was judged to be worth at a time.
     *
     * @param bonus what was earned on top
     * @param by who made it count: a person, or the harness
     * @param why such as the reason of a new rubric
     */
    public record Judgement(Points points, Points of, Points bonus, Instant at, String by, String why) {}
}

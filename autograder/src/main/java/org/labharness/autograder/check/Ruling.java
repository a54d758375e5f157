package org.labharness.autograder.check;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;

/**
 * What a rule decides.
 *
 * @param points null: all that the check is worth
 */
record Ruling(
        Support support,
        @Nullable Untestable untestable,
        @Nullable Points points,
        Sentence sentence) {

    /** Proven: full points. */
    static Ruling full(String message) {
        return new Ruling(Support.REPRODUCED, null, null, Sentence.of(message, ""));
    }

    /** Proven in part. */
    static Ruling part(Points points, Sentence sentence) {
        Support support = points.isZero() ? Support.ABSENT : Support.REPRODUCED;
        return new Ruling(support, null, points, sentence);
    }

    /** Not there, or wrong. */
    static Ruling absent(Sentence sentence) {
        return part(Points.ZERO, sentence);
    }

    /** Only committed traces say so. */
    static Ruling reported(Points points, Sentence sentence) {
        return new Ruling(Support.REPORTED, null, points, sentence);
    }

    /** Could not be tried, and that is the student's matter. */
    static Ruling theirs(Points points, Sentence sentence) {
        return new Ruling(Support.UNTESTABLE, Untestable.THEIRS, points, sentence);
    }

    /** Could not be tried, and that is the harness's matter: no point is lost for it, the attempt is held. */
    static Ruling ours(String what) {
        return ours(null, what);
    }

    /** The same where other parts of the check were lost by the student's own doing. */
    static Ruling ours(@Nullable Points points, String what) {
        return new Ruling(
                Support.UNTESTABLE,
                Untestable.OURS,
                points,
                Sentence.of(
                        what + " This is not your doing: no point is lost for it, the attempt is held until staff have"
                                + " looked.",
                        ""));
    }

    /** Does not apply. */
    static Ruling setAside(String message) {
        return new Ruling(Support.UNTESTABLE, Untestable.NOT_APPLICABLE, Points.ZERO, Sentence.of(message, ""));
    }

    /**
     * The verdict on a check. The lab's own hint replaces the harness's where points were lost, but not where the pipeline did not run:
     * then it is that which has to be mended first.
     */
    Verdict verdict(Check check) {
        Points of = untestable == Untestable.NOT_APPLICABLE ? Points.ZERO : check.points();
        Points earned = points == null ? of : points;
        boolean lost = earned.compareTo(of) < 0;
        String advice = check.hint() != null && sentence.cause().isEmpty() ? check.hint() : sentence.hint();
        return new Verdict(
                check.id(),
                check.title(),
                earned,
                of,
                support,
                untestable,
                PlainText.paragraph(sentence.message()),
                lost ? PlainText.paragraph(advice) : "",
                sentence.where(),
                check.bonus());
    }
}

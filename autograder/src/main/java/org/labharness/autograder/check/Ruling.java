package org.labharness.autograder.check;

import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.Place;
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
        String message,
        String hint,
        @Nullable Place where) {

    /** Proven: full points. */
    static Ruling full(String message) {
        return new Ruling(Support.REPRODUCED, null, null, message, "", null);
    }

    /** Proven in part. */
    static Ruling part(Points points, Sentence sentence) {
        Support support = points.isZero() ? Support.ABSENT : Support.REPRODUCED;
        return new Ruling(support, null, points, sentence.message(), sentence.hint(), sentence.where());
    }

    /** Not there, or wrong. */
    static Ruling absent(Sentence sentence) {
        return part(Points.ZERO, sentence);
    }

    /** Only committed traces say so. */
    static Ruling reported(Points points, Sentence sentence) {
        return new Ruling(Support.REPORTED, null, points, sentence.message(), sentence.hint(), sentence.where());
    }

    /** Could not be tried, and that is the student's matter. */
    static Ruling theirs(Points points, Sentence sentence) {
        return new Ruling(
                Support.UNTESTABLE, Untestable.THEIRS, points, sentence.message(), sentence.hint(), sentence.where());
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
                what + " This is not your doing: no point is lost for it, the attempt is held until staff have looked.",
                "",
                null);
    }

    /** Does not apply. */
    static Ruling setAside(String message) {
        return new Ruling(Support.UNTESTABLE, Untestable.NOT_APPLICABLE, Points.ZERO, message, "", null);
    }

    /** The verdict on a check; the lab's own hint replaces the harness's where points were lost. */
    Verdict verdict(Check check) {
        Points of = untestable == Untestable.NOT_APPLICABLE ? Points.ZERO : check.points();
        Points earned = points == null ? of : points;
        boolean lost = earned.compareTo(of) < 0;
        String advice = check.hint() != null ? PlainText.paragraph(check.hint()) : hint;
        return new Verdict(
                check.id(),
                check.title(),
                earned,
                of,
                support,
                untestable,
                PlainText.paragraph(message),
                lost ? PlainText.paragraph(advice) : "",
                where);
    }
}

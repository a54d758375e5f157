package org.labharness.autograder.regrade;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.regrade.Reevaluation.Evaluated;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.score.Scorecard;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;

/**
 * What would become of a course if a rubric's new evaluations counted.
 *
 * @param lab in the course
 * @param before the gradebook as it is
 * @param after as it would be
 */
public record Regrade(LabId lab, List<Reevaluation> submissions, Gradebook before, Gradebook after) {
    public Regrade {
        submissions = List.copyOf(submissions);
    }

    /**
     * Compares.
     *
     * @param by whose name the new judgements would bear
     * @param why their reason
     */
    public static Regrade of(
            Course course,
            LabId lab,
            Roster roster,
            Ledger ledger,
            List<Reevaluation> submissions,
            String by,
            String why,
            Instant now) {
        Map<Long, Scorecard> scorecards = new HashMap<>();
        for (Reevaluation one : submissions) {
            if (one instanceof Evaluated evaluated) {
                scorecards.put(one.run().submission(), evaluated.scorecard());
            }
        }
        List<Attempt> attempts = ledger.attempts().stream()
                .map(attempt -> judged(attempt, scorecards, by, why, now))
                .toList();
        return new Regrade(
                lab,
                submissions,
                Gradebook.of(course, roster, ledger, now),
                Gradebook.of(
                        course,
                        roster,
                        new Ledger(attempts, ledger.marks(), ledger.overrides(), ledger.readings()),
                        now));
    }

    private static Attempt judged(
            Attempt attempt, Map<Long, Scorecard> scorecards, String by, String why, Instant now) {
        Scorecard scorecard = scorecards.get(attempt.submission());
        if (scorecard == null) {
            return attempt;
        }
        List<Attempt.Judgement> history = new ArrayList<>(attempt.history());
        history.add(new Attempt.Judgement(scorecard.points(), scorecard.of(), scorecard.bonus(), now, by, why));
        return new Attempt(
                attempt.submission(),
                attempt.lab(),
                attempt.owner(),
                attempt.commit(),
                attempt.received(),
                new Attempt.Judged(scorecard.points(), scorecard.of(), scorecard.bonus(), scorecard.held()),
                attempt.spared() || scorecard.held(),
                history);
    }

    /** Submissions that the rubric cannot judge by what is kept of their runs. */
    public List<Reevaluation> unjudged() {
        return submissions.stream().filter(one -> !(one instanceof Evaluated)).toList();
    }

    /** Submissions that the rubric makes worth something else. */
    public List<Evaluated> changed() {
        return submissions.stream()
                .filter(Evaluated.class::isInstance)
                .map(Evaluated.class::cast)
                .filter(one -> !one.differences().isEmpty())
                .toList();
    }

    /** A student whose points for the lab, or whose total, change. */
    public record Effect(CourseGrade before, CourseGrade after, LabGrade labBefore, LabGrade labAfter) {}

    /** Students whose points for the lab or whose total change, in the order of their ids. */
    public List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < before.grades().size(); i++) {
            CourseGrade was = before.grades().get(i);
            CourseGrade is = after.grades().get(i);
            LabGrade labWas = was.lab(lab.value()).orElseThrow();
            LabGrade labIs = is.lab(lab.value()).orElseThrow();
            boolean other = labWas.points().compareTo(labIs.points()) != 0 || labWas.status() != labIs.status();
            if (other || was.exact().compareTo(is.exact()) != 0) {
                effects.add(new Effect(was, is, labWas, labIs));
            }
        }
        return effects;
    }
}

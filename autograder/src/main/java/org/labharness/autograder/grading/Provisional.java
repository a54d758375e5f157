package org.labharness.autograder.grading;

import java.util.List;
import org.labharness.autograder.check.Checks;
import org.labharness.lab.Check;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.sandbox.Sign;

/** Tells what a submission has earned before the changes are tried that some checks ask for. */
record Provisional(Lab lab, Progress progress) implements Progress {
    @Override
    public void on(Event event) {
        progress.on(event instanceof Event.Provisional now ? new Event.Note(words(now.evidence())) : event);
    }

    @Override
    public void beforeChanges() {
        progress.beforeChanges();
    }

    @Override
    public void heard(Sign sign) {
        progress.heard(sign);
    }

    private String words(Evidence evidence) {
        List<Verdict> verdicts = lab.checks().stream()
                .filter(check -> !check.bonus() && !isLate(check))
                .map(check -> Checks.evaluate(check, lab, evidence))
                .toList();
        Points earned = verdicts.stream().map(Verdict::points).reduce(Points.ZERO, Points::plus);
        Points of = verdicts.stream().map(Verdict::of).reduce(Points.ZERO, Points::plus);
        Points late = lab.checks().stream()
                .filter(check -> !check.bonus() && isLate(check))
                .map(Check::points)
                .reduce(Points.ZERO, Points::plus);
        String depend = late.toString().equals("1") ? " more depends" : " more depend";
        return "so far " + earned + " of " + of + " points; " + late + depend
                + " on changes, each followed by a run now";
    }

    private static boolean isLate(Check check) {
        return check.spec() instanceof InterventionCheck;
    }
}

package org.labharness.autograder.check;

import org.labharness.lab.MlflowCheck;
import org.labharness.lab.Points;

/** {@code mlflow-runs}: a part of the points for each of the runs that this grading made. */
final class MlflowRunsRule {
    private MlflowRunsRule() {}

    static Ruling judge(MlflowCheck.MlflowRuns spec, Case subject) {
        TrackedRuns runs = new TrackedRuns(subject);
        int wanted = Math.max(1, spec.min());
        int made = runs.finished().size();
        if (made >= wanted) {
            return Ruling.full(PlainText.count(made, "finished MLflow run") + " made by this grading, " + wanted
                    + " expected." + runs.remark());
        }
        String lacking = PlainText.count(wanted, "finished MLflow run") + (wanted == 1 ? " was" : " were")
                + " expected, " + (made == 0 ? "none" : made) + (made < 2 ? " was" : " were")
                + " made by this grading.";
        if (made == 0 && runs.old() > 0) {
            return old(runs, wanted, lacking, subject);
        }
        return runs.lacking(
                made,
                wanted,
                lacking,
                made == 0
                        ? "Wrap training in with mlflow.start_run(): and log with mlflow.log_params, log_metrics and"
                                + " log_model; make it part of a stage."
                        : "Start a run for each variation: with mlflow.start_run(run_name=...): inside the loop.");
    }

    private static Ruling old(TrackedRuns runs, int wanted, String lacking, Case subject) {
        Ruling why = runs.lacking(0, wanted, lacking, "Run your training as a stage, so that it makes its runs anew.");
        if (why.points() == null || !why.points().isZero()) {
            return why;
        }
        Points points = subject.reported(subject.full().part(Math.min(runs.old(), wanted), wanted));
        Sentence sentence = why.sentence();
        return Ruling.reported(
                points,
                new Sentence(
                        sentence.message() + " " + PlainText.count(runs.old(), "older run")
                                + (runs.old() == 1 ? " was" : " were")
                                + " found, which only tells that training once ran.",
                        sentence.hint(),
                        sentence.where(),
                        sentence.cause()));
    }
}

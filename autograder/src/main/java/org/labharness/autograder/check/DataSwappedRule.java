package org.labharness.autograder.check;

import java.util.Optional;
import org.labharness.lab.InterventionCheck;

/** {@code data-swapped}: the pipeline runs on other data, and what it measures moves. */
final class DataSwappedRule {
    private DataSwappedRule() {}

    static Ruling judge(InterventionCheck.DataSwapped spec, Case subject) {
        return Followed.ruling(
                spec.intervention(),
                "other data gives other results",
                "Keep the data at that place, and let the pipeline read it from there.",
                subject,
                known -> known.crashedUnheard(
                                "Do not count on the number of rows, on certain ids or on the order of rows: derive what you"
                                        + " need from the data that is there.")
                        .orElseGet(() -> moved(spec, known, subject)));
    }

    private static Ruling moved(InterventionCheck.DataSwapped spec, Followed.Known known, Case subject) {
        MeasuredValues all = MeasuredValues.of(subject.evidence());
        MeasuredValues before = all.only(spec.metric());
        if (before.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    known.when() + ", the pipeline ran, but it makes no metric "
                            + (spec.metric() == null ? "" : PlainText.quoted(spec.metric()) + " ")
                            + "that could have moved.",
                    "Write what you measure to a metrics file that dvc.yaml declares, or log it to MLflow."));
        }
        MeasuredValues now = MeasuredValues.of(known.facts());
        MeasuredValues again = MeasuredValues.again(subject.evidence());
        String metric = spec.metric() == null ? "a metric" : PlainText.name(spec.metric());
        if (before.moved(now, again).isPresent()) {
            return Ruling.full(known.when() + ", the pipeline ran and " + metric + " came out different.");
        }
        if (all.moved(now, again).isPresent()) {
            return Ruling.full(
                    known.when() + ", the pipeline ran; " + metric
                            + " came out as before, which happens where few rows are tested, and other metrics came out different.");
        }
        return Ruling.absent(unmoved(spec, known, before, again));
    }

    private static Sentence unmoved(
            InterventionCheck.DataSwapped spec, Followed.Known known, MeasuredValues before, MeasuredValues again) {
        Optional<String> unsteady = before.difference(again.only(spec.metric()), 0);
        if (unsteady.isPresent()) {
            return Sentence.of(
                    known.when()
                            + ", the pipeline ran, but nothing moved by more than it does when nothing is changed ("
                            + unsteady.get() + "): nothing shows that the numbers are computed from that data.",
                    "Give every random choice the seed from params, so that only the data decides.");
        }
        return Sentence.of(
                known.when() + ", the pipeline ran, but "
                        + (spec.metric() == null ? "every metric" : PlainText.name(spec.metric()))
                        + " came out exactly as before (" + before.example()
                        + "): nothing shows that the numbers are computed from that data.",
                "Let the stages read the data at its place, declare it under deps, and compute every metric from"
                        + " the predictions of this run; beside a share of few rows report a finer number, such as the log loss.");
    }
}

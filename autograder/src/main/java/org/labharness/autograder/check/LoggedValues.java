package org.labharness.autograder.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.evidence.InterventionFacts.Changed;
import org.labharness.pipeline.evidence.TrackingStore.MlflowRun;

/** Whether the MLflow runs that followed a change say so. */
final class LoggedValues {
    private LoggedValues() {}

    /**
     * The first new value that no run carries; empty where all are carried.
     *
     * @param well what went well, a clause
     */
    static Optional<Sentence> missing(Followed.Known followed, String well) {
        List<MlflowRun> runs = followed.facts().runs();
        for (Changed one : followed.facts().changed()) {
            String name = last(one.name());
            List<String> seen = values(name, runs);
            if (seen.stream().noneMatch(value -> same(value, one.to()))) {
                return Optional.of(Sentence.of(
                        followed.when() + ", " + well + ", but " + instead(name, one.to(), seen, runs.size()) + ".",
                        "Log the value that the code uses: mlflow.log_param(\"" + PlainText.name(name)
                                + "\", value) in the run that trains with it."));
            }
        }
        return Optional.empty();
    }

    /** Nested names are logged whole, or their last part alone, with dots or slashes. */
    private static List<String> values(String name, List<MlflowRun> runs) {
        return runs.stream()
                .flatMap(run -> run.params().entrySet().stream())
                .filter(param -> last(param.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .distinct()
                .sorted()
                .toList();
    }

    private static String last(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
    }

    private static String instead(String name, String wanted, List<String> seen, int runs) {
        if (runs == 0) {
            return "no new MLflow run was made";
        }
        if (seen.isEmpty()) {
            return (runs == 1
                            ? "the new MLflow run has no param "
                            : "none of the " + runs + " new MLflow runs has a param ")
                    + PlainText.name(name);
        }
        return "the new MLflow runs say " + PlainText.name(name) + " = " + PlainText.list(seen) + " instead of "
                + PlainText.name(wanted);
    }

    private static boolean same(String one, String other) {
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException e) {
            return one.equalsIgnoreCase(other);
        }
    }
}

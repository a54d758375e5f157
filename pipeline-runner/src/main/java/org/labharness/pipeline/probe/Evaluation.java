package org.labharness.pipeline.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.probe.table.Table;

/** What came out of a container in which a model was to predict. */
public sealed interface Evaluation {
    /** @param outputs a column for each value that a row got; nothing of it was checked beyond its form */
    record Predicted(Table outputs) implements Evaluation {}

    /** The model cannot be used: {@code words} are those of the evaluator or of the libraries below it. */
    record Unusable(Reason reason, String words) implements Evaluation {}

    /**
     * What a process writes of a model that it cannot use: the name of the reason in the first line, words below.
     *
     * @return empty where the text says nothing of the kind
     */
    static Optional<Unusable> unusable(String text) {
        String[] lines = text.split("\n", 2);
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(lines[0]))
                .map(reason -> new Unusable(reason, lines.length > 1 ? lines[1].strip() : ""))
                .findFirst();
    }

    /** The process ended before it had predicted: a limit, or a crash of a native library. */
    record Died(int exit, List<LimitHit> limits, LogExcerpt log) implements Evaluation {
        public Died {
            limits = List.copyOf(limits);
        }
    }

    /** The evaluator itself failed: no model is to blame. */
    record Broken(String words) implements Evaluation {}

    /** Why a model cannot be used; the names are those that the evaluator writes. */
    enum Reason {
        LOAD,
        INPUTS,
        PREDICT,
        OUTPUTS,
        OUTSIDE,
        VERSION
    }
}

package org.labharness.pipeline.probe;

import java.util.List;
import org.labharness.pipeline.evidence.LimitHit;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.probe.table.Table;

/** What came out of a container in which a model was to predict. */
public sealed interface Evaluation {
    /** @param outputs a column for each value that a row got; nothing of it was checked beyond its form */
    record Predicted(Table outputs) implements Evaluation {}

    /** The model cannot be used: {@code words} are those of the evaluator or of the libraries below it. */
    record Unusable(Reason reason, String words) implements Evaluation {}

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

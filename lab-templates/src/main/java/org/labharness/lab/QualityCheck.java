package org.labharness.lab;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks of what a model is really worth. The YAML name of each stands in its first sentence. */
public sealed interface QualityCheck extends CheckSpec {
    ModelReference model();

    @Override
    default Family family() {
        return model().tracked() ? Family.MLFLOW : Family.RUN;
    }

    @Override
    default Set<EvidenceRequest> needs() {
        Set<EvidenceRequest> needs = new HashSet<>(Set.of(new EvidenceRequest.PipelineRun()));
        if (model().tracked()) {
            needs.add(new EvidenceRequest.Tracking());
        }
        return needs;
    }

    /** With what the model predicts. */
    private static Set<EvidenceRequest> with(Set<EvidenceRequest> needs, ModelReference model, TestRows rows) {
        Set<EvidenceRequest> all = new HashSet<>(needs);
        all.add(new EvidenceRequest.Predictions(model, rows));
        return all;
    }

    /**
     * {@code hidden-score}: the model's quality on data that the submission never saw, in tiers.
     *
     * @param data id of the lab's hidden data
     * @param flavor the only kind of model that counts, such as {@code onnx}; null: any
     * @param tiers the value that has to be reached with what it earns, best first
     */
    record HiddenScore(
            ModelReference model,
            String data,
            QualityMetric metric,
            @Nullable String flavor,
            SortedMap<BigDecimal, Points> tiers)
            implements QualityCheck {
        public HiddenScore {
            Comparator<BigDecimal> best =
                    metric.higherIsBetter() ? Comparator.reverseOrder() : Comparator.naturalOrder();
            SortedMap<BigDecimal, Points> copy = new TreeMap<>(best);
            copy.putAll(tiers);
            tiers = Collections.unmodifiableSortedMap(copy);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return with(QualityCheck.super.needs(), model, new TestRows.Hidden(data));
        }
    }

    /**
     * {@code claim-holds}: what the submission says of its model is what the model shows, on data it never saw or on its own test rows.
     *
     * @param file the metrics file that makes the claim; null: the MLflow run that made the model
     * @param claimed name of the metric there
     * @param tolerance by how much the measured value may be worse; on the submission's own rows, where the same must come out again, by how
     *     much it may differ
     */
    record ClaimHolds(
            ModelReference model,
            TestRows rows,
            QualityMetric metric,
            @Nullable String file,
            String claimed,
            BigDecimal tolerance)
            implements QualityCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return with(QualityCheck.super.needs(), model, rows);
        }
    }

    /** {@code model-lineage}: a registered version leads back to a run of this grading, to the commit, and to the data. */
    record ModelLineage(ModelReference.Registered model) implements QualityCheck {}
}

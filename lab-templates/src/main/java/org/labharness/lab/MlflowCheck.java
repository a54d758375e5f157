package org.labharness.lab;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks of what a run tracked and registered in MLflow. The YAML name of each stands in its first sentence. */
public sealed interface MlflowCheck extends CheckSpec {
    @Override
    default Family family() {
        return Family.MLFLOW;
    }

    /** {@code mlflow-runs}: the run made at least so many finished MLflow runs. */
    record MlflowRuns(int min) implements MlflowCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Tracking());
        }
    }

    /**
     * {@code runs-carry}: the finished new runs carry these params and metrics, and a model artifact if asked.
     *
     * @param params names; empty with {@code minParams} 0: not asked
     * @param minParams at least so many params of any name
     * @param min how many runs must carry all of it; 0: every one
     */
    record RunsCarry(List<String> params, List<String> metrics, int minParams, int minMetrics, boolean model, int min)
            implements MlflowCheck {
        public RunsCarry {
            params = List.copyOf(params);
            metrics = List.copyOf(metrics);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Tracking());
        }
    }

    /** {@code registered-model}: a registered model (of this name, if one is given) has at least so many versions made by new runs. */
    record RegisteredModel(@Nullable String name, int minVersions) implements MlflowCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Tracking());
        }
    }

    /**
     * {@code metric-at-least}: the best value of a metric, in tiers. From a metrics file of the pipeline where {@code file} is given,
     * else from the new MLflow runs.
     *
     * @param tiers smallest value that earns the points, highest first; the first may earn all
     */
    record MetricAtLeast(@Nullable String file, String metric, SortedMap<BigDecimal, Points> tiers)
            implements MlflowCheck {
        public MetricAtLeast {
            SortedMap<BigDecimal, Points> copy = new TreeMap<>(java.util.Comparator.reverseOrder());
            copy.putAll(tiers);
            tiers = java.util.Collections.unmodifiableSortedMap(copy);
        }

        @Override
        public Family family() {
            return file == null ? Family.MLFLOW : Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return file == null
                    ? Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Tracking())
                    : Set.of(new EvidenceRequest.PipelineRun());
        }
    }
}

package org.labharness.lab;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The arguments of a check; one record a check, one evaluator a record. The YAML name of each stands in its first sentence. */
public sealed interface CheckSpec {
    Family family();

    Set<EvidenceRequest> needs();

    /** {@code files-present}: every path (glob patterns allowed) is committed and not empty. */
    record FilesPresent(List<String> paths) implements CheckSpec {
        public FilesPresent {
            paths = List.copyOf(paths);
        }

        @Override
        public Family family() {
            return Family.REPOSITORY;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree());
        }
    }

    /** {@code no-committed-environment}: no virtual environment, package cache or byte code is committed. */
    record NoCommittedEnvironment() implements CheckSpec {
        @Override
        public Family family() {
            return Family.REPOSITORY;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree());
        }
    }

    /** {@code no-secrets}: no password, token or key is committed. */
    record NoSecrets() implements CheckSpec {
        @Override
        public Family family() {
            return Family.REPOSITORY;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree());
        }
    }

    /** {@code environment-installs}: what the submission declares installs as declared, nothing set aside or guessed. */
    record EnvironmentInstalls() implements CheckSpec {
        @Override
        public Family family() {
            return Family.REPOSITORY;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /** Parts of a stage that a lab can require. */
    enum StagePart {
        DEPS,
        OUTS,
        PARAMS,
        METRICS
    }

    /**
     * {@code dvc-stages}: stages of these names, or at least so many of any name, each with the required parts. PARAMS and METRICS are
     * required of the pipeline, not of every stage.
     */
    record DvcStages(List<String> names, int min, Set<StagePart> require) implements CheckSpec {
        public DvcStages {
            names = List.copyOf(names);
            require = Set.copyOf(require);
        }

        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Pipelines());
        }
    }

    /** {@code reproduces}: these stages (none named: all) run from a clean clone. */
    record Reproduces(List<String> stages) implements CheckSpec {
        public Reproduces {
            stages = List.copyOf(stages);
        }

        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /** {@code lock-agrees}: dvc.lock is there and agrees with dvc.yaml, params and committed files, whatever the line endings. */
    record LockAgrees() implements CheckSpec {
        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Pipelines());
        }
    }

    /** {@code outputs-declared}: what the stages write is declared as outs, metrics or plots. */
    record OutputsDeclared() implements CheckSpec {
        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /**
     * {@code metrics-agree}: recorded metrics come out again when the pipeline is run.
     *
     * @param tolerance largest absolute difference of a value
     */
    record MetricsAgree(BigDecimal tolerance) implements CheckSpec {
        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /** {@code data-under-dvc}: these paths (none named: whatever data files there are) are tracked by DVC, not by Git. */
    record DataUnderDvc(List<String> paths) implements CheckSpec {
        public DataUnderDvc {
            paths = List.copyOf(paths);
        }

        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree(), new EvidenceRequest.Pipelines());
        }
    }

    /** {@code second-run-does-nothing}: {@code dvc repro} right after a successful one runs no stage. */
    record SecondRunDoesNothing() implements CheckSpec {
        @Override
        public Family family() {
            return Family.DVC;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.SecondRun());
        }
    }

    /** {@code mlflow-runs}: the run made at least so many finished MLflow runs. */
    record MlflowRuns(int min) implements CheckSpec {
        @Override
        public Family family() {
            return Family.MLFLOW;
        }

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
            implements CheckSpec {
        public RunsCarry {
            params = List.copyOf(params);
            metrics = List.copyOf(metrics);
        }

        @Override
        public Family family() {
            return Family.MLFLOW;
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Tracking());
        }
    }

    /** {@code registered-model}: a registered model (of this name, if one is given) has at least so many versions made by new runs. */
    record RegisteredModel(@Nullable String name, int minVersions) implements CheckSpec {
        @Override
        public Family family() {
            return Family.MLFLOW;
        }

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
            implements CheckSpec {
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

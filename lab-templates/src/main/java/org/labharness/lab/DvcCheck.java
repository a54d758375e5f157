package org.labharness.lab;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Checks of DVC pipelines. The YAML name of each stands in its first sentence. */
public sealed interface DvcCheck extends CheckSpec {
    @Override
    default Family family() {
        return Family.DVC;
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
    record DvcStages(List<String> names, int min, Set<StagePart> require) implements DvcCheck {
        public DvcStages {
            names = List.copyOf(names);
            require = Set.copyOf(require);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Pipelines());
        }
    }

    /** {@code reproduces}: these stages (none named: all) run from a clean clone. */
    record Reproduces(List<String> stages) implements DvcCheck {
        public Reproduces {
            stages = List.copyOf(stages);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /** {@code lock-agrees}: dvc.lock is there and agrees with dvc.yaml, params and committed files, whatever the line endings. */
    record LockAgrees() implements DvcCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Pipelines());
        }
    }

    /** {@code outputs-declared}: what the stages write is declared as outs, metrics or plots. */
    record OutputsDeclared() implements DvcCheck {
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
    record MetricsAgree(BigDecimal tolerance) implements DvcCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun());
        }
    }

    /** {@code data-under-dvc}: these paths (none named: whatever data files there are) are tracked by DVC, not by Git. */
    record DataUnderDvc(List<String> paths) implements DvcCheck {
        public DataUnderDvc {
            paths = List.copyOf(paths);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.Tree(), new EvidenceRequest.Pipelines());
        }
    }

    /** {@code second-run-does-nothing}: {@code dvc repro} right after a successful one runs no stage. */
    record SecondRunDoesNothing() implements DvcCheck {
        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.SecondRun());
        }
    }
}

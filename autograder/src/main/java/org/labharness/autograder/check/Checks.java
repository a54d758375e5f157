package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.CustomCheck;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.HistoryCheck;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.lab.MlflowCheck;
import org.labharness.lab.QualityCheck;
import org.labharness.lab.RepositoryCheck;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.Evidence;

/** Judges evidence by a lab's rubric. Pure: the same lab and evidence always give the same verdicts. */
public final class Checks {
    private Checks() {}

    /** The verdicts of all checks, in the lab's order. */
    public static List<Verdict> evaluate(Lab lab, Evidence evidence) {
        return lab.checks().stream()
                .map(check -> evaluate(check, lab, evidence))
                .toList();
    }

    /** The verdict of one check. */
    public static Verdict evaluate(Check check, Lab lab, Evidence evidence) {
        Case subject = new Case(check, lab.prices(), evidence, story(check, lab, evidence));
        if (lab.setsAside() && !Applicability.applies(check.spec(), evidence)) {
            return Ruling.setAside(Applicability.missing(check.spec().family())).verdict(check);
        }
        return Applicability.needsPipeline(check.spec(), evidence)
                .map(Ruling::absent)
                .orElseGet(() -> judge(check.spec(), subject))
                .verdict(check);
    }

    /** The check that tells of the whole run, so that the others need not. */
    private static @Nullable CheckId story(Check check, Lab lab, Evidence evidence) {
        return lab.checks().stream()
                .filter(other -> other.spec() instanceof DvcCheck.Reproduces all
                        && all.stages().isEmpty()
                        && !other.id().equals(check.id()))
                .filter(other -> !lab.setsAside() || Applicability.applies(other.spec(), evidence))
                .map(Check::id)
                .findFirst()
                .orElse(null);
    }

    /**
     * Why there is nothing to grade, for a lab that sets aside what does not apply: neither a DVC pipeline nor any use of MLflow.
     * Empty where there is something.
     */
    public static Optional<String> nothingToGrade(Lab lab, Evidence evidence) {
        return lab.setsAside() ? Applicability.nothing(evidence) : Optional.empty();
    }

    private static Ruling judge(CheckSpec spec, Case subject) {
        return switch (spec) {
            case RepositoryCheck.FilesPresent s -> FilesPresentRule.judge(s, subject);
            case RepositoryCheck.NoCommittedEnvironment s -> CommittedEnvironmentRule.judge(subject);
            case RepositoryCheck.NoSecrets s -> SecretsRule.judge(subject);
            case RepositoryCheck.EnvironmentInstalls s -> EnvironmentRule.judge(subject);
            case RepositoryCheck.NoHiddenRows s -> HiddenRowsRule.judge(s, subject);
            case DvcCheck.DvcStages s -> DvcStagesRule.judge(s, subject);
            case DvcCheck.Reproduces s -> ReproducesRule.judge(s, subject);
            case DvcCheck.LockAgrees s -> LockRule.judge(subject);
            case DvcCheck.OutputsDeclared s -> OutputsDeclaredRule.judge(subject);
            case DvcCheck.MetricsAgree s -> MetricsAgreeRule.judge(s, subject);
            case DvcCheck.DataUnderDvc s -> DataUnderDvcRule.judge(s, subject);
            case DvcCheck.SecondRunDoesNothing s -> SecondRunRule.judge(subject);
            case MlflowCheck.MlflowRuns s -> MlflowRunsRule.judge(s, subject);
            case MlflowCheck.RunsCarry s -> RunsCarryRule.judge(s, subject);
            case MlflowCheck.RegisteredModel s -> RegisteredModelRule.judge(s, subject);
            case MlflowCheck.MetricAtLeast s -> MetricTiersRule.judge(s, subject);
            case InterventionCheck.ParameterChange s -> SpreadRule.judge(s, subject);
            case InterventionCheck.CodeChange s -> SpreadRule.judge(s, subject);
            case InterventionCheck.ConfigRemoved s -> ConfigRule.judge(s, subject);
            case InterventionCheck.ConfigChange s -> ConfigRule.judge(s, subject);
            case InterventionCheck.DataSwapped s -> DataSwappedRule.judge(s, subject);
            case InterventionCheck.LabelsShuffled s -> LabelsShuffledRule.judge(s, subject);
            case InterventionCheck.CanariesLearnt s -> CanariesRule.judge(s, subject);
            case InterventionCheck.SeedRepeats s -> SeedRule.judge(s, subject);
            case InterventionCheck.OutputsRebuilt s -> RebuiltRule.judge(s, subject);
            case QualityCheck.HiddenScore s -> HiddenScoreRule.judge(s, subject);
            case QualityCheck.ClaimHolds s -> ClaimRule.judge(s, subject);
            case QualityCheck.ModelLineage s -> LineageRule.judge(s, subject);
            case ServiceCheck.ServiceReady s -> ServiceReadyRule.judge(s, subject);
            case ServiceCheck.ServiceContract s -> ServiceContractRule.judge(s, subject);
            case ServiceCheck.ServiceAnswers s -> ServiceAnswersRule.judge(s, subject);
            case ServiceCheck.ServiceAgrees s -> ServiceAgreesRule.judge(s, subject);
            case ServiceCheck.ServiceRefuses s -> ServiceRefusesRule.judge(s, subject);
            case ServiceCheck.ServiceLoad s -> ServiceLoadRule.judge(s, subject);
            case ServiceCheck.ServiceVersion s -> ServiceVersionRule.judge(s, subject);
            case ServiceCheck.ServiceMetrics s -> ServiceMetricsRule.judge(s, subject);
            case ServiceCheck.ClientFollows s -> ClientRule.judge(s, subject);
            case HistoryCheck.GitHistory s -> GitHistoryRule.judge(s, subject);
            case HistoryCheck.DataVersions s -> DataVersionsRule.judge(s, subject);
            case HistoryCheck.Experiments s -> ExperimentsRule.judge(s, subject);
            case CustomCheck.Custom s -> CustomRule.judge(s, subject);
        };
    }
}

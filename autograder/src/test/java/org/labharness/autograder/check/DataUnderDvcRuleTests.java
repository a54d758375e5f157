package org.labharness.autograder.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.lab.Check;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Points;
import org.labharness.lab.Severity;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.evidence.TreeFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;
import org.labharness.pipeline.preflight.FindingCode;

class DataUnderDvcRuleTests {
    private static final Check CHECK = SampleLab.check(new DvcCheck.DataUnderDvc(List.of()), 9, null);
    private static final long LARGE = 200_000;

    @Test
    void aLargeFileInGitIsDataOfTheStudents() {
        assertThat(judge("data/extra.csv").message()).contains("data/extra.csv is committed to Git");
    }

    @Test
    void filesOfACommittedEnvironmentAreNobodysData() {
        Verdict verdict = judge(
                "venv/Lib/site-packages/dateutil/zoneinfo.tar.gz",
                "venv/share/sample.npz",
                "venv/pyvenv.cfg",
                "node_modules/d3/flights.csv");

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void artifactsOfCommittedRunsAreNoDataOfThePipeline() {
        Verdict verdict = judge("mlruns/0/1d42/artifacts/model.pkl", "app/mlartifacts/1/9f/artifacts/table.csv");

        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void anOutputInGitCountsOnceAndIsNotAddedAgain() {
        Verdict verdict = judge("data/clean.csv");

        assertThat(verdict.message()).startsWith("data/clean.csv is committed to Git");
        assertThat(verdict.points()).isEqualTo(Points.of(6)); // beside it raw.csv and model.pkl
        assertThat(verdict.hint())
                .isEqualTo(
                        "git rm -r --cached data/clean.csv && dvc commit -f prepare, then commit, push and dvc push: stage"
                                + " prepare declares it as its output, so DVC keeps it already.");
    }

    @Test
    void aLinkToDataUnderDvcIsNoDataInGit() {
        Check named = SampleLab.check(new DvcCheck.DataUnderDvc(List.of("data/raw.csv")), 9, null);
        SampleEvidence evidence = SampleEvidence.with(sample -> {
            sample.files.add(new TreeFile("data/raw.csv", TreeFacts.Kind.SYMLINK, 12));
            return sample;
        });

        Verdict verdict = Checks.evaluate(named, SampleLab.of(List.of(named), false), evidence.build());

        assertThat(verdict.message()).isEqualTo("Under DVC, not in Git: data/raw.csv.");
        assertThat(verdict.points()).isEqualTo(verdict.of());
    }

    @Test
    void whatALinkLeadsToIsNotToBeGivenToDvc() {
        Check named = SampleLab.check(new DvcCheck.DataUnderDvc(List.of("data/more.csv")), 9, null);
        SampleEvidence evidence = SampleEvidence.with(sample -> {
            sample.files.add(new TreeFile("data/more.csv", TreeFacts.Kind.SYMLINK, 14));
            return sample;
        });

        Verdict verdict = Checks.evaluate(named, SampleLab.of(List.of(named), false), evidence.build());

        assertThat(verdict.hint())
                .startsWith("Take the symbolic link out (git rm data/more.csv) and put the data itself there;");
    }

    @Test
    void whoLeavesADependencyOutIsNotBetterOff() {
        SampleEvidence evidence = SampleEvidence.with(sample -> {
            for (String path : List.of("data/a.csv", "data/my b.csv", "data/c.csv", "data/other.csv", "data/few.csv")) {
                sample.files.add(SampleEvidence.file(path, path.contains("few") ? 500 : 45_000));
            }
            sample.findings.add(new Finding(
                    FindingCode.CODE_UNDECLARED_READ.code(),
                    Severity.ADVICE,
                    new Place("src/train.py", 4),
                    "src/train.py reads data/a.csv, data/my b.csv, data/few.csv, data/c.csv and more, which stage 'train' lists"
                            + " neither under 'deps:' nor under 'params:'.",
                    "Add it."));
            return sample;
        });

        Verdict verdict = Checks.evaluate(CHECK, SampleLab.of(List.of(CHECK), false), evidence.build());

        assertThat(verdict.message())
                .contains("data/a.csv is committed", "data/my b.csv is committed", "data/c.csv is committed")
                .doesNotContain("data/other.csv", "data/few.csv");
    }

    /** A submission whose data are under DVC, and which has these large files in Git. */
    private static Verdict judge(String... committed) {
        SampleEvidence evidence = SampleEvidence.with(sample -> {
            for (String path : committed) {
                sample.files.add(SampleEvidence.file(path, LARGE));
            }
            return sample;
        });
        return Checks.evaluate(CHECK, SampleLab.of(List.of(CHECK), false), evidence.build());
    }
}

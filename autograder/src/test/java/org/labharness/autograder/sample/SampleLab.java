package org.labharness.autograder.sample;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.CheckSpec;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.DvcCheck.StagePart;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Form;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.Limits;
import org.labharness.lab.MlflowCheck;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.lab.RepositoryCheck;
import org.labharness.lab.RunSpec;

/** A lab that asks for one check of every kind. */
public final class SampleLab {
    private SampleLab() {}

    /** Every check of the catalogue, 10 points each. */
    public static List<Check> everyCheck() {
        List<Check> checks = new ArrayList<>();
        add(
                checks,
                "files",
                "What has to be there is there",
                new RepositoryCheck.FilesPresent(List.of("README.md", "src/*.py")));
        add(checks, "environment", "No environment is committed", new RepositoryCheck.NoCommittedEnvironment());
        add(checks, "secrets", "No secret is committed", new RepositoryCheck.NoSecrets());
        add(checks, "requirements", "The requirements install", new RepositoryCheck.EnvironmentInstalls());
        add(
                checks,
                "stages",
                "Three stages",
                new DvcCheck.DvcStages(List.of("prepare", "train", "evaluate"), 0, EnumSet.allOf(StagePart.class)));
        add(checks, "runs", "The pipeline runs from a clean clone", new DvcCheck.Reproduces(List.of()));
        add(checks, "lock", "dvc.lock belongs to this commit", new DvcCheck.LockAgrees());
        add(checks, "outputs", "What the stages write is declared", new DvcCheck.OutputsDeclared());
        add(checks, "metrics", "The metrics come out again", new DvcCheck.MetricsAgree(new BigDecimal("0.005")));
        add(checks, "data", "Data is under DVC", new DvcCheck.DataUnderDvc(List.of("data/raw.csv")));
        add(checks, "second-run", "A second run does nothing", new DvcCheck.SecondRunDoesNothing());
        add(checks, "tracked", "Three MLflow runs", new MlflowCheck.MlflowRuns(3));
        add(
                checks,
                "logged",
                "Runs carry params, metrics and a model",
                new MlflowCheck.RunsCarry(List.of("seed"), List.of("macro_f1"), 3, 2, true, 0));
        add(checks, "registered", "Two versions are registered", new MlflowCheck.RegisteredModel("bean-sorter", 2));
        add(
                checks,
                "quality",
                "Macro F1",
                new MlflowCheck.MetricAtLeast(
                        "metrics/scores.json",
                        "macro_f1",
                        new TreeMap<>(Map.of(
                                new BigDecimal("0.9"), Points.of(10),
                                new BigDecimal("0.8"), Points.of(7),
                                new BigDecimal("0.6"), Points.of(3)))));
        return checks;
    }

    public static Lab of(List<Check> checks, boolean setsAside) {
        return new Lab(
                LabId.parse("sample"),
                "A sample of everything",
                checks.stream().map(Check::points).reduce(Points.ZERO, Points::plus),
                null,
                EnvironmentSpec.OF_THE_SUBMISSION,
                Limits.DEFAULT,
                List.of(),
                new RunSpec.Dvc(List.of()),
                Prices.DEFAULT,
                setsAside,
                checks,
                Path.of("sample"),
                "cd".repeat(32));
    }

    /** The same lab, part of whose points people give. */
    public static Lab withForm(Form form) {
        Lab lab = of(everyCheck(), false);
        return new Lab(
                lab.id(),
                lab.title(),
                lab.points().plus(form.points()),
                lab.opens(),
                lab.environment(),
                lab.limits(),
                lab.inputs(),
                lab.hidden(),
                lab.run(),
                lab.prices(),
                lab.setsAside(),
                lab.checks(),
                form,
                lab.folder(),
                lab.digest());
    }

    public static Check check(CheckSpec spec, long points, @Nullable String hint) {
        return new Check(CheckId.parse("check"), "A check", Points.of(points), spec, hint);
    }

    private static void add(List<Check> checks, String id, String title, CheckSpec spec) {
        checks.add(new Check(CheckId.parse(id), title, Points.of(10), spec, null));
    }
}

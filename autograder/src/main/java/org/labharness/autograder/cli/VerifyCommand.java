package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.verify.LabProof;
import org.labharness.autograder.verify.LabVerifier;
import org.labharness.autograder.verify.ProofTable;
import org.labharness.autograder.verify.SampleGrader;
import org.labharness.autograder.verify.SampleResult;
import org.labharness.lab.Lab;
import org.labharness.lab.load.BundledLabs;
import org.labharness.lab.load.SampleLoader;
import org.labharness.lab.sample.Sample;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SystemBroke;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab verify}. */
@Command(
        name = "verify",
        description =
                "Proves a lab by really grading its samples: the solution gets full marks, the starter what the lab says, each"
                        + " faulty submission exactly its expected points, and every check is lost by one that keeps all others.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab verify dvc-pipeline",
            "  ./lab verify labs/my-lab",
            "  ./lab verify labs/my-lab --sample solution --sample no-report",
            "  ./lab verify all --parallel 2",
            "",
            "Exit codes: 0 proved, 2 not proved or an invalid lab, 4 the system broke."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Parameters(
            paramLabel = "LAB|PATH|all",
            description = "A bundled lab's id, a folder with a lab.yaml, or all bundled labs.")
    private String lab = "";

    @Option(
            names = "--sample",
            paramLabel = "NAME",
            description = "Grade only this sample: solution, starter or a faulty submission's name. Repeatable.")
    private Set<String> samples = new LinkedHashSet<>();

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    VerifyCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        int atOnce = parallel.atOnce();
        if (lab.equals("all") && !samples.isEmpty()) {
            throw new WrongUse("--sample names samples of one lab. Name that lab instead of 'all'.");
        }
        List<String> labs = lab.equals("all") ? BundledLabs.ids() : List.of(lab);
        if (nothingToProve()) {
            return ExitCode.DONE.code();
        }
        labs.forEach(name -> refuseUnknownSamples(LabOption.load(settings, name))); // before anything is started
        List<LabProof> proofs = new ArrayList<>();
        try (ConsoleProgress progress = console.progress();
                Harness harness = Harness.start(settings, sandbox)) {
            LabVerifier verifier =
                    new LabVerifier(grader(harness, progress), settings.home().resolve("verify"), atOnce);
            for (String name : labs) {
                LabProof proof =
                        verifier.verify(LabOption.folder(settings, name), samples, result -> heard(progress, result));
                proofs.add(proof);
                console.out().print(ProofTable.render(proof));
                console.out().flush();
            }
        }
        return (proofs.stream().allMatch(LabProof::holds) ? ExitCode.DONE : ExitCode.USAGE).code();
    }

    /** A form measures nothing by itself: it needs no samples, and no engine. */
    private boolean nothingToProve() {
        if (lab.equals("all")) {
            return false;
        }
        Lab loaded = LabOption.load(settings, lab);
        if (!loaded.byPeopleAlone()) {
            return false;
        }
        if (!samples.isEmpty()) {
            throw new WrongUse("The lab '" + loaded.id() + "' has no samples: people give all of its points.");
        }
        console.out().println(loaded.id() + ": " + loaded.title());
        console.out().println("  nothing to prove: people give all of its points, and its form is valid.");
        console.out().flush();
        return true;
    }

    private void refuseUnknownSamples(Lab loaded) {
        List<String> known =
                SampleLoader.load(loaded).stream().map(Sample::name).toList();
        samples.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new WrongUse("The lab '" + loaded.id() + "' has no sample '" + name + "'. It has: "
                    + String.join(", ", known) + ".");
        });
    }

    private static void heard(ConsoleProgress progress, SampleResult result) {
        progress.ended(result.sample().name(), result.asExpected() ? "as expected" : "not as expected");
    }

    private static SampleGrader grader(Harness harness, ConsoleProgress progress) {
        return new SampleGrader() {
            @Override
            public Graded grade(Lab lab, Path repository) {
                String name = String.valueOf(repository.getFileName());
                Progress heard = progress.of(name);
                Outcome outcome =
                        harness.grade(new GradeRequest(name, new Source(repository.toString(), null), lab), heard);
                progress.forget(name);
                return switch (outcome) {
                    case Outcome.Graded graded ->
                        new SampleGrader.Scored(graded.scorecard().verdicts(), graded.evidence());
                    case Outcome.Refused refused ->
                        new SampleGrader.Refused(refused.reason().code(), refused.message());
                    case Outcome.Broken broken -> throw new SystemBroke(broken.reason(), broken.message());
                };
            }

            @Override
            public Path hidden(Lab lab, String data) {
                return harness.hidden(lab, data);
            }
        };
    }
}

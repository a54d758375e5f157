package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.demo.DemoClass;
import org.labharness.autograder.demo.DemoClass.HandIn;
import org.labharness.autograder.demo.DemoCourse;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.report.HtmlReport;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.report.TerminalReport;
import org.labharness.autograder.report.TerminalStyle;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.autograder.transcript.GradebookTable;
import org.labharness.lab.load.CourseLoader;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SystemBroke;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab demo}. */
@Command(
        name = "demo",
        description =
                "Really grades a bundled class: student repositories of four labs, good ones and every common way of going"
                        + " wrong. Prints a table student x lab and writes the class's HTML report.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab demo",
            "  ./lab demo --html report --parallel 1",
            "",
            "The first time it sets up what is missing: engine, images, program."
        })
final class DemoCommand implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Option(
            names = "--html",
            paramLabel = "DIR",
            description = "Where the report goes. Default: demo-report in the state folder.")
    private @Nullable Path html;

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    DemoCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        int atOnce = parallel.atOnce();
        long start = System.nanoTime();
        List<HandIn> handIns =
                DemoClass.build(LabOption.bundled(settings), settings.home().resolve("demo"));
        console.err()
                .println("Grading " + handIns.size() + " repositories of "
                        + DemoClass.labs().size() + " labs, " + atOnce + " at once.");
        List<Outcome> outcomes;
        try (ConsoleProgress progress = console.progress();
                Harness harness = Harness.start(settings, sandbox)) {
            outcomes = grade(handIns, harness, progress);
        }
        Path report = HtmlReport.write(
                html == null ? settings.home().resolve("demo-report") : html, "The demo's class", outcomes);
        console.out().println();
        console.out().print(TerminalReport.table(outcomes, new TerminalStyle(console.outTerminal(), console.width())));
        console.out().println();
        Path pages = gradebook(handIns, outcomes, report.resolveSibling("gradebook"));
        console.out().println();
        console.out().println("Report: " + report.toAbsolutePath());
        console.out().println("Gradebook: " + pages.toAbsolutePath());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        console.out()
                .println(String.format(
                        Locale.ROOT, "%d submissions graded in %.0f s.", outcomes.size(), took.toMillis() / 1000.0));
        console.out().flush();
        return outcomes.stream().anyMatch(Outcome.Broken.class::isInstance)
                ? ExitCode.SYSTEM_BROKE.code()
                : ExitCode.DONE.code();
    }

    /** What the course makes of it, with the marks that people gave; as pages too, of which it gives the first. */
    private Path gradebook(List<HandIn> handIns, List<Outcome> outcomes, Path directory) {
        Path folder = settings.home().resolve("demo-course");
        try (Database database = Database.open(DatabaseAddress.file(settings.home()))) {
            DemoCourse course =
                    DemoCourse.begin(LabOption.bundled(settings), folder, database, settings.archive(), Version.NUMBER);
            for (int i = 0; i < handIns.size(); i++) {
                HandIn handIn = handIns.get(i);
                course.file(handIn.student(), handIn.lab(), outcomes.get(i), handIn.at());
            }
            course.mark();
            LedgerStore.Facts facts = course.facts();
            Gradebook book = course.gradebook(facts.ledger());
            console.out().print(GradebookTable.of(book, console.width()));
            console.out()
                    .println("Why somebody has what they have: ./lab gradebook --course "
                            + folder.resolve(CourseLoader.FILE) + " --explain student-11");
            return new GradebookFiles(book, facts.current(), new VerdictStore(database)).html(directory);
        }
    }

    private List<Outcome> grade(List<HandIn> handIns, Harness harness, ConsoleProgress progress) {
        try (ExecutorService workers = Executors.newFixedThreadPool(parallel.atOnce())) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (HandIn handIn : handIns) {
                running.add(workers.submit(() -> grade(handIn, harness, progress)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The demo was interrupted.", interrupted);
        } catch (ExecutionException problem) {
            throw problem.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(problem);
        }
    }

    private static Outcome grade(HandIn handIn, Harness harness, ConsoleProgress progress) {
        String name = handIn.student() + " " + handIn.lab().id();
        Outcome outcome = harness.grade(
                new GradeRequest(
                        handIn.student(), new Source(handIn.repository().toString(), null), handIn.lab()),
                progress.of(name));
        progress.ended(name, words(outcome));
        return outcome;
    }

    static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Graded graded -> "graded: " + graded.scorecard().describe();
            case Outcome.Refused refused -> "refused: " + refused.message();
            case Outcome.Broken broken -> "the system broke: " + broken.message();
        };
    }
}

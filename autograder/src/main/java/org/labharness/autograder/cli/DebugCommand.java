package org.labharness.autograder.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.Freezer.Thawed;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.Lab;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;
import org.labharness.lab.RunSpec;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.RunPlan;
import org.labharness.pipeline.SystemBroke;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab debug}. */
@Command(
        name = "debug",
        description =
                "A shell in the sandbox in which a submission's stages run: its commit, data, environment, tracking server and limits, without"
                        + " network. Nothing of it is judged or kept.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab debug --course mlops/course.yaml 17",
            "  ./lab debug 17 --time 3h",
            "  ./lab debug 17 -- python src/train.py         one command, its exit code is this one's",
            "",
            "The numbers of submissions are in ./lab status and in the answers of pushes.",
            "",
            "Exit codes: that of the shell; 2 wrong use, 3 submission refused, 4 the system broke."
        })
final class DebugCommand implements Callable<Integer> {
    private static final long LONGEST_HOURS = 24;
    private static final Duration APPEARS = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Parameters(index = "0", paramLabel = "SUBMISSION", description = "Its number.")
    private long number;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "What to run in the place of a shell; put -- before it.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = "--time",
            paramLabel = "T",
            defaultValue = "1h",
            description = "After so long it is ended, such as 30m or 3h. Default: ${DEFAULT-VALUE}.")
    private String time = "1h";

    @Mixin
    private SandboxOptions sandbox = new SandboxOptions();

    DebugCommand(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Duration longest = time();
        Course course = options.load(settings);
        InstantSource clock = InstantSource.system();
        SubmissionFact submission;
        try (Database database = options.openWithStore(settings, console)) {
            submission = new SubmissionStore(database)
                    .fact(course.id(), number)
                    .orElseThrow(() -> new WrongUse(
                            "The course " + course.id() + " has no submission " + number + ". See ./lab status."));
        }
        String bundle = submission.bundle();
        if (bundle == null) {
            throw new WrongUse("Nothing is kept of submission " + number + " that could run.");
        }
        Lab lab = LabLoader.load(Objects.requireNonNull(
                CourseOptions.lab(course, submission.lab().value()).lab(), "a lab that something is handed in for"));
        Freezer freezer = new Freezer(settings.archive(), settings.variables(), clock);
        String name = "debug-" + number + "-" + ProcessHandle.current().pid();
        try (Thawed thawed = freezer.thaw(submission, bundle);
                Harness harness = Harness.start(settings, sandbox)) {
            RunPlan plan = new RunPlan(name, thawed.source(), waiting(lab, longest), clock.instant());
            return shell(harness, plan, name, lab.limits());
        }
    }

    private Duration time() {
        if (!time.matches("[1-9][0-9]{0,3}[mh]")) {
            throw new WrongUse("--time takes minutes or hours such as 30m or 3h, not '" + time + "'.");
        }
        long amount = Long.parseLong(time.substring(0, time.length() - 1));
        Duration asked = time.endsWith("h") ? Duration.ofHours(amount) : Duration.ofMinutes(amount);
        if (asked.toHours() > LONGEST_HOURS) {
            throw new WrongUse("--time takes at most " + LONGEST_HOURS + "h, not " + time + ".");
        }
        return asked;
    }

    /** The lab with a stage that does nothing, under its own limits but that of time. */
    private static Lab waiting(Lab lab, Duration longest) {
        Limits limits = lab.limits();
        return lab.running(
                new RunSpec.Commands(List.of("sleep " + longest.toSeconds())),
                new Limits(
                        longest.multipliedBy(2), // who waits computes nothing, and is ended when half of it has passed
                        limits.memory(),
                        limits.disk(),
                        limits.processes(),
                        limits.cpus(),
                        Memory.parse("64MiB")));
    }

    private int shell(Harness harness, RunPlan plan, String name, Limits limits) {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        try (ConsoleProgress progress = console.progress()) {
            Progress shown = progress.of("");
            Thread.ofPlatform().daemon().name("debugged").start(() -> run(harness, plan, shown, begun));
            begun.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Waiting for the sandbox was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
        console.err()
                .println("In /work lies what the commit holds and what was fetched; /env is its Python. Limits: "
                        + limits.memory() + ", " + limits.cpus() + " processors, no network. End it with exit.");
        return enter(container(name));
    }

    /** Until the shell has ended, which closes the harness under it. */
    private static void run(Harness harness, RunPlan plan, Progress shown, CompletableFuture<Boolean> begun) {
        try {
            harness.run(plan, event -> {
                if (event instanceof Progress.Event.StageStarted) {
                    begun.complete(true);
                } else if (!begun.isDone()) {
                    shown.on(event);
                }
            });
            begun.completeExceptionally(
                    new SystemBroke(Breakdown.INTERNAL, "The sandbox ended before its stage began."));
        } catch (RuntimeException problem) {
            // The edge of this thread: whoever waits for the sandbox is told; after the shell nobody is.
            begun.completeExceptionally(problem);
        }
    }

    /** It begins to run just after its stage is told. */
    private static String container(String name) {
        long end = System.nanoTime() + APPEARS.toNanos();
        while (true) {
            String found = containers(name);
            if (!found.isEmpty()) {
                return found.lines().findFirst().orElseThrow();
            }
            if (System.nanoTime() > end) {
                throw new SystemBroke(
                        Breakdown.ENGINE_FAILED,
                        "The sandbox's container did not appear within " + APPEARS.toSeconds() + " s.");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static String containers(String name) {
        try {
            Process process = new ProcessBuilder(
                            "docker",
                            "ps",
                            "-q",
                            "--filter",
                            "label=org.labharness.submission=" + name,
                            "--filter",
                            "label=org.labharness.role=stage")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new SystemBroke(Breakdown.ENGINE_FAILED, "The engine's program docker failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.ENGINE_FAILED,
                    "./lab debug needs the program docker on PATH to enter the sandbox: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "Waiting for the engine was interrupted.", e);
        }
    }

    private int enter(String container) {
        List<String> line = new ArrayList<>(List.of("docker", "exec", "--interactive", "--workdir", "/work"));
        if (console.outTerminal() && console.errTerminal() && command.isEmpty()) {
            line.add("--tty");
        }
        line.add(container);
        line.addAll(
                command.isEmpty()
                        ? List.of("sh", "-c", "command -v bash > /dev/null && exec bash || exec sh")
                        : command);
        try {
            console.out().flush();
            return new ProcessBuilder(line).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.ENGINE_FAILED, "The sandbox cannot be entered: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The shell was interrupted.", e);
        }
    }
}

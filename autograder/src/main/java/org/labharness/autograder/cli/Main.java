package org.labharness.autograder.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.serve.InvalidSettings;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.load.InvalidDescription;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.PipelineRunner;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry of every command that needs Java; {@code ./lab} calls it. */
@Command(
        name = "lab",
        description =
                "Grades MLOps labs: runs a student's DVC/MLflow pipeline in a sandbox and says what it is worth, and why.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./lab demo", "  ./lab grade ../student-repo --lab dvc-pipeline", "  ./lab grade --help"},
        version = "MLOps lab harness " + Version.NUMBER)
public final class Main implements Callable<Integer> {
    private static final Map<String, BiFunction<Console, Settings, Object>> COMMANDS = commands();
    /** Of a sentence that may quote what others wrote. */
    private static final int LONGEST = 2_000;

    private static final Set<String> GRADING = Set.of("grade", "verify", "demo", "batch", "worker", "serve");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] arguments) {
        chooseLog(arguments);
        Console console = Console.ofProcess();
        Settings settings = Settings.ofProcess();
        Ending ending = Ending.watch(console);
        Thread.setDefaultUncaughtExceptionHandler(new BackgroundFailures(
                InstantSource.system(), problem -> console.err().println(unforeseen(settings, problem))));
        if (arguments.length > 1 && GRADING.contains(arguments[0])) {
            PipelineRunner.warmUp(settings.variables());
        }
        int code = run(console, settings, arguments);
        console.out().flush();
        ending.exit(code);
    }

    /** The terminal of a command is its own; a server's log goes where whoever runs it wants it. Chosen before anybody logs. */
    private static void chooseLog(String... arguments) {
        boolean serves = arguments.length > 0 && arguments[0].equals("serve");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty(
                "slf4j.provider",
                serves ? "ch.qos.logback.classic.spi.LogbackServiceProvider" : "org.slf4j.nop.NOPServiceProvider");
    }

    /** Runs one command and gives its exit code; never throws for what a command reports. */
    static int run(Console console, Settings settings, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        called(arguments).forEach(command -> line.addSubcommand(command.apply(console, settings)));
        line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((problem, given) -> wrongUse(console, problem));
        line.setExecutionExceptionHandler((problem, command, given) -> failed(console, settings, problem));
        try {
            return line.execute(arguments);
        } catch (Error problem) {
            // The edge of the program: a stack or a heap that is used up is reported like everything else.
            return say(console, unforeseen(settings, problem), ExitCode.SYSTEM_BROKE);
        }
    }

    private static Map<String, BiFunction<Console, Settings, Object>> commands() {
        Map<String, BiFunction<Console, Settings, Object>> commands = new LinkedHashMap<>();
        commands.put("grade", GradeCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("collect", CollectCommand::new);
        commands.put("batch", BatchCommand::new);
        commands.put("worker", WorkerCommand::new);
        commands.put("debug", DebugCommand::new);
        commands.put("submit", SubmitCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("new-course", NewCourseCommand::new);
        commands.put("roster", RosterCommand::new);
        commands.put("gradebook", GradebookCommand::new);
        commands.put("challenge", ChallengeCommand::line);
        commands.put("mark", MarkCommand::new);
        commands.put("override", OverrideCommand::new);
        commands.put("regrade", RegradeCommand::new);
        commands.put("release", ReleaseCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("gc", GcCommand::new);
        commands.put("forget", ForgetCommand::new);
        commands.put("token", TokenCommand::line);
        commands.put("serve", ServeCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("doctor", DoctorCommand::new);
        return commands;
    }

    /** The one that is called; all of them where none is. Looking at their annotations takes each a hundredth of a second. */
    private static Collection<BiFunction<Console, Settings, Object>> called(String... arguments) {
        BiFunction<Console, Settings, Object> one = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        return one == null ? COMMANDS.values() : List.of(one);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }

    private static int wrongUse(Console console, ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
        console.err().println(problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, console.err());
        console.err().println("See ./" + command + " --help for what it takes, with examples.");
        return ExitCode.USAGE.code();
    }

    /** The edge where every failure of a command becomes one sentence and an exit code. */
    private static int failed(Console console, Settings settings, Exception problem) {
        Ending.awaitEndWhereInterrupted();
        return switch (problem) {
            case InvalidDescription invalid -> say(console, words(invalid), ExitCode.USAGE);
            case WrongUse wrong -> say(console, words(wrong), ExitCode.USAGE);
            case InvalidTable invalid -> say(console, words(invalid), ExitCode.USAGE);
            case InvalidSettings invalid -> say(console, words(invalid), ExitCode.USAGE);
            case SubmissionRefused refused ->
                say(
                        console,
                        "Refused (" + refused.code().code() + "): " + PlainText.line(words(refused), LONGEST),
                        ExitCode.SUBMISSION_REFUSED);
            case SystemBroke broke ->
                say(console, broke(broke.code(), PlainText.line(words(broke), LONGEST)), ExitCode.SYSTEM_BROKE);
            default -> say(console, unforeseen(settings, problem), ExitCode.SYSTEM_BROKE);
        };
    }

    private static String words(Exception problem) {
        return String.valueOf(problem.getMessage());
    }

    private static String unforeseen(Settings settings, Throwable problem) {
        return new StateDisk(settings.home())
                .full()
                .map(sentence -> broke(Breakdown.DISK_FULL, sentence))
                .orElseGet(() -> BugReport.write(problem, settings.home()).sentence());
    }

    private static String broke(Breakdown code, String sentence) {
        return "The system broke (" + code.code() + "): " + sentence;
    }

    private static int say(Console console, String sentence, ExitCode code) {
        console.out().flush();
        console.err().println(sentence.strip());
        return code.code();
    }
}

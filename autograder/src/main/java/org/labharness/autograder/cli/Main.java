package org.labharness.autograder.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.labharness.lab.load.InvalidLab;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry of every command that needs Java; {@code ./lab} calls it. */
@Command(
        name = "lab",
        description =
                "Grades MLOps labs: runs a student's DVC/MLflow pipeline in a sandbox and says what it is worth, and why.",
        mixinStandardHelpOptions = true,
        version = "MLOps lab harness " + Version.NUMBER)
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        int code = run(console, arguments);
        console.out().flush();
        System.exit(code);
    }

    /** Runs one command and gives its exit code; never throws for what a command reports. */
    static int run(Console console, String... arguments) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new GradeCommand(console))
                .addSubcommand(new InspectCommand(console))
                .addSubcommand(new VerifyCommand(console))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new BenchCommand(console))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((problem, given) -> wrongUse(console, problem));
        line.setExecutionExceptionHandler((problem, command, given) -> failed(console, problem));
        return line.execute(arguments);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }

    private static int wrongUse(Console console, ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
        console.err().println(problem.getMessage());
        console.err().println("See ./" + command + " --help for what it takes, with examples.");
        return ExitCode.USAGE.code();
    }

    /** The edge where every failure of a command becomes one sentence and an exit code. */
    private static int failed(Console console, Exception problem) {
        return switch (problem) {
            case InvalidLab invalid -> say(console, words(invalid), ExitCode.USAGE);
            case WrongUse wrong -> say(console, words(wrong), ExitCode.USAGE);
            case SubmissionRefused refused ->
                say(
                        console,
                        "Refused (" + refused.code().code() + "): " + refused.getMessage(),
                        ExitCode.SUBMISSION_REFUSED);
            case SystemBroke broke ->
                say(
                        console,
                        "The system broke (" + broke.code().code() + "): " + broke.getMessage(),
                        ExitCode.SYSTEM_BROKE);
            default -> {
                BugReport report = BugReport.write(problem);
                yield say(console, report.sentence(), ExitCode.SYSTEM_BROKE);
            }
        };
    }

    private static String words(Exception problem) {
        return String.valueOf(problem.getMessage());
    }

    private static int say(Console console, String sentence, ExitCode code) {
        console.out().flush();
        console.err().println(sentence.strip());
        return code.code();
    }
}

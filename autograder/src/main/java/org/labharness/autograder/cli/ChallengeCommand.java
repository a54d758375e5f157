package org.labharness.autograder.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./lab challenge}: what it does is in the commands below it. */
@Command(
        name = "challenge",
        description =
                "Holds a data challenge: predictions against hidden labels, a public board until the close, a private one after"
                        + " it, and points for the course.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab challenge check",
            "  ./lab challenge submit predictions.csv --student CS21B001",
            "  ./lab challenge board --html board.html",
            "  ./lab challenge award --apply",
            "",
            "Exit codes: 0 done, 2 wrong use or an invalid challenge, 3 refused, 4 the system broke."
        })
final class ChallengeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ChallengeCommand() {}

    /** With all that it can do. */
    static Object line(Console console, Settings settings) {
        return new CommandLine(new ChallengeCommand())
                .addSubcommand(new ChallengeCheck(console, settings))
                .addSubcommand(new ChallengeSubmit(console, settings))
                .addSubcommand(new ChallengeBoard(console, settings))
                .addSubcommand(new ChallengeEntries(console, settings))
                .addSubcommand(new ChallengeChoose(console, settings))
                .addSubcommand(new ChallengeAward(console, settings))
                .addSubcommand(new ChallengeImport(console, settings))
                .addSubcommand(new ChallengeRescore(console, settings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }
}

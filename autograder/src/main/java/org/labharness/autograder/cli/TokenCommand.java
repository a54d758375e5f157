package org.labharness.autograder.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./lab token}: what it does is in the commands below it. */
@Command(
        name = "token",
        description =
                "Gives out the tokens by which students, staff and pipelines speak to ./lab serve: the password of a git push, the"
                        + " key of a request. Only a digest of each is kept, so that it is shown once.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab token issue --student CS21B001",
            "  ./lab token issue --all-students --csv tokens.csv     one for each who has none yet",
            "  ./lab token list",
            "  ./lab token revoke k7f3m2qd",
            "",
            "Exit codes: 0 done, 2 wrong use, 4 the system broke."
        })
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TokenCommand() {}

    /** With all that it can do. */
    static Object line(Console console, Settings settings) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenIssue(console, settings))
                .addSubcommand(new TokenList(console, settings))
                .addSubcommand(new TokenRevoke(console, settings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE.code();
    }
}

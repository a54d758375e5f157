package org.labharness.autograder.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.labharness.autograder.intake.Receipt;
import org.labharness.autograder.store.Database;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./lab challenge rescore}. */
@Command(
        name = "rescore",
        description =
                "Measures every entry by the labels and metrics as they are now, after a label was corrected. Earlier scores are kept.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./lab challenge rescore --challenge wine"})
final class ChallengeRescore implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    ChallengeRescore(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        Venue.Here here = ChallengeOptions.here(challenge);
        try (Database database = options.open(settings, console)) {
            Receipt.Rescored done = ChallengeOptions.intake(settings, database, course, challenge, here)
                    .rescore();
            console.out()
                    .println(done.entries() + (done.entries() == 1 ? " entry was" : " entries were")
                            + " measured anew.");
            tell(console.out(), done.lost());
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    /** Says which entries nothing can be said of any more. */
    static void tell(PrintStream out, List<Long> lost) {
        if (!lost.isEmpty()) {
            out.println("Not measured: " + lost.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + ", and so left out. Their files are not in the state folder any more, damaged, or do not fit the"
                    + " labels. What a backup holds of them comes back with ./lab restore.");
        }
    }
}

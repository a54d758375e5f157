package org.labharness.autograder.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.labharness.autograder.intake.ChallengeIntake;
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
            Receipt.Rescored done = new ChallengeIntake(
                            database, course, challenge, here, StateFolder.made(settings), InstantSource.system())
                    .rescore();
            console.out()
                    .println(done.entries() + (done.entries() == 1 ? " entry was" : " entries were")
                            + " measured anew.");
            if (!done.lost().isEmpty()) {
                console.out()
                        .println("Not measured: "
                                + done.lost().stream().map(String::valueOf).collect(Collectors.joining(", "))
                                + ". Their files are not in the state folder any more, or do not fit the labels.");
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }
}

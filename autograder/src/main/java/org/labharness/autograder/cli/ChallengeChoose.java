package org.labharness.autograder.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.labharness.autograder.challenge.Entrants;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.intake.ChallengeIntake;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab challenge choose}. */
@Command(
        name = "choose",
        description =
                "Chooses by which entries a team wants to be measured, until the close, in place of what it chose before; none to"
                        + " choose nothing.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./lab challenge choose 17 23 --student CS21B001"})
final class ChallengeChoose implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    @Parameters(arity = "0..*", paramLabel = "ENTRY", description = "Numbers of entries.")
    private List<Long> chosen = new ArrayList<>();

    @Option(names = "--student", paramLabel = "ID", required = true, description = "Who chooses.")
    private String student = "";

    ChallengeChoose(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant();
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        Venue.Here here = ChallengeOptions.here(challenge);
        if (!(here.finals() instanceof Finals.Chosen(int most))) {
            throw new WrongUse("In " + challenge.id() + " nobody chooses: challenge.yaml has no 'final: {chosen: 2}'.");
        }
        if (chosen.size() > most || chosen.stream().distinct().count() < chosen.size()) {
            throw new WrongUse("Choose up to " + most + " different entries, not " + chosen.size() + ".");
        }
        if (!challenge.takes(now)) {
            console.err()
                    .println("Refused (challenge-closed): " + challenge.title()
                            + " is not open, so nothing can be chosen.");
            return ExitCode.SUBMISSION_REFUSED.code();
        }
        try (Database database = options.open(settings, console)) {
            Student who = CourseOptions.student(new RosterStore(database).read(course.id()), student);
            Owner owner = Entrants.of(challenge, who);
            ChallengeIntake intake = ChallengeOptions.intake(settings, database, course, challenge, here);
            List<Long> own = intake.entries().stream()
                    .filter(entry -> entry.owner().equals(owner))
                    .map(Entry::id)
                    .toList();
            Optional<Long> foreign =
                    chosen.stream().filter(one -> !own.contains(one)).findFirst();
            if (foreign.isPresent()) {
                throw new WrongUse(owner.id() + " has no entry " + foreign.get()
                        + (own.isEmpty()
                                ? " and no other."
                                : "; there " + (own.size() == 1 ? "is " : "are ")
                                        + own.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "."));
            }
            intake.store().choose(owner, chosen, who.id(), now);
            console.out()
                    .println(owner.id()
                            + (chosen.isEmpty()
                                    ? " has chosen nothing: the best " + most + " in public stand in."
                                    : " is measured by "
                                            + chosen.stream()
                                                    .map(one -> "entry " + one)
                                                    .collect(Collectors.joining(" and "))
                                            + (chosen.size() < most ? ", and by its best in public beside" : "")
                                            + "."));
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }
}

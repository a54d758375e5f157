package org.labharness.autograder.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.labharness.autograder.challenge.Awarded;
import org.labharness.autograder.challenge.Awards;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.FinalStanding;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.Outcome;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Results;
import org.labharness.autograder.challenge.Yardsticks;
import org.labharness.autograder.intake.ChallengeIntake;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DecisionStore;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.ResultStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.FormItem;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Challenge.Closed;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab challenge award}. */
@Command(
        name = "award",
        description =
                "After the close: what the challenge earns each student, and why. --apply enters it as marks of the grader"
                        + " 'challenge', which the gradebook explains.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./lab challenge award", "  ./lab challenge award --challenge wine --apply"})
final class ChallengeAward implements Callable<Integer> {
    /** Who gives these marks; what is given anew takes the place of what was given before. */
    private static final String GRADER = "challenge";

    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    @Option(names = "--apply", description = "Enters the marks.")
    private boolean apply;

    ChallengeAward(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant();
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        Award award = challenge.award();
        if (award == null) {
            throw new WrongUse(challenge.id() + " earns no points: its challenge.yaml has no 'award'.");
        }
        CourseLab lab = CourseOptions.lab(course, award.lab().value());
        FormItem item = lab.form().item(award.item()).orElse(null);
        Awards.unfit(award, item).ifPresent(sentence -> {
            throw new WrongUse(sentence);
        });
        Optional<Closed> closed = challenge.closed(now);
        if (closed.isEmpty()) {
            return ChallengeOptions.stillOpen(console, course, challenge, "points are given");
        }
        try (Database database = options.open(settings, console)) {
            Ended ended = ended(database, course, challenge, closed.get());
            if (ended.outcomes().isEmpty()) {
                throw new WrongUse("Nobody took part in " + challenge.id() + ": there is nothing to award.");
            }
            Roster roster = new RosterStore(database).read(course.id());
            List<Awarded> all = new Awards(
                            challenge, award, Objects.requireNonNull(item), ended.outcomes(), ended.baselines())
                    .of(roster);
            give(database, course, award, all, now);
        }
        if (lab.form().graders() > 1) {
            console.out()
                    .println("The form of " + lab.id() + " asks for "
                            + lab.form().graders() + " graders; this is one of them.");
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    /** @param baselines private scores by their ids */
    private record Ended(Map<Owner, Outcome> outcomes, Map<String, BigDecimal> baselines) {}

    private Ended ended(Database database, Course course, Challenge challenge, Closed closed) {
        return switch (challenge.venue()) {
            case Venue.Elsewhere elsewhere -> {
                Results results = new Results(elsewhere, new ResultStore(database, course.id(), challenge.id()).read());
                Award award = Objects.requireNonNull(challenge.award());
                if (!(award.rule() instanceof Award.Ranks)
                        && results.all().stream().anyMatch(one -> one.score() == null)) {
                    throw new WrongUse(
                            "The results of " + challenge.id() + " hold ranks without scores; points by score need"
                                    + " a column 'score'. Import them again, or award by 'ranks'.");
                }
                yield new Ended(results.outcomes(), Map.of());
            }
            case Venue.Here here -> here(database, course, challenge, here, closed);
        };
    }

    private Ended here(Database database, Course course, Challenge challenge, Venue.Here here, Closed closed) {
        ChallengeIntake intake = ChallengeOptions.intake(settings, database, course, challenge, here);
        List<Entry> entries = intake.entries();
        List<Long> lost = intake.lost(entries);
        if (entries.stream().anyMatch(entry -> intake.stale(entry) && !lost.contains(entry.id()))) {
            throw new WrongUse("Labels or metrics of " + challenge.id()
                    + " have changed since some entries were measured." + " Run ./lab challenge rescore first.");
        }
        ChallengeRescore.tell(console.err(), lost);
        Map<Owner, Outcome> outcomes = new LinkedHashMap<>();
        List<FinalStanding> standings = new Ranking(here)
                .closed(entries, intake.privateScores(closed), intake.store().choices());
        for (FinalStanding one : standings) {
            String where = "entry " + one.entry().id() + ", handed in "
                    + new CourseClock(course.zone()).time(one.entry().received());
            outcomes.put(one.owner(), new Outcome(one.rank(), standings.size(), one.exact(), where));
        }
        Map<String, BigDecimal> baselines = new HashMap<>();
        Yardsticks.of(challenge, here, intake.truth())
                .forEach(one -> baselines.put(
                        one.baseline().id(),
                        Measured.exact(Objects.requireNonNull(
                                one.measured().onPrivateRows().get(here.ranking())))));
        return new Ended(outcomes, baselines);
    }

    private void give(Database database, Course course, Award award, List<Awarded> all, Instant now) {
        Map<Owner, Mark> given = new HashMap<>();
        for (Mark mark : new LedgerStore(database).read(course.id()).marks()) {
            if (mark.lab().equals(award.lab())
                    && mark.item().equals(award.item())
                    && mark.grader().equals(GRADER)) {
                given.put(mark.owner(), mark);
            }
        }
        List<NewMark> marks = new ArrayList<>();
        for (Awarded one : all) {
            Owner owner = new Owner.OfStudent(one.student().id());
            Mark before = given.get(owner);
            console.out().println("  " + one.student().id() + "  " + one.points() + "  " + one.why());
            if (before == null
                    || !one.points().equals(before.points())
                    || !before.comment().equals(one.why())) {
                marks.add(new NewMark(award.lab(), owner, award.item(), GRADER, false, one.points(), one.why()));
            }
        }
        if (marks.isEmpty()) {
            console.out().println("All of this is entered already.");
        } else if (apply) {
            new DecisionStore(database).marks(course.id(), marks, now);
            console.out()
                    .println(marks.size() + (marks.size() == 1 ? " mark" : " marks") + " of " + award.lab()
                            + " entered.");
        } else {
            console.out()
                    .println(marks.size() + (marks.size() == 1 ? " mark is" : " marks are")
                            + " not entered yet; add --apply.");
        }
    }
}

package org.labharness.autograder.cli;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.labharness.autograder.challenge.Awards;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Truth;
import org.labharness.autograder.challenge.TruthFile;
import org.labharness.autograder.challenge.Yardstick;
import org.labharness.autograder.challenge.Yardsticks;
import org.labharness.lab.FormItem;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Award;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.predict.CourseSeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./lab challenge check}. */
@Command(
        name = "check",
        description = "Reads the challenge, its labels and baselines, and says what students will meet. Notes nothing.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ./lab challenge check --course mlops/course.yaml --challenge wine"})
final class ChallengeCheck implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    ChallengeCheck(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        PrintStream out = console.out();
        out.println(challenge.title() + " (" + challenge.id() + "), " + (challenge.team() ? "in teams" : "each alone"));
        window(out, challenge, course.zone());
        switch (challenge.venue()) {
            case Venue.Here here -> here(out, course, challenge, here);
            case Venue.Elsewhere elsewhere -> out.println("Held elsewhere; measured by " + elsewhere.measure() + ".");
        }
        award(out, course, challenge);
        out.flush();
        return ExitCode.DONE.code();
    }

    private static void window(PrintStream out, Challenge challenge, ZoneId zone) {
        Instant opens = challenge.opens();
        String state = challenge.takes(InstantSource.system().instant())
                ? "open"
                : challenge.closed(InstantSource.system().instant()).isPresent() ? "closed" : "not open yet";
        out.println((opens == null ? "Until " : "From " + new CourseClock(zone).time(opens) + " to ")
                + new CourseClock(zone).moment(challenge.closes()) + ": " + state + ".");
    }

    private void here(PrintStream out, Course course, Challenge challenge, Venue.Here here) {
        Truth truth = TruthFile.read(course.id(), challenge, here, CourseSeed.of(StateFolder.made(settings)));
        out.println(truth.size() + " rows, " + truth.publicRows() + " public and " + (truth.size() - truth.publicRows())
                + " private.");
        out.println("Ranked by " + here.measure() + (here.metrics().size() > 1 ? ", also shown: " : ".")
                + here.metrics().stream().skip(1).map(QualityMetric::title).collect(Collectors.joining(", ")));
        Integer inAll = here.quota().inAll();
        out.println(here.quota().perDay() + " a day are taken" + (inAll == null ? "." : ", " + inAll + " in all."));
        Ranking ranking = new Ranking(here);
        for (Yardstick one : Yardsticks.of(challenge, here, truth)) {
            Map<QualityMetric, Double> scores = one.measured().onPublicRows();
            BigDecimal shown = ranking.shown(Measured.exact(Objects.requireNonNull(scores.get(here.ranking()))));
            out.println("Baseline " + one.baseline().title() + ": public " + here.measure() + " "
                    + shown.toPlainString() + ".");
        }
    }

    private static void award(PrintStream out, Course course, Challenge challenge) {
        Award award = challenge.award();
        if (award == null) {
            out.println("It earns no points: challenge.yaml has no 'award'.");
            return;
        }
        CourseLab lab = CourseOptions.lab(course, award.lab().value());
        Awards.unfit(award, lab.form().item(award.item()).orElse(null)).ifPresent(sentence -> {
            throw new WrongUse(sentence);
        });
        String of = lab.form()
                .item(award.item())
                .map(FormItem::points)
                .filter(most -> most.compareTo(award.points()) > 0)
                .map(most -> " of " + most)
                .orElse("");
        out.println("Up to " + award.points() + of + " points for " + lab.title() + " (" + lab.id() + "), item "
                + award.item() + ".");
    }
}

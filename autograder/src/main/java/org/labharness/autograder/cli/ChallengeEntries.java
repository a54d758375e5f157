package org.labharness.autograder.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Refusal;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.intake.ChallengeIntake;
import org.labharness.autograder.store.Database;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab challenge entries}. */
@Command(
        name = "entries",
        description =
                "For staff: every entry with its number and public score, whose predictions are the same, and what was refused.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab challenge entries",
            "  ./lab challenge entries --of team-07          those of one team or student"
        })
final class ChallengeEntries implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    @Option(names = "--of", paramLabel = "ID", description = "A team or a student. Default: all.")
    private @Nullable String of;

    ChallengeEntries(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        Venue.Here here = ChallengeOptions.here(challenge);
        try (Database database = options.open(settings, console)) {
            ChallengeIntake intake = ChallengeOptions.intake(settings, database, course, challenge, here);
            List<Entry> entries = intake.entries();
            Map<String, List<Entry>> same = entries.stream()
                    .collect(Collectors.groupingBy(Entry::predictions, LinkedHashMap::new, Collectors.toList()));
            Ranking ranking = new Ranking(here);
            for (Entry entry : entries) {
                if (asked(entry.owner().id(), entry.by().value())) {
                    console.out()
                            .println(entry.id() + "  " + time(entry.received(), course) + "  "
                                    + entry.owner().id() + by(entry) + "  "
                                    + ranking.shown(entry)
                                            .map(score -> here.measure() + " " + score.toPlainString())
                                            .orElse("not measured by these labels")
                                    + "  " + PlainText.line(entry.file(), 60) + others(entry, same));
                }
            }
            List<Refusal> refusals = intake.store().refusals();
            refusals(refusals, course);
            if (entries.stream()
                            .noneMatch(one -> asked(one.owner().id(), one.by().value()))
                    && refusals.stream()
                            .noneMatch(one -> asked(one.owner().id(), one.by().value()))) {
                console.out().println("Nothing was handed in" + (of == null ? "." : " by '" + of + "'."));
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void refusals(List<Refusal> refusals, Course course) {
        for (Refusal one : refusals) {
            if (asked(one.owner().id(), one.by().value())) {
                console.out()
                        .println("refused  " + time(one.received(), course) + "  "
                                + one.owner().id() + "  " + one.code() + ": " + PlainText.line(one.message(), 200));
            }
        }
    }

    private boolean asked(String owner, String student) {
        return of == null || of.equals(owner) || of.equals(student);
    }

    private static String by(Entry entry) {
        return entry.owner().id().equals(entry.by().value()) ? "" : " (" + entry.by() + ")";
    }

    /** Two teams hardly ever predict the same for every row. */
    private static String others(Entry entry, Map<String, List<Entry>> same) {
        String ids = same.getOrDefault(entry.predictions(), List.of()).stream()
                .filter(one -> !one.owner().equals(entry.owner()))
                .map(one -> one.id() + " of " + one.owner().id())
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "" : "  the same predictions as " + ids;
    }

    private static String time(Instant moment, Course course) {
        return new CourseClock(course.zone()).time(moment);
    }
}

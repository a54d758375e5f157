package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Results;
import org.labharness.autograder.challenge.Yardstick;
import org.labharness.autograder.challenge.Yardsticks;
import org.labharness.autograder.intake.ChallengeIntake;
import org.labharness.autograder.leaderboard.Board;
import org.labharness.autograder.leaderboard.BoardCsv;
import org.labharness.autograder.leaderboard.BoardPage;
import org.labharness.autograder.leaderboard.BoardText;
import org.labharness.autograder.leaderboard.Boards;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ResultStore;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab challenge board}. */
@Command(
        name = "board",
        description = "The leaderboard: public scores until the close, then private ones and who rose or fell by them.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab challenge board --challenge wine",
            "  ./lab challenge board --csv board.csv --html board.html"
        })
final class ChallengeBoard implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    @Option(names = "--csv", paramLabel = "F", description = "Writes it as CSV.")
    private @Nullable Path csv;

    @Option(names = "--html", paramLabel = "F", description = "Writes it as a page with score over time.")
    private @Nullable Path html;

    ChallengeBoard(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        try (Database database = options.open(settings, console)) {
            Board board = switch (challenge.venue()) {
                case Venue.Here here -> here(database, course, challenge, here);
                case Venue.Elsewhere elsewhere ->
                    Boards.results(
                            challenge,
                            new Results(elsewhere, new ResultStore(database, course.id(), challenge.id()).read()));
            };
            console.out().print(BoardText.of(board, console.width()));
            write(csv, BoardCsv.of(board));
            write(html, BoardPage.of(board));
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private Board here(Database database, Course course, Challenge challenge, Venue.Here here) {
        Instant now = InstantSource.system().instant();
        ChallengeIntake intake = ChallengeOptions.intake(settings, database, course, challenge, here);
        List<Entry> entries = intake.entries();
        List<Long> lost = intake.lost(entries);
        long stale = entries.stream().filter(intake::stale).count() - lost.size();
        if (stale > 0) {
            console.err()
                    .println("Of " + entries.size() + " entries " + stale + (stale == 1 ? " is" : " are")
                            + " not on the board: labels or metrics have changed since. ./lab challenge rescore measures "
                            + (stale == 1 ? "it" : "them") + " anew.");
        }
        ChallengeRescore.tell(console.err(), lost);
        List<Yardstick> baselines = Yardsticks.of(challenge, here, intake.truth());
        Boards boards = new Boards(challenge, here, course.zone());
        Optional<Challenge.Closed> closed = challenge.closed(now);
        return closed.map(proof -> boards.closed(
                        new Ranking(here)
                                .closed(
                                        entries,
                                        intake.privateScores(proof),
                                        intake.store().choices()),
                        entries,
                        baselines,
                        proof))
                .orElseGet(() -> boards.open(entries, baselines, now));
    }

    private void write(@Nullable Path file, String text) {
        if (file == null) {
            return;
        }
        OutputFiles.save(file, text);
        console.err().println("Wrote " + file + ".");
    }
}

package org.labharness.autograder.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.labharness.autograder.challenge.Results;
import org.labharness.autograder.challenge.ResultsFile;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ResultStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.table.CsvTable;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab challenge import}. */
@Command(
        name = "import",
        description =
                "Reads the results of a competition held elsewhere: team or student, rank, score; or a leaderboard as Kaggle gives"
                        + " it out. Shows what would change; --apply notes it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab challenge import results.csv",
            "  ./lab challenge import wine-publicleaderboard.csv --challenge kaggle --apply"
        })
final class ChallengeImport implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    @Mixin
    private Author author = new Author();

    @Parameters(index = "0", paramLabel = "FILE", description = "A CSV file.")
    private Path file = Path.of("");

    @Option(names = "--apply", description = "Notes it, in place of what was imported before.")
    private boolean apply;

    ChallengeImport(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant();
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        if (challenge.venue() instanceof Venue.Here) {
            throw new WrongUse(challenge.id()
                    + " is measured here; results come in for a challenge whose challenge.yaml" + " says 'elsewhere'.");
        }
        if (challenge.closed(now).isEmpty()) {
            return ChallengeOptions.stillOpen(console, course, challenge, "its final results come in");
        }
        try (Database database = options.open(settings, console)) {
            RosterStore rosters = new RosterStore(database);
            Results results = ResultsFile.read(CsvTable.read(file), challenge, rosters.read(course.id()));
            ResultStore store = new ResultStore(database, course.id(), challenge.id());
            List<String> changes = results.changesTo(new Results(challenge.venue(), store.read()));
            changes.forEach(line -> console.out().println("  " + line));
            if (changes.isEmpty()) {
                console.out().println("Nothing changes.");
            } else if (apply) {
                rosters.note(course, now);
                store.put(results.all(), String.valueOf(file.getFileName()), author.name(settings), now);
                console.out().println(results.all().size() + " results noted.");
            } else {
                console.out().println("Nothing was noted yet; add --apply.");
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }
}

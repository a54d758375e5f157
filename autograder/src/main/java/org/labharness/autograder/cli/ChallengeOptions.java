package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.intake.ChallengeIntake;
import org.labharness.autograder.store.Database;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.load.ChallengeLoader;
import org.labharness.lab.load.NearestWord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which challenge of which course a command is about. */
final class ChallengeOptions {
    /** Beside course.yaml. */
    static final String FOLDER = "challenges";

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(
            names = "--challenge",
            paramLabel = "ID",
            description = "The folder below " + FOLDER + "/ beside course.yaml. Default: the only one.")
    private @Nullable String challenge;

    Course course(Settings settings) {
        return options.load(settings);
    }

    Database open(Settings settings, Console console) {
        return options.open(settings, console);
    }

    Challenge challenge(Course course) {
        Path folder = course.folder().resolve(FOLDER);
        List<String> known = known(folder);
        if (known.isEmpty()) {
            throw new WrongUse("The course " + course.id() + " has no challenge: there is no "
                    + folder.resolve("ID").resolve(ChallengeLoader.FILE)
                    + ". docs/data-challenge.md says how to write one.");
        }
        if (challenge == null && known.size() > 1) {
            throw new WrongUse("Which challenge? Add --challenge ID; there are " + String.join(", ", known) + ".");
        }
        String id = challenge == null ? known.getFirst() : challenge;
        if (!known.contains(id)) {
            throw new WrongUse("The course " + course.id() + " has no challenge '" + id + "'."
                    + NearestWord.to(id, known)
                            .map(word -> " Did you mean '" + word + "'?")
                            .orElse(" There " + (known.size() == 1 ? "is " : "are ") + String.join(", ", known) + "."));
        }
        return ChallengeLoader.load(folder.resolve(id), course.zone());
    }

    private static List<String> known(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(one -> Files.isRegularFile(one.resolve(ChallengeLoader.FILE)))
                    .map(one -> String.valueOf(one.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** How it is measured here. */
    static Venue.Here here(Challenge challenge) {
        return switch (challenge.venue()) {
            case Venue.Here here -> here;
            case Venue.Elsewhere elsewhere ->
                throw new WrongUse(challenge.id() + " is held elsewhere, nothing is handed in here. Its results come in"
                        + " with ./lab challenge import FILE.csv.");
        };
    }

    /** What it takes in, and what it has taken. */
    static ChallengeIntake intake(
            Settings settings, Database database, Course course, Challenge challenge, Venue.Here here) {
        return new ChallengeIntake(
                database,
                course,
                challenge,
                here,
                StateFolder.made(settings),
                settings.archive(),
                InstantSource.system());
    }

    /**
     * Refuses what only follows the close, and gives the exit code.
     *
     * @param what is done then
     */
    static int stillOpen(Console console, Course course, Challenge challenge, String what) {
        console.err()
                .println("Refused (challenge-open): " + challenge.title() + " closes "
                        + new CourseClock(course.zone()).moment(challenge.closes()) + "; " + what + " after that.");
        return ExitCode.SUBMISSION_REFUSED.code();
    }
}

package org.labharness.autograder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.challenge.PredictionsFile;
import org.labharness.autograder.intake.ChallengeIntake;
import org.labharness.autograder.intake.ModelPredictions;
import org.labharness.autograder.intake.Receipt;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.pipeline.evidence.EvidenceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lab challenge submit}. */
@Command(
        name = "submit",
        description =
                "Takes predictions of a student, for the team that the roster names, and says their public scores. What is"
                        + " refused uses up nothing.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab challenge submit predictions.csv --student CS21B001",
            "  ./lab challenge submit --evidence out/evidence --student CS21B001 --challenge wine"
        })
final class ChallengeSubmit implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private ChallengeOptions options = new ChallengeOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A CSV file of ids and predictions.")
    private @Nullable Path file;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description =
                    "In place of a file: the folder with the evidence.json of a grading, whose model predicted these rows.")
    private @Nullable Path evidence;

    @Option(names = "--student", paramLabel = "ID", required = true, description = "Who hands it in.")
    private String student = "";

    ChallengeSubmit(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Instant arrived = InstantSource.system().instant();
        if ((file == null) == (evidence == null)) {
            throw new WrongUse("Name a file of predictions, or --evidence DIR.");
        }
        Course course = options.course(settings);
        Challenge challenge = options.challenge(course);
        Venue.Here here = ChallengeOptions.here(challenge);
        try (Database database = options.open(settings, console)) {
            Student who = CourseOptions.student(new RosterStore(database).read(course.id()), student);
            ChallengeIntake intake = ChallengeOptions.intake(settings, database, course, challenge, here);
            Receipt receipt = file != null
                    ? intake.submit(who, String.valueOf(file.getFileName()), bytes(file, intake, here), arrived)
                    : intake.submit(who, "model", ofModel(intake, here), arrived);
            return told(receipt, here);
        }
    }

    private byte[] ofModel(ChallengeIntake intake, Venue.Here here) {
        Path folder = Objects.requireNonNull(evidence);
        if (!Files.isRegularFile(folder.resolve(EvidenceFile.NAME))) {
            throw new WrongUse("There is no " + EvidenceFile.NAME + " in " + folder + ". A grading leaves it in "
                    + settings.home().resolve("evidence") + "/LAB/REPOSITORY-COMMIT-...");
        }
        return ModelPredictions.of(EvidenceFile.read(folder), intake.truth(), here);
    }

    /** As much as is looked at, and one byte more of what is too large. */
    private static byte[] bytes(Path file, ChallengeIntake intake, Venue.Here here) {
        if (!Files.isRegularFile(file)) {
            throw new WrongUse("There is no file " + file + ".");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Math.toIntExact(PredictionsFile.most(intake.truth(), here) + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private int told(Receipt receipt, Venue.Here here) {
        return switch (receipt) {
            case Receipt.Taken taken -> {
                taken(taken, here);
                yield ExitCode.DONE.code();
            }
            case Receipt.NotTaken not -> {
                console.err()
                        .println("Refused (" + not.refused().code().word() + "): "
                                + not.refused().message());
                yield ExitCode.SUBMISSION_REFUSED.code();
            }
        };
    }

    private void taken(Receipt.Taken taken, Venue.Here here) {
        Integer inAll = here.quota().inAll();
        String scores = here.metrics().stream()
                .filter(taken.shown()::containsKey)
                .map(metric -> metric.title() + " "
                        + Objects.requireNonNull(taken.shown().get(metric)).toPlainString())
                .collect(Collectors.joining(", "));
        console.out()
                .println("Entry " + taken.entry() + " of " + taken.owner().id() + " was taken: public " + scores + ".");
        console.out()
                .println(taken.today() + " of " + here.quota().perDay() + " today, " + taken.inAll()
                        + (inAll == null ? "" : " of " + inAll) + " in all.");
        console.out().flush();
    }
}

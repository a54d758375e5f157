package org.labharness.autograder.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.Refused.Code;
import org.labharness.autograder.challenge.SampleChallenge;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Split;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.Rounding;
import org.labharness.pipeline.SystemBroke;

/** From a file to an entry or a refusal, on a real database. */
class ChallengeIntakeTests {
    private static final Venue.Here VENUE = SampleChallenge.venue(QualityMetric.ACCURACY);
    private static final Student ADA = new Student(
            StudentId.parse("ada"),
            "Ada",
            null,
            TeamId.parse("alpha"),
            null,
            null,
            Map.of(),
            Map.of(),
            Set.of(),
            false);
    private static final Student BO = new Student(
            StudentId.parse("bo"), "Bo", null, TeamId.parse("alpha"), null, null, Map.of(), Map.of(), Set.of(), false);
    private static final Instant MIDDLE = Instant.parse("2026-11-10T10:00:00Z");

    @TempDir
    Path folder;

    private @Nullable Database database;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(DatabaseAddress.file(folder));
        Files.writeString(folder.resolve("labels.csv"), SampleChallenge.labels());
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(database).close();
    }

    private ChallengeIntake intake() {
        return intake(VENUE);
    }

    private ChallengeIntake intake(Venue.Here venue) {
        Course course = new Course(
                CourseId.parse("mlops"),
                "MLOps",
                ZoneId.of("Asia/Kolkata"),
                null,
                Rounding.DEFAULT,
                List.of(),
                false,
                0,
                List.of(),
                folder);
        Challenge sample = SampleChallenge.challenge(venue, true);
        Challenge challenge =
                new Challenge(sample.id(), sample.title(), true, sample.opens(), sample.closes(), venue, null, folder);
        return new ChallengeIntake(
                Objects.requireNonNull(database),
                course,
                challenge,
                venue,
                folder,
                new Archive(folder, InstantSource.fixed(MIDDLE)),
                InstantSource.fixed(MIDDLE));
    }

    private static Code code(Receipt receipt) {
        return ((Receipt.NotTaken) receipt).refused().code();
    }

    @Test
    void aTeamIsTheRostersAndAllItsMembersShareItsEntries() {
        Receipt first = intake().submit(ADA, "a.csv", SampleChallenge.predictions(3, 7), MIDDLE);
        Receipt second = intake().submit(BO, "b.csv", SampleChallenge.predictions(6, 7), MIDDLE);

        Receipt.Taken taken = (Receipt.Taken) second;
        assertThat(((Receipt.Taken) first).shown().get(QualityMetric.ACCURACY)).hasToString("0.90");
        assertThat(taken.owner()).hasToString("team:alpha");
        assertThat(taken.today()).isEqualTo(2);
        assertThat(code(intake().submit(BO, "c.csv", SampleChallenge.predictions(3, 7), MIDDLE)))
                .isEqualTo(Code.SAME);
    }

    @Test
    void theLastMomentIsInTimeAndTheNextIsNot() {
        byte[] file = SampleChallenge.predictions(3, 7);
        Instant closes = SampleChallenge.CLOSES;

        assertThat(code(intake().submit(ADA, "a.csv", file, SampleChallenge.OPENS.minusNanos(1))))
                .isEqualTo(Code.NOT_OPEN);
        assertThat(code(intake().submit(ADA, "a.csv", file, closes.plusNanos(1_000))))
                .isEqualTo(Code.CLOSED);
        assertThat(intake().submit(ADA, "a.csv", file, closes)).isInstanceOf(Receipt.Taken.class);
        assertThat(intake().entries()).extracting(Entry::received).containsExactly(closes);
    }

    @Test
    void whatIsMalformedUsesUpNothing() {
        byte[] bad = "id,prediction\nw1000,green\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
            assertThat(code(intake().submit(ADA, "../\u001b[31mevil\n.csv", bad, MIDDLE)))
                    .isEqualTo(Code.MALFORMED);
        }

        assertThat(intake().submit(ADA, "a.csv", SampleChallenge.predictions(3, 7), MIDDLE))
                .isInstanceOf(Receipt.Taken.class);
        assertThat(intake().store().refusals().getFirst().file()).isEqualTo("../evil .csv");
        assertThat(intake().store().refusals().getFirst().message())
                .contains("line 2: 'green' is no label.", "99 ids are missing of 100");
    }

    @Test
    void nothingThatIsSaidOfAnEntryIsPrivate() {
        Receipt one = intake().submit(ADA, "a.csv", SampleChallenge.predictions(3, 70), MIDDLE);
        Receipt other = intake().submit(ADA, "b.csv", SampleChallenge.predictions(3, 13), MIDDLE);

        assertThat(one.toString().replaceAll("entry=\\d+|today=\\d|inAll=\\d", ""))
                .isEqualTo(other.toString().replaceAll("entry=\\d+|today=\\d|inAll=\\d", ""));
    }

    @Test
    void aCorrectedLabelIsMeasuredAnewAndTheSplitStays() throws IOException {
        intake().submit(ADA, "a.csv", SampleChallenge.predictions(3, 7), MIDDLE);
        Files.writeString(folder.resolve("labels.csv"), SampleChallenge.labels().replace("w1000,red", "w1000,white"));

        assertThat(intake().entries()).allMatch(intake()::stale);
        assertThat(intake().rescore()).isEqualTo(new Receipt.Rescored(1, List.of()));
        assertThat(intake().rescore()).isEqualTo(new Receipt.Rescored(0, List.of()));
        assertThat(intake().entries().getFirst().scores().get(QualityMetric.ACCURACY))
                .isEqualByComparingTo("0.933333333");
    }

    @Test
    void aMetricThatIsAddedIsMeasuredAfterwards() throws IOException {
        intake().submit(ADA, "a.csv", SampleChallenge.predictions(3, 7), MIDDLE);
        Venue.Here both = SampleChallenge.venue(QualityMetric.ACCURACY, QualityMetric.F1_MACRO);

        assertThat(intake(both).rescore().entries()).isEqualTo(1);
        assertThat(intake(both).entries().getFirst().scores())
                .containsOnlyKeys(QualityMetric.ACCURACY, QualityMetric.F1_MACRO);
    }

    @Test
    void entriesWhoseFilesAreGoneAreNamed() throws IOException {
        intake().submit(ADA, "a.csv", SampleChallenge.predictions(3, 7), MIDDLE);
        Entry entry = intake().entries().getFirst();
        Files.writeString(
                folder.resolve("store/predictions/" + entry.digest().substring(0, 2) + "/" + entry.digest() + ".csv"),
                "tampered");
        Files.writeString(folder.resolve("labels.csv"), SampleChallenge.labels().replace("w1000,red", "w1000,white"));

        assertThat(intake().rescore()).isEqualTo(new Receipt.Rescored(0, List.of(entry.id())));
    }

    @Test
    void aRowThatWasPublicNeverBecomesPrivate() throws IOException {
        intake();
        Files.writeString(
                folder.resolve("labels.csv"),
                SampleChallenge.labels().replace("w1000,red,public", "w1000,red,private"));

        assertThatThrownBy(this::intake)
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("Other rows of wine are public now than when it was first used");
    }

    @Test
    void theSecretOfTheCourseDrawsTheSameRowsEachTime() {
        Venue.Here drawn = new Venue.Here(
                "labels.csv",
                "id",
                "kind",
                List.of(QualityMetric.ACCURACY),
                new Split.Drawn(40),
                VENUE.quota(),
                2,
                VENUE.finals(),
                List.of());

        assertThat(intake(drawn).truth().publicRows()).isEqualTo(40);
        assertThat(intake(drawn).truth().split())
                .isEqualTo(intake(drawn).truth().split());
    }
}

package org.labharness.autograder.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.CollectionStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.DecisionStore;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.CourseLoader;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Whose work counts as received when, on real repositories. */
class CollectionTests {
    private static final Instant DUE = Instant.parse("2026-10-01T00:00:00Z");
    private static final LabId TINY = LabId.parse("tiny");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(DUE);
    private final InstantSource clock = now::get;
    private Database database;
    private Archive archive;
    private Course course;

    @BeforeEach
    void begin() throws IOException {
        Tiny.lab(folder.resolve("tiny"), "60s");
        course = course("tiny");
        database = Database.open(DatabaseAddress.file(folder));
        archive = new Archive(folder, clock);
        new RosterStore(database).note(course, DUE);
    }

    private Course course(String lab) throws IOException {
        Path file = Files.writeString(folder.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: UTC
                components:
                  labs: {title: Labs, weight: 100, labs: [{lab: %s, due: 2026-09-30}]}
                """.formatted(lab));
        return CourseLoader.load(file, name -> Optional.empty());
    }

    @AfterEach
    void end() {
        database.close();
    }

    private Path work(String name, String content) {
        Path repository = folder.resolve("work").resolve(name);
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("work.py", "print('" + content + "')\n").commit("work", DUE);
        }
        return repository;
    }

    private static Student student(
            String id, @Nullable String repository, Map<LabId, Extension> more, @Nullable String team) {
        return new Student(
                StudentId.parse(id),
                "Name",
                null,
                team == null ? null : TeamId.parse(team),
                null,
                repository,
                Map.of(),
                more,
                Set.of(),
                false);
    }

    private void enrol(Student... students) {
        RosterStore store = new RosterStore(database);
        store.apply(
                course.id(),
                RosterChange.between(store.read(course.id()), new Roster(List.of(students))),
                "x",
                "x",
                DUE);
    }

    private CourseLab tiny() {
        return course.labs().getFirst();
    }

    private Collector collector() {
        return new Collector(
                new Freezer(archive, Map.of("HOME", folder.toString()), clock),
                new Filing(database, archive, course.id(), "test", clock),
                new CollectionStore(database, course.id()),
                clock);
    }

    private List<Result> collect(Student... students) {
        return new RosterCollection(collector(), 2, List.of(Duration.ZERO, Duration.ZERO))
                .run(Errand.of(tiny(), List.of(students)), Errand::due, RosterCollection.Watcher.NOBODY);
    }

    private List<@Nullable Instant> received() {
        List<@Nullable Instant> all = new ArrayList<>();
        new LedgerStore(database).read(course.id()).attempts().forEach(attempt -> all.add(attempt.received()));
        return all;
    }

    @Test
    void whatIsFoundAtOnceCountsAsReceivedAtTheDeadlineAndWhatIsFoundLaterHasNoTime() {
        Student ada = student("ada", work("ada", "1").toString(), Map.of(), null);
        Student bo = student("bob", work("bob", "1").toString(), Map.of(), null);
        enrol(ada, bo);
        now.set(DUE.plus(Duration.ofMinutes(15)));
        collect(ada);
        now.set(DUE.plus(Duration.ofMinutes(16)));
        collect(bo);

        assertThat(received()).containsExactly(DUE, null);
    }

    @Test
    void whatWasReceivedBeforeKeepsItsTime() {
        Student ada = student("ada", work("ada", "1").toString(), Map.of(), null);
        enrol(ada);
        now.set(DUE.minus(Duration.ofDays(3)));
        new RosterCollection(collector(), 1)
                .run(Errand.of(tiny(), List.of(ada)), any -> null, RosterCollection.Watcher.NOBODY);
        now.set(DUE.plus(Duration.ofDays(3)));
        collect(ada);

        assertThat(received()).containsExactly(DUE.minus(Duration.ofDays(3)));
    }

    @Test
    void whatWasFoundTooLateIsInTimeForALaterDeadlineAndNeverLateForBeingFoundAgain() {
        Path repository = work("ada", "1");
        Student ada = student("ada", repository.toString(), Map.of(), null);
        enrol(ada);
        now.set(DUE.plus(Duration.ofHours(1)));
        collect(ada);
        new RosterCollection(collector(), 1)
                .run(Errand.of(tiny(), List.of(ada)), any -> now.get(), RosterCollection.Watcher.NOBODY);
        assertThat(received()).as("also where staff take another moment for it").containsExactly((Instant) null);

        Student more = student("ada", repository.toString(), Map.of(TINY, Extension.parse("2d")), null);
        now.set(DUE.plus(Duration.ofDays(2)));
        collect(more);

        assertThat(received()).containsExactly(DUE.plus(Duration.ofDays(2)));
    }

    @Test
    void nothingIsAskedOfWhoWasForgotten() {
        Student gone = new Student(
                StudentId.parse("forgotten-1"),
                Student.FORGOTTEN,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                Set.of(),
                false);

        assertThat(Errand.of(tiny(), List.of(gone, student("ada", "r", Map.of(), null))))
                .extracting(errand -> errand.owner().id())
                .containsExactly("ada");
    }

    @Test
    void anExtensionMovesTheDeadlineAndATeamHasThatOfTheMemberWithTheMostTime() throws IOException {
        Student ada = student("ada", "r", Map.of(TINY, Extension.parse("2d")), "alpha");
        Student bo = student("bob", "r", Map.of(), "alpha");
        assertThat(Errand.of(tiny(), List.of(ada, bo)))
                .extracting(Errand::due)
                .containsExactly(DUE.plus(Duration.ofDays(2)), DUE);

        course = course("tiny, team: true");
        assertThat(Errand.of(tiny(), List.of(ada, bo))).singleElement().satisfies(errand -> {
            assertThat(errand.due()).isEqualTo(DUE.plus(Duration.ofDays(2)));
            assertThat(errand.repositories()).containsExactly("r");
        });
        Student other = student("bob", "elsewhere", Map.of(), "alpha");
        enrol(ada, other);
        assertThat(collect(ada, other)).singleElement().satisfies(result -> {
            assertThat(result.trouble()).isEqualTo(Trouble.AMBIGUOUS);
            assertThat(result.message()).contains("Its members have different repositories", "r, elsewhere");
        });
    }

    @Test
    void whatCannotBeFoundIsNotedWithItsReasonAndStopsNobody() {
        Student ada = student("ada", folder.resolve("nowhere").toString(), Map.of(), null);
        Student bo = student("bob", work("bob", "1").toString(), Map.of(), null);
        Student cy = student("cyd", null, Map.of(), null);
        enrol(ada, bo, cy);

        assertThat(collect(ada, bo, cy))
                .extracting(Result::trouble)
                .containsExactly(Trouble.NOT_FOUND, null, Trouble.NOT_KNOWN);
        assertThat(new CollectionStore(database, course.id()).last(TINY).values())
                .extracting(CollectionStore.Collected::code)
                .containsExactlyInAnyOrder("not-found", "", "not-known");
    }

    @Test
    void aServerCollectsAtTheDeadlineOnceAndCatchesUpWithWhatItMissed() {
        Student ada = student("ada", work("ada", "1").toString(), Map.of(), null);
        Student late = student("bob", work("bob", "1").toString(), Map.of(TINY, Extension.parse("2d")), null);
        enrol(ada, late, student("cyd", null, Map.of(), null));
        List<String> log = new ArrayList<>();
        try (DeadlineCollection deadlines = new DeadlineCollection(
                () -> List.of(course), database, archive, Map.of("HOME", folder.toString()), "test", clock, log::add)) {
            now.set(DUE.minus(Duration.ofMinutes(1)));
            assertThat(deadlines.collect(course)).isEqualTo(Duration.ofMinutes(1));
            assertThat(received()).isEmpty();

            now.set(DUE.plus(Duration.ofMinutes(10)));
            assertThat(deadlines.collect(course)).isEqualTo(Duration.ofDays(2).minus(Duration.ofMinutes(10)));
            assertThat(deadlines.collect(course)).isPositive();

            assertThat(received()).containsExactly(DUE);
            now.set(DUE.plus(Duration.ofDays(2)).plus(Duration.ofMinutes(20)));
            deadlines.collect(course);
        }
        assertThat(received()).as("twenty minutes are too late").containsExactly(DUE);
        assertThat(log).containsExactly("collected 1 of 1 repositories of mlops at their deadline");
    }

    @Test
    void whoCannotBeReachedAtTheDeadlineIsTriedAgainAndLosesNothing() {
        Student away = student("ada", "http://127.0.0.1:1/ada.git", Map.of(), null);
        enrol(away);
        List<String> log = new ArrayList<>();
        try (DeadlineCollection deadlines = new DeadlineCollection(
                () -> List.of(course),
                database,
                archive,
                Map.of("HOME", folder.toString()),
                "test",
                clock,
                log::add,
                List.of())) {
            now.set(DUE);
            assertThat(deadlines.collect(course)).isEqualTo(Duration.ofMinutes(1));
            assertThat(explained(away, new LedgerStore(database).read(course.id())))
                    .startsWith("Not read, repository, 2026-10-01 00:00: Fetching 'http://127.0.0.1:1/ada.git' failed")
                    .contains("127.0.0.1")
                    .endsWith("Waits for staff; not counted yet, and nothing is lost for it.");

            enrol(student("ada", work("ada", "1").toString(), Map.of(), null));
            now.set(DUE.plus(Duration.ofMinutes(14)));
            deadlines.collect(course);
        }
        assertThat(received()).containsExactly(DUE);
        assertThat(new LedgerStore(database).notTaken(course.id())).noneMatch(one -> one.stands(DUE));
        assertThat(log)
                .containsExactly(
                        "collected 0 of 1 repositories of mlops at their deadline; 1 could not be reached and are tried"
                                + " again until 15 minutes after it",
                        "collected 1 of 1 repositories of mlops at their deadline");
    }

    @Test
    void workWithoutATrustedTimeWaitsUntilStaffSayThatItCameInTime() {
        Student ada = student("ada", work("ada", "1").toString(), Map.of(), null);
        enrol(ada);
        now.set(DUE.plus(Duration.ofDays(1)));
        collect(ada);
        Ledger ledger = new LedgerStore(database).read(course.id());
        Attempt graded = ledger.attempts().getFirst();
        assertThat(graded.received()).isNull();
        Attempt judged = new Attempt(
                graded.submission(),
                graded.lab(),
                graded.owner(),
                graded.commit(),
                null,
                new Attempt.Judged(Points.of(6), Points.of(10), Points.ZERO, false),
                false,
                List.of());
        new DecisionStore(database)
                .override(
                        course.id(),
                        ada.id(),
                        TINY,
                        GradeOverride.Kind.IN_TIME,
                        null,
                        "staff",
                        "the forge was down",
                        DUE);

        assertThat(explained(ada, new Ledger(List.of(judged), List.of(), List.of())))
                .contains(
                        "Not decided yet, at an unknown time",
                        "6 of 10 by the checks; staff decide whether it came in time.");
        assertThat(explained(
                        ada,
                        new Ledger(
                                List.of(judged),
                                List.of(),
                                new LedgerStore(database).read(course.id()).overrides())))
                .contains("Attempt 1, at an unknown time", "6 of 10");
    }

    private String explained(Student student, Ledger ledger) {
        Gradebook book = Gradebook.of(course, new Roster(List.of(student)), ledger, clock.instant());
        CourseGrade grade = book.grade(student.id()).orElseThrow();
        return String.join("\n", new Explanation(course).lab(grade.lab("tiny").orElseThrow(), grade));
    }
}

package org.labharness.autograder.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.course.CourseChange.Refused;
import org.labharness.lab.Lab;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.InvalidCourse;

class LiveCoursesTests {
    private static final CourseId MLOPS = CourseId.parse("mlops");
    private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
    private static final String FIRST = "{lab: first, due: 2026-10-01}";
    private static final String SECOND = "{lab: second, due: 2026-11-01}";

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Path file;

    @BeforeEach
    void aCourse() throws IOException {
        lab("first");
        lab("second");
        file = folder.resolve("course.yaml");
        write(FIRST, SECOND);
    }

    private void lab(String id) throws IOException {
        Path lab = Tiny.lab(folder.resolve(id), "60s").resolve("lab.yaml");
        Files.writeString(lab, Files.readString(lab).replace("id: tiny", "id: " + id));
    }

    private void write(String... labs) throws IOException {
        Files.writeString(file, description(labs));
    }

    private static String description(String... labs) {
        return """
                id: mlops
                title: MLOps
                time-zone: UTC
                components:
                  labs: {title: Labs, weight: 100, labs: [LABS]}
                """.replace("LABS", String.join(", ", labs));
    }

    private LiveCourses read() {
        LiveCourses courses = LiveCourses.read(List.of(file), name -> Optional.empty(), InstantSource.fixed(NOON));
        courses.listen(change -> heard.add(change.words()));
        return courses;
    }

    /** Until nobody writes them any more. */
    private static void look(LiveCourses courses) {
        while (courses.look()) {
            // once more
        }
    }

    private static List<String> labs(LiveCourses courses) {
        return courses.now(MLOPS).orElseThrow().labIds();
    }

    private static CourseLab first(LiveCourses courses) {
        return courses.now(MLOPS).orElseThrow().offered("first").orElseThrow();
    }

    private static Lab described(LiveCourses courses) {
        return courses.now(MLOPS).orElseThrow().described(first(courses));
    }

    @Test
    void anEditCountsFromTheNextLookOnAndSaysWhatItChanges() throws IOException {
        try (LiveCourses courses = read()) {
            look(courses);
            assertThat(heard).as("nothing was edited").isEmpty();

            lab("third");
            write(
                    "{lab: first, due: 2026-10-08 18:00, opens: 2026-09-20, attempts: {most: 3}}",
                    "{lab: third, due: 2026-12-01, team: true}");
            look(courses);

            assertThat(labs(courses)).containsExactly("first", "third");
            assertThat(first(courses).schedule().due()).isEqualTo(Instant.parse("2026-10-08T18:00:00Z"));
            assertThat(courses.now(CourseId.parse("another"))).isEmpty();
            look(courses);
            assertThat(heard).as("once").containsExactly("""
                            An edit of the course mlops counts from now on:
                              first: opens 2026-09-20 00:00, was not set
                              first: due 2026-10-08 18:00, was the end of 2026-10-01
                              first: how often it may be handed in
                              third: new, due the end of 2026-12-01
                              second: no longer in the course""");
        }
    }

    @Test
    void whatCannotBeUsedCountsForNothingAndIsToldOnceUntilItIsMended() throws IOException {
        try (LiveCourses courses = read()) {
            write(FIRST, SECOND, "{lab: nowhere}");
            look(courses);
            look(courses);

            assertThat(labs(courses)).containsExactly("first", "second");
            assertThat(courses.refused()).singleElement().satisfies(refused -> {
                assertThat(refused.course()).isEqualTo(MLOPS);
                assertThat(refused.since()).isEqualTo(NOON);
                assertThat(refused.why())
                        .startsWith(file + " cannot be used:\n  course.yaml:5: ")
                        .contains("nowhere");
            });
            assertThat(heard)
                    .singleElement()
                    .asString()
                    .startsWith("The course mlops was edited and goes on by what was read of it before: " + file
                            + " cannot be used:\n  course.yaml:5: ");

            // Not course.yaml is mended, but what it names.
            lab("nowhere");
            look(courses);

            assertThat(courses.refused()).isEmpty();
            assertThat(labs(courses)).containsExactly("first", "second", "nowhere");
            assertThat(heard.getLast())
                    .isEqualTo("An edit of the course mlops counts from now on:\n  nowhere: new, due not set");
        }
    }

    @Test
    void anEditThatIsTakenBackIsToldToo() throws IOException {
        try (LiveCourses courses = read()) {
            Files.writeString(file, "id: [");
            look(courses);
            write(FIRST, SECOND);
            look(courses);

            assertThat(courses.refused()).isEmpty();
            assertThat(heard).hasSize(2).last().isEqualTo("The course mlops is described again as it was read.");
        }
    }

    @Test
    void aFileThatIsGoneIsNoCourseWithoutLabs() throws IOException {
        try (LiveCourses courses = read()) {
            Files.delete(file);
            look(courses);

            assertThat(labs(courses)).containsExactly("first", "second");
            assertThat(courses.refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.why()).contains("There is no file " + file));
        }
    }

    @Test
    void aLabsOwnDescriptionIsPartOfIt() throws IOException {
        try (LiveCourses courses = read()) {
            Path lab = folder.resolve("first/lab.yaml");
            String good = Files.readString(lab);
            Files.writeString(lab, good.replace("memory: 256MiB", "memory: 512MiB"));
            look(courses);

            assertThat(heard)
                    .containsExactly(
                            "An edit of the course mlops counts from now on:\n  first: its lab.yaml, or what it is tested with");
            assertThat(described(courses).limits().memory().bytes()).isEqualTo(512L << 20);

            Files.writeString(lab, good.replace("points: 4", "points: 5"));
            look(courses);
            assertThat(courses.refused())
                    .singleElement()
                    .satisfies(
                            refused -> assertThat(refused.why())
                                    .contains(
                                            "course.yaml:5: The lab 'first' has a problem: The checks are worth 11 points together, the lab 10."));
        }
    }

    @Test
    void aCourseKeepsItsId() throws IOException {
        try (LiveCourses courses = read()) {
            Files.writeString(file, description(FIRST).replace("id: mlops", "id: other"));
            look(courses);

            assertThat(courses.courses())
                    .singleElement()
                    .satisfies(course -> assertThat(course.id()).isEqualTo(MLOPS));
            assertThat(courses.refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.why())
                            .contains("says 'id: other' now. A course keeps its id while the server runs"));
        }
    }

    @Test
    void whatIsStillBeingWrittenIsNotTakenUp() throws IOException {
        try (LiveCourses courses = read()) {
            write(FIRST);
            assertThat(courses.look()).isTrue();
            write(FIRST, SECOND, "{id: talk, title: Talk, points: 5}");
            assertThat(courses.look()).isTrue();
            assertThat(labs(courses)).containsExactly("first", "second");
            assertThat(heard).isEmpty();

            assertThat(courses.look()).isFalse();
            assertThat(heard)
                    .containsExactly("An edit of the course mlops counts from now on:\n  talk: new, due not set");
        }
    }

    @Test
    void whatALabIsTestedWithIsPartOfItAndWhatLiesThereBesideIsNot() throws IOException {
        Path lab = folder.resolve("first/lab.yaml");
        Files.writeString(folder.resolve("first/raw.csv"), "a\n1\n");
        Files.writeString(lab, Files.readString(lab) + "inputs: {data/raw.csv: raw.csv}\n");
        try (LiveCourses courses = read()) {
            String before = described(courses).digest();
            Files.writeString(folder.resolve("first/notes.txt"), "to do");
            look(courses);
            assertThat(heard).isEmpty();

            Files.writeString(folder.resolve("first/raw.csv"), "a\n1\n2\n");
            look(courses);
            assertThat(heard)
                    .containsExactly(
                            "An edit of the course mlops counts from now on:\n  first: its lab.yaml, or what it is tested with");
            assertThat(described(courses).digest()).isNotEqualTo(before);
        }
    }

    @Test
    void howLabsAndTotalsAreCountedIsToldToo() throws IOException {
        try (LiveCourses courses = read()) {
            Files.writeString(
                    file,
                    description(FIRST, SECOND).replace("weight: 100,", "weight: 100, best: 1,") + "pass-mark: 40\n");
            look(courses);

            assertThat(heard).containsExactly("""
                            An edit of the course mlops counts from now on:
                              labs: its weight, or how its labs are counted
                              how totals are rounded, passed, lettered or ranked""");
        }
    }

    @Test
    void oneOfTwoIsRefusedAlone() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other.yaml"), description(FIRST).replace("id: mlops", "id: other"));
        try (LiveCourses courses =
                LiveCourses.read(List.of(file, other), name -> Optional.empty(), InstantSource.fixed(NOON))) {
            Files.writeString(other, "id: [");
            write(SECOND);
            look(courses);

            assertThat(labs(courses)).containsExactly("second");
            assertThat(courses.refused()).extracting(Refused::course).containsExactly(CourseId.parse("other"));
        }
    }

    @Test
    void whatHasNoWordsOfItsOwnIsToldNonetheless() throws IOException {
        try (LiveCourses courses = read()) {
            Files.writeString(file, description(FIRST, SECOND).replace("title: MLOps", "title: Operations"));
            look(courses);

            assertThat(heard).containsExactly("An edit of the course mlops counts from now on.");
        }
    }

    @Test
    void whatCannotBeUsedAtTheStartIsRefused() throws IOException {
        write("{lab: nowhere}");

        assertThatThrownBy(this::read).isInstanceOf(InvalidCourse.class);
    }

    @Test
    void anEditIsSeenWithoutAnybodyAskingHoweverTheEditorWritesIt() throws Exception {
        BlockingQueue<CourseChange> changes = new LinkedBlockingQueue<>();
        try (LiveCourses courses = read()) {
            courses.listen(changes::add);
            courses.follow();
            Duration patience = Duration.ofSeconds(30);

            write(SECOND);
            assertThat(changes.poll(patience.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(CourseChange.TakenUp.class);
            assertThat(labs(courses)).containsExactly("second");

            Path beside = Files.writeString(folder.resolve(".course.yaml.swp"), description(FIRST, SECOND));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            assertThat(changes.poll(patience.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(CourseChange.TakenUp.class);
            assertThat(labs(courses)).containsExactly("first", "second");

            Files.writeString(folder.resolve("second/lab.yaml"), "id: [");
            assertThat(changes.poll(patience.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Refused.class);
            assertThat(courses.now(MLOPS).orElseThrow().labs()).containsKey(LabId.parse("second"));
        }
    }
}

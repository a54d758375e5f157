package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.release.Releases;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sheet.SheetJson;
import org.labharness.autograder.sheet.StudentSheet;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

/** What students see is what was released, whatever happens later. */
class ReleasingTests {
    private static final String COURSE = """
            id: mlops
            title: MLOps
            time-zone: UTC
            components:
              labs:
                title: Labs
                weight: 100
                labs:
                  - {id: viva, title: The viva, points: 8, release: 2026-01-01}
                  - {id: attendance, title: Attendance, points: 2}
            """;

    @TempDir
    Path home;

    private Course course() {
        return CourseLoader.load(home.resolve("course.yaml"), name -> Optional.empty());
    }

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(home.resolve("course.yaml"), COURSE);
        Course course = course();
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            RosterStore store = new RosterStore(database);
            store.note(course, Instant.EPOCH);
            Roster roster = new Roster(List.of(Student.named("s01", "Ada"), Student.named("s02", "Bo")));
            store.apply(course.id(), RosterChange.between(Roster.EMPTY, roster), "test", "staff", Instant.EPOCH);
        }
        lab("mark", "viva", "--student", "s01", "points=5", "--by", "asha", "--comment", "staff: ask about the code");
        lab("mark", "viva", "--student", "s02", "points=7", "--by", "asha", "--comment", "well done");
    }

    private Result lab(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--course");
        all.add(home.resolve("course.yaml").toString());
        return new Cli(home).run(all.toArray(String[]::new));
    }

    private Optional<StudentSheet> seen(String student) {
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            return new Releases(course(), database).seen(StudentId.parse(student));
        }
    }

    private String points(String student) {
        return seen(student)
                .orElseThrow()
                .components()
                .getFirst()
                .labs()
                .getFirst()
                .points();
    }

    @Test
    void nothingIsSeenBeforeARelease() {
        assertThat(seen("s01")).isEmpty();
        assertThat(lab("release").out())
                .contains("viva: not released, planned for", ": due", "the course's total: not released");
        assertThat(lab("release", "--lab", "viva", "--preview").out()).contains("Nothing is released.");
        assertThat(seen("s01")).isEmpty();
    }

    @Test
    void whatWasReleasedStaysUntilItIsReleasedAgainWithAReason() {
        assertThat(lab("release", "--lab", "viva").out()).contains("viva is released to 2 students.");
        assertThat(points("s01")).isEqualTo("5");

        lab("mark", "viva", "--student", "s01", "points=6", "--by", "asha");
        assertThat(points("s01")).isEqualTo("5");
        assertThat(lab("release").out()).contains("1 student would see other points now");

        Result silent = lab("release", "--lab", "viva");
        assertThat(silent.exit()).isEqualTo(2);
        assertThat(silent.err()).contains("1 student would see something else: say why with --why.");
        assertThat(points("s01")).isEqualTo("5");

        assertThat(lab("release", "--lab", "viva", "--why", "marked again").out())
                .contains("s01: 5 of 8 -> 6 of 8", "viva is released to 2 students.");
        assertThat(points("s01")).isEqualTo("6");
    }

    @Test
    void onlyWhatIsReleasedIsSeenAndStaffsOwnWordsNever() {
        lab("mark", "attendance", "--student", "s01", "points=2", "--by", "asha");
        lab("release", "--lab", "viva");

        StudentSheet sheet = seen("s01").orElseThrow();
        String document = SheetJson.write(sheet);

        assertThat(sheet.total()).isNull();
        assertThat(document).contains("The viva").doesNotContain("Attendance", "ask about the code");
        assertThat(SheetJson.write(seen("s02").orElseThrow())).contains("well done");

        lab("release", "--total");
        assertThat(seen("s01").orElseThrow().total()).isNotNull();
        assertThat(SheetJson.write(seen("s01").orElseThrow())).doesNotContain("ask about the code");
    }

    @Test
    void whatStudentsSeeCanBeShownAndWritten(@TempDir Path out) throws IOException {
        assertThat(lab("gradebook", "--released").out()).contains("Nothing is released yet: ./lab release");
        assertThat(lab("gradebook", "--released", "--explain", "s02").out())
                .contains("Nothing was released to s02 yet");

        lab("release", "--lab", "viva");
        lab("mark", "viva", "--student", "s02", "points=1", "--by", "asha");

        assertThat(lab("gradebook", "--released").out())
                .contains(
                        "s01 Ada: viva 5 of 8",
                        "s02 Bo: viva 7 of 8",
                        "2 of 2 students see something of their grades.");
        assertThat(lab("gradebook", "--released", "--explain", "s02").out())
                .contains("The viva", "7 of 8", "well done")
                .doesNotContain("Attendance", "Total");
        Result written = lab("gradebook", "--released", "--html", out.toString(), "--markdown", out.toString());
        assertThat(written.err()).contains("Released: 2 pages in", "Released: 2 files in");
        assertThat(out.resolve("s02.html"))
                .content()
                .contains("The viva", "well done")
                .doesNotContain("Attendance");
        assertThat(out.resolve("s01.md")).content().contains("5 of 8").doesNotContain("ask about the code");
        assertThat(out.resolve("index.html")).doesNotExist();

        lab("release", "--total", "--why", "all is marked");
        assertThat(lab("gradebook", "--released", "--explain", "s02").out()).contains("Total: ");
    }

    @Test
    void whatWasFrozenIsNotComputedAnew() {
        assertThat(lab("gradebook", "--released", "--csv", "-").err()).contains("leave --released out");
        assertThat(lab("gradebook", "--released", "--as-of", "2026-10-01 12:00").exit())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "staff: secret",
                "Staff only: secret",
                "[staff] secret",
                "  (STAFF-ONLY) secret",
                "'staff : secret"
            })
    void whatPeopleWriteInPlaceOfTheMarkForStaffIsForStaffAsWell(String words) {
        lab("mark", "viva", "--student", "s01", "points=6", "--by", "asha", "--comment", words);
        lab("override", "s01", "viva", "--add", "1", "--why", words);
        lab("release", "--lab", "viva");

        assertThat(SheetJson.write(seen("s01").orElseThrow())).doesNotContain("secret");
        assertThat(lab("gradebook", "--explain", "s01").out()).contains("secret");
    }

    @Test
    void aSentenceAboutStaffIsForStudents() {
        lab("mark", "viva", "--student", "s01", "points=6", "--by", "asha", "--comment", "staff were ill that day");
        lab("release", "--lab", "viva");

        assertThat(SheetJson.write(seen("s01").orElseThrow())).contains("staff were ill");
    }

    @Test
    void wordsThatWereReleasedByMistakeCanBeTakenBack() {
        lab("mark", "viva", "--student", "s01", "points=6", "--by", "asha", "--comment", "asked for the code of s02");
        lab("release", "--lab", "viva");
        assertThat(lab("release", "--lab", "viva", "--why", "again").out())
                .isEqualTo("viva: students see exactly this already. Nothing is released.\n");

        lab("mark", "viva", "--student", "s01", "points=6", "--by", "asha", "--comment", "good");

        assertThat(lab("release", "--lab", "viva", "--why", "a name stood in it")
                        .out())
                .isEqualTo("  s01: 6 of 8, with other words\nviva is released to 2 students.\n");
        assertThat(SheetJson.write(seen("s01").orElseThrow())).contains("good").doesNotContain("s02");
    }

    @Test
    void nothingIsReleasedToNobody() throws IOException {
        Files.writeString(home.resolve("course.yaml"), COURSE.replace("id: mlops", "id: empty"));

        Result result = lab("release", "--lab", "viva");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("Nobody takes the course empty yet");
        assertThat(lab("mark", "viva").out())
                .contains("Nobody takes the course yet")
                .doesNotContain("for oneself");
    }

    @Test
    void whatIsReleasedTooEarlyIsSaid() {
        assertThat(lab("release", "--lab", "attendance", "--preview").out())
                .contains("note: of 2 students it is open for 2 and waits for staff for 0.");
        assertThat(lab("release", "--lab", "viva", "--preview").out()).doesNotContain("note:");
    }
}

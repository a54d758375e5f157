package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;

/** Marks and decisions as people enter them, down to the grade that they make. */
class MarkingTests {
    private static final String COURSE = """
            id: mlops
            title: MLOps
            time-zone: UTC
            components:
              viva:
                title: Viva
                weight: 100
                labs:
                  - id: viva
                    title: The viva
                    form:
                      graders: 2
                      combine: chief
                      blocks:
                        - title: Abilities
                          personal: true
                          items:
                            - {id: explains, title: Explains, points: 4, step: 0.5}
                            - {id: tools, title: Tools, points: 4}
                  - {id: attendance, title: Attendance, points: 2}
            """;

    @TempDir
    Path home;

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(home.resolve("course.yaml"), COURSE);
        Course course = CourseLoader.load(home.resolve("course.yaml"), name -> java.util.Optional.empty());
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            RosterStore store = new RosterStore(database);
            store.note(course, Instant.EPOCH);
            Roster roster = new Roster(List.of(Student.named("s01", "Ada"), Student.named("s02", "Bo")));
            store.apply(course.id(), RosterChange.between(Roster.EMPTY, roster), "test", "staff", Instant.EPOCH);
        }
    }

    private Result lab(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.add("--course");
        all.add(home.resolve("course.yaml").toString());
        return new Cli(home).run(all.toArray(String[]::new));
    }

    @Test
    void marksOfSeveralGradersMakeAGradeOnceTheFormIsFinished() {
        Result first = lab("mark", "viva", "--student", "s01", "explains=3.5", "tools=2", "--by", "asha");

        assertThat(first.exit()).isZero();
        assertThat(first.out()).isEqualTo("""
                        2 marks entered.
                        Not finished for 2 of 2 students:
                          s01: explains, tools
                          s02: explains, tools
                        """);
        assertThat(lab("gradebook", "--explain", "s01").out())
                .contains("Abilities: Explains: 3.5 of 4 by asha; 1 of 2 graders have marked it.", "Waits for staff");

        assertThat(lab("mark", "viva", "--student", "s01", "explains=2", "tools=3", "--by", "ravi")
                        .exit())
                .isZero();
        assertThat(lab("gradebook", "--explain", "s01").out())
                .contains(
                        "Abilities: Explains: 3.5 by asha and 2 by ravi; until the chief's word",
                        "5.25 of 8 = 65.625 %");

        assertThat(lab("mark", "viva", "--student", "s01", "explains=4", "--by", "chief", "--chief")
                        .exit())
                .isZero();
        assertThat(lab("gradebook", "--explain", "s01").out()).contains("6.5 of 8 = 81.25 %");
    }

    @Test
    void aMarkThatIsTakenBackIsOpenAgain() {
        lab("mark", "attendance", "--student", "s01", "points=2", "--by", "asha");
        assertThat(lab("gradebook", "--explain", "s01").out()).contains("2 of 2 = 100 %");

        assertThat(lab("mark", "attendance", "--student", "s01", "points=-", "--by", "asha")
                        .exit())
                .isZero();

        assertThat(lab("gradebook", "--explain", "s01").out()).contains("Not marked yet: Points (2).");
    }

    @Test
    void aWrongMarkEntersNothing() {
        Result wrong = lab("mark", "viva", "--student", "s01", "explains=3.5", "tolls=2");

        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("Nothing was entered: the form of viva has no item 'tolls'. Did you mean 'tools'?");
        assertThat(lab("gradebook", "--explain", "s01").out()).doesNotContain("3.5");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(lab("mark", "vival").err())
                .contains("The course mlops has no lab 'vival'. Did you mean 'viva'? There are viva, attendance.");
        assertThat(lab("mark", "viva", "--student", "s1", "tools=1").err())
                .contains("the roster has no student or team 's1'. Did you mean 's01'?");
        assertThat(lab("gradebook", "--explain", "s03").err())
                .contains("The roster has no student 's03'.", "There are s01, s02.");
    }

    @Test
    void aDecisionHoldsUntilItIsTakenBack() {
        lab("mark", "attendance", "--student", "s01", "points=1", "--by", "asha");

        Result set = lab("override", "s01", "attendance", "--set", "2", "--why", "was there", "--by", "chief");
        assertThat(set.exit()).isZero();
        assertThat(set.out())
                .contains("Set to 2 points by chief on ", ": was there")
                .endsWith("2 of 2 = 100 %.\n");
        long number = Long.parseLong(
                set.out().lines().skip(1).findFirst().orElseThrow().strip().split(" ", 2)[0]);

        Result back = lab("override", "--take-back", String.valueOf(number), "--why", "was not", "--by", "chief");
        assertThat(back.out()).isEqualTo("Decision " + number + " about s01 and attendance is taken back.\n");
        assertThat(lab("override", "s01", "attendance").out())
                .contains("Taken back by chief on ", ": was not.")
                .endsWith("1 of 2 = 50 %.\n");
        assertThat(lab("override", "--take-back", String.valueOf(number), "--why", "twice")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void aDecisionNeedsAReasonAndABound() {
        assertThat(lab("override", "s01", "attendance", "--set", "2").err()).contains("Say why");
        assertThat(lab("override", "s01", "attendance", "--set", "5", "--why", "x")
                        .err())
                .contains("--set takes 0 to 4 with at most 2 decimal places, not 5.");
        assertThat(lab("override", "s01", "attendance", "--set", "1", "--excuse", "--why", "x")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void aDecisionIsTakenBackOnlyOfWhomItIsAbout() {
        lab("override", "s01", "attendance", "--set", "2", "--why", "was there", "--by", "chief");

        Result other = lab("override", "s02", "attendance", "--take-back", "1", "--why", "was not");

        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("Decision 1 is about s01 and attendance. Nothing is taken back.");
        assertThat(lab("override", "s01", "attendance").out()).endsWith("2 of 2 = 100 %.\n");
    }

    @Test
    void numbersBeyondAllBoundsAreNamedAsTheyWereWritten() {
        assertThat(lab("override", "s01", "attendance", "--set", "1E+999999999", "--why", "x")
                        .err())
                .contains("--set takes 0 to 4 with at most 2 decimal places, not 1E+999999999.");
        assertThat(lab("override", "s01", "attendance", "--add", "1E-999999999", "--why", "x")
                        .err())
                .contains("not 1E-999999999.");
    }

    @Test
    void aFactorIsForTeams() {
        Result result = lab("override", "s01", "attendance", "--factor", "0.5", "--why", "x");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("attendance is no lab for teams. To change its points: --set or --add.");
    }

    @Test
    void reasonsAndNamesAreOnePlainLine() {
        Result said = lab(
                "override",
                "s01",
                "attendance",
                "--comment",
                "--why",
                "two\nlines \u001b[31mred \u202Eevil",
                "--by",
                "chief");

        assertThat(said.out()).contains("Comment by chief on ", ": two lines red evil.\n");
        assertThat(lab("override", "s01", "attendance", "--comment", "--why", "x".repeat(2_001))
                        .err())
                .contains("--why takes at most 2000 characters, not 2001.");
        assertThat(lab("override", "s01", "attendance", "--comment", "--why", "x", "--by", "a\u202Eb")
                        .err())
                .contains("--by takes a name, at most 200 characters on one line, none of them invisible.");
    }

    @Test
    void aTableSaysItselfWhoseMarksItHolds() throws IOException {
        Path table = Files.writeString(home.resolve("marks.csv"), "student,points\ns01,2\n");

        assertThat(lab("mark", "attendance", "--csv", table.toString(), "--student", "s02")
                        .err())
                .contains("With --csv the table says whose marks they are");
        assertThat(lab("mark", "attendance", "--csv", table.toString()).out()).startsWith("1 mark entered.");
    }

    @Test
    void whoIsExcusedFromEverythingHasNotFailed() {
        lab("override", "s01", "attendance", "--excuse", "--why", "in hospital");
        lab("override", "s01", "viva", "--excuse", "--why", "in hospital");

        assertThat(lab("gradebook", "--explain", "s01").out())
                .contains(
                        "Nothing of the course counts for this student: there is no total.",
                        "Not final: staff decide what this means for the grade.")
                .doesNotContain("Not marked yet");
    }

    @Test
    void whereNobodySharesAnythingPointsAreByPeople() {
        lab("mark", "attendance", "--student", "s01", "points=1", "--by", "asha");
        lab("override", "s01", "attendance", "--add", "0.5", "--why", "helped");

        assertThat(lab("gradebook", "--explain", "s01").out()).contains("Sum: 1 by people + 0.5 by decision = 1.5.");
    }

    @Test
    void aGraderIsOneHoweverTheNameIsWritten() {
        lab("mark", "viva", "--student", "s01", "explains=4", "--by", "Asha");
        lab("mark", "viva", "--student", "s01", "explains=2", "--by", "asha");

        assertThat(lab("gradebook", "--explain", "s01").out())
                .contains("Abilities: Explains: 2 of 4 by asha; 1 of 2 graders have marked it.");
    }

    @Test
    void whatIsWorthLessThanItsMarksWaitsForStaff() throws IOException {
        lab("mark", "attendance", "--student", "s01", "points=2", "--by", "asha");
        Files.writeString(
                home.resolve("course.yaml"), COURSE.replace("Attendance, points: 2", "Attendance, points: 1"));

        assertThat(lab("gradebook", "--explain", "s01").out().replaceAll("\\s+", " "))
                .contains("2 of 1 by asha; the item gives 1 at the most now, so staff have to mark it again.")
                .contains("Not final: staff still have to look at something.");

        lab("mark", "attendance", "--student", "s01", "points=1", "--by", "asha");
        assertThat(lab("gradebook", "--explain", "s01").out())
                .contains("1 of 1 by asha.")
                .doesNotContain("mark it again");
    }
}

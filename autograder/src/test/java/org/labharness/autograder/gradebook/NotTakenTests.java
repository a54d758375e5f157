package org.labharness.autograder.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.ledger.GradeOverride.Kind;

/** Work that could not be read: what costs nothing until staff have looked, and what is a student's own matter. */
class NotTakenTests {
    private static final String DUE = "2026-09-10 23:59";
    private static final String AFTER = "2026-09-12 12:00";

    @TempDir
    Path folder;

    private CourseFacts facts;

    @BeforeEach
    void begin() {
        facts = course("{lab: a1, due: \"2026-09-10 23:59\", late: {per-day: 10, closes: 5d}}", Map.of("a1", 10))
                .student("ada", "Ada", "alpha", Map.of(), java.util.Set.of());
    }

    private CourseFacts course(String offered, Map<String, Integer> points) {
        return CourseFacts.of(folder, """
                        id: mlops
                        title: MLOps
                        time-zone: Asia/Kolkata
                        components:
                          labs:
                            title: Labs
                            weight: 100
                            labs: [LABS]
                        """.replace("LABS", offered), points);
    }

    private List<String> told(String asOf) {
        CourseGrade grade = facts.grade("ada", asOf);
        return new Explanation(facts.course()).lab(grade.lab("a1").orElseThrow(), grade);
    }

    private LabGrade grade() {
        return facts.lab("ada", "a1", AFTER);
    }

    @Test
    void aRepositoryThatCouldNotBeReadAtItsDeadlineCostsNothing() {
        facts.notTaken("ada", "a1", DUE, null, true, "git.example.org does not answer.", null);

        assertThat(told(AFTER))
                .containsExactly(
                        "Not read, repository, 2026-09-10 23:59: git.example.org does not answer.",
                        "Waits for staff; not counted yet, and nothing is lost for it.");
        assertThat(grade().status()).isEqualTo(Status.WAITING);
        assertThat(grade().provisional()).isTrue();
        assertThat(facts.grade("ada", AFTER).weight()).isZero();
    }

    @Test
    void whatWasReadAndRefusedIsMissingWithTheReason() {
        facts.notTaken("ada", "a1", DUE, null, false, "The repository has no commit: push one.", null);

        assertThat(told(AFTER))
                .containsExactly(
                        "Not taken, repository, 2026-09-10 23:59: The repository has no commit: push one.",
                        "Late work is accepted until 2026-09-15 23:59.",
                        "Nothing that counts was handed in by 2026-09-10 23:59: 0 of 10.");
    }

    @Test
    void beforeTheDeadlineItIsSaidAndDecidesNothing() {
        facts.notTaken("ada", "a1", "2026-09-08 12:00", null, false, "The repository has no commit.", null);

        assertThat(told("2026-09-09 12:00"))
                .containsExactly(
                        "Not taken, repository, 2026-09-08 12:00: The repository has no commit.",
                        "Open until 2026-09-10 23:59; not counted yet.");
    }

    @Test
    void aGradeOfEarlierWorkIsProvisionalWhereTheRepositoryCouldNotBeReadAtTheDeadline() {
        facts.attempt("ada", "a1", "2026-09-05 12:00", "4")
                .notTaken("ada", "a1", DUE, null, true, "git.example.org does not answer.", "2026-09-05 12:00");

        assertThat(told(AFTER))
                .endsWith(
                        "Not read, repository, 2026-09-10 23:59: git.example.org does not answer.",
                        "Provisional: staff still have to look at something of it, and nothing is lost for that.",
                        "Late work is accepted until 2026-09-15 23:59.",
                        "4 of 10 = 40 %.");
    }

    @Test
    void workThatIsLateDoesNotStandForWhatWasThereAtTheDeadline() {
        facts.notTaken("ada", "a1", DUE, null, true, "away", null).attempt("ada", "a1", "2026-09-11 12:00", "4");

        assertThat(grade().notTaken()).isNotNull();
        assertThat(grade().provisional()).isTrue();
    }

    @Test
    void whatWasTakenLaterIsEnough() {
        facts.notTaken("ada", "a1", DUE, null, true, "away", "2026-09-11 08:00");
        assertThat(grade().status()).isEqualTo(Status.MISSING);

        facts.notTaken("ada", "a1", "2026-09-01 12:00", null, true, "away", null)
                .attempt("ada", "a1", "2026-09-02 12:00", "4");
        assertThat(grade().notTaken()).isNull();
        assertThat(grade().provisional()).isFalse();
    }

    @Test
    void onceReadAtTheDeadlineALaterReadingThatFailsChangesNothing() {
        facts.attempt("ada", "a1", DUE, "4").notTaken("ada", "a1", "2026-09-11 12:00", null, true, "away", DUE);

        assertThat(grade().notTaken()).isNull();
    }

    @Test
    void aPushThatAForgeToldOfIsWaitedFor() {
        facts.notTaken("ada", "a1", "2026-09-10 22:00", "abcdef0123456789", true, "", null);

        assertThat(told(AFTER))
                .containsExactly(
                        "Not read, push abcdef01, 2026-09-10 22:00: the harness has not read it; staff look at it, and"
                                + " nothing is lost for it.",
                        "Waits for staff; not counted yet, and nothing is lost for it.");
    }

    @Test
    void aPushThatCameWhenNothingWasAcceptedAnyMoreIsNotWaitedFor() {
        facts.notTaken("ada", "a1", "2026-09-20 22:00", "abcdef0123456789", true, "away", null);

        assertThat(facts.lab("ada", "a1", "2026-09-21 00:00").status()).isEqualTo(Status.MISSING);
    }

    @Test
    void ofSeveralTheOneThatExcusesIsTold() {
        facts.notTaken("ada", "a1", "2026-09-10 22:00", "abcdef0123456789", true, "away", null)
                .notTaken("team:alpha", "a1", "2026-09-10 22:30", "beef", false, "It has no commit.", null);

        assertThat(told(AFTER)).first().asString().startsWith("Not read, push abcdef01");
        assertThat(grade().status()).isEqualTo(Status.WAITING);
    }

    @Test
    void workOfATeamIsSaidToBe() {
        facts.notTaken("team:alpha", "a1", "2026-09-10 22:30", "beef", false, "It has no commit.", null);

        assertThat(told(AFTER))
                .first()
                .isEqualTo("Not taken, push beef of team alpha, 2026-09-10 22:30: It has no commit.");
    }

    @Test
    void studentsAreNotToldWhatKeptTheHarnessFromReading() {
        facts.notTaken("ada", "a1", DUE, null, true, "LAB_GIT_TOKEN is not accepted by git.example.org.", null);
        CourseGrade grade = facts.grade("ada", AFTER);

        assertThat(new Explanation(facts.course())
                        .lab(ForStudents.of(grade.lab("a1").orElseThrow()), grade))
                .first()
                .isEqualTo("Not read, repository, 2026-09-10 23:59: the harness has not read it; staff look at it, and"
                        + " nothing is lost for it.");
    }

    @Test
    void whereStaffHaveDecidedNothingIsSaid() {
        facts.notTaken("ada", "a1", DUE, null, true, "away", null)
                .override("ada", "a1", Kind.SET, "0", "staff", AFTER, "the repository was never made");

        assertThat(grade().status()).isEqualTo(Status.GRADED);
        assertThat(grade().notTaken()).isNull();
        assertThat(grade().provisional()).isFalse();
    }

    @Test
    void thatNothingWasHandedInIsSaidOnlyWhereSomebodyHasLookedSinceTheDeadline() {
        facts.student("bob", "https://git.example.org/bob.git", "beta").look("bob", "a1", "2026-09-08 12:00");
        CourseGrade grade = facts.grade("bob", AFTER);

        assertThat(new Explanation(facts.course()).lab(grade.lab("a1").orElseThrow(), grade))
                .containsExactly(
                        "Not read, repository, 2026-09-10 23:59: nobody has read it since this deadline; ./lab collect"
                                + " does.",
                        "Waits for staff; not counted yet, and nothing is lost for it.");
        assertThat(facts.lab("bob", "a1", "2026-09-10 12:00").notTaken()).isNull();

        facts.look("team:beta", "a1", DUE);
        assertThat(facts.lab("bob", "a1", AFTER).status()).isEqualTo(Status.MISSING);
    }

    @Test
    void aTeamHasARepositoryWhereTheLineOfOneOfThemNamesIt() {
        CourseFacts teams = course(
                        "{lab: a1, due: \"2026-09-10 23:59\", team: true}, {lab: a2, due: \"2026-09-10 23:59\"}",
                        Map.of("a1", 10, "a2", 10))
                .student("ada", "Ada", "alpha", Map.of(), java.util.Set.of())
                .student("bob", "https://git.example.org/alpha.git", "alpha")
                .student("cyd", "Cyd", "beta", Map.of(), java.util.Set.of());

        assertThat(teams.lab("ada", "a1", AFTER).status()).isEqualTo(Status.WAITING);
        assertThat(teams.lab("bob", "a1", AFTER).status()).isEqualTo(Status.WAITING);
        assertThat(teams.lab("ada", "a2", AFTER).status())
                .as("everybody works alone, and she has none")
                .isEqualTo(Status.MISSING);
        assertThat(teams.lab("cyd", "a1", AFTER).status())
                .as("nobody of it has one")
                .isEqualTo(Status.MISSING);
    }

    @Test
    void whoseWorkCountsNeedsNoLook() {
        facts.student("bob", "https://git.example.org/bob.git", null).attempt("bob", "a1", "2026-09-05 12:00", "4");

        assertThat(facts.lab("bob", "a1", AFTER).status()).isEqualTo(Status.GRADED);
        assertThat(facts.lab("bob", "a1", AFTER).provisional()).isFalse();
    }

    @Test
    void whatWasFoundInARepositoryIsNotCalledLateByADeadlineThatWasMovedSince() {
        facts.attempt("ada", "a1", "2026-09-11 12:00", "4").found();

        assertThat(told(AFTER))
                .containsExactly(
                        "Not decided yet, at an unknown time (00abcdef): 4 of 10 by the checks; staff decide whether it"
                                + " came in time.",
                        "Waits for staff; not counted yet, and nothing is lost for it.");

        facts.override("ada", "a1", Kind.IN_TIME, null, "staff", AFTER, "the deadline was moved");
        assertThat(told(AFTER)).last().isEqualTo("4 of 10 = 40 %.");
    }

    @Test
    void whatWasFoundInTimeIsInTime() {
        facts.attempt("ada", "a1", DUE, "4").found();

        assertThat(told(AFTER)).last().isEqualTo("4 of 10 = 40 %.");
        assertThat(grade().provisional()).isFalse();
    }
}

package org.labharness.autograder.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.gradebook.CourseFacts;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.sample.Golden;

/** The words of grades, for students who want to know why. */
class TranscriptTests {
    private static final String TERM =
            """
            id: mlops-2026
            title: Machine Learning Operations
            time-zone: Asia/Kolkata
            pass-mark: 40
            letters: {S: 90, A: 80, B: 70, C: 60, D: 50, E: 40}
            ranks: true
            late-days: 3
            late: {grace: 15m, per-day: 10, most: 50, bank: true, closes: 5d}
            components:
              assignments:
                title: Assignments
                weight: 60
                best: 8
                offered: 10
                labs:
                  - {lab: a1, title: Manual MLOps, due: 2026-08-10}
                  - {lab: a2, title: An API in a swarm, due: 2026-08-20, team: true}
                  - {lab: a3, title: DVC pipelines, due: 2026-08-30}
                  - {lab: a4, title: Experiments, due: 2026-09-09}
                  - {lab: a5, title: Monitoring, due: 2026-09-19}
                  - {lab: a6, title: Airflow, due: 2026-09-29}
                  - {lab: a7, title: MLflow, due: 2026-10-09, attempts: {most: 2, cool-down: 1h}}
                  - {lab: a8, title: Spark, due: 2026-10-19, attempts: {counts: last-in-time}}
                  - {lab: a9, title: Spark on a cluster, due: 2026-10-29}
                  - {lab: a10, title: Serving, due: 2026-11-08}
              challenge:
                title: Data challenge and viva
                weight: 20
                scale: points
                labs:
                  - {id: challenge, title: Data challenge, points: 60}
                  - id: challenge-viva
                    title: Viva on the data challenge
                    form:
                      graders: 2
                      combine: average
                      blocks:
                        - title: Viva
                          personal: true
                          items:
                            - {id: approach, title: Explains the approach, points: 20, step: 1}
                            - {id: questions, title: Answers questions, points: 20, step: 1}
              uat:
                title: End-to-end application
                weight: 15
                labs:
                  - id: uat
                    title: Application for user acceptance testing
                    team: true
                    form:
                      combine: chief
                      blocks:
                        - title: Demonstration
                          items:
                            - {id: usable, title: Usability and manual, points: 6, step: 0.5}
                            - {id: extra, title: Works on telephones, points: 1, bonus: true}
                        - title: MLOps
                          items: [{id: mlops, title: Data, versions, tracking, points: 21, step: 0.5}]
                        - title: Viva
                          personal: true
                          items: [{id: viva, title: Eight abilities, points: 8, step: 0.5}]
              attendance:
                title: Attendance and class activity
                weight: 5
                labs: [{id: attendance, title: Attendance, points: 30}]
            """.replace("title: Data, versions, tracking", "title: \"Data, versions, tracking\"");

    @TempDir
    Path folder;

    private CourseFacts course(String yaml) {
        Map<String, Integer> labs = new TreeMap<>();
        for (int i = 1; i <= 10; i++) {
            labs.put("a" + i, 50);
        }
        return CourseFacts.of(folder, yaml, labs);
    }

    private static String explained(Gradebook book, String student) {
        return Transcript.of(
                book,
                book.grades().stream()
                        .filter(grade -> grade.student().id().value().equals(student))
                        .findFirst()
                        .orElseThrow(),
                80);
    }

    /** Everything that is not assignments, marked. */
    private static CourseFacts rest(CourseFacts facts, String student, String team) {
        return facts.mark(student, "challenge", "points", "48.5")
                .mark(student, "challenge-viva", "approach", "17")
                .mark(student, "challenge-viva", "approach", "18", "ravi", false, "")
                .mark(student, "challenge-viva", "questions", "12")
                .mark(student, "challenge-viva", "questions", "15", "ravi", false, "")
                .mark(team, "uat", "usable", "5.5")
                .mark(team, "uat", "mlops", "18")
                .mark(student, "uat", "viva", "7")
                .mark(student, "attendance", "points", "28");
    }

    @Test
    void theTwoWorstOfTenLabsAreDropped() {
        CourseFacts facts = course(TERM).student("CS21B001", "Asha Rao");
        String[] points = {"45", "50", "31", "41.25", "38", "50", "12.5", "47", "40", "44"};
        for (int i = 1; i <= 10; i++) {
            facts.attempt("CS21B001", "a" + i, "2026-08-09 18:00", points[i - 1]);
        }
        rest(facts, "CS21B001", "student:CS21B001");

        Golden.check("transcript/best-eight-of-ten.txt", explained(facts.book("2026-12-20 12:00"), "CS21B001"));
    }

    @Test
    void aStudentWithFewerLabsIsToldWhatIsMissing() {
        CourseFacts facts = course(TERM).student("CS21B002", "Bo");
        for (int i = 1; i <= 6; i++) {
            facts.attempt("CS21B002", "a" + i, "2026-08-09 18:00", "40");
        }

        Golden.check("transcript/fewer-labs.txt", explained(facts.book("2026-12-20 12:00"), "CS21B002"));
    }

    @Test
    void inTheMiddleOfTheTermWhatIsOpenIsLeftOut() {
        CourseFacts facts = course(TERM.replace("                  - {lab: a10, title: Serving, due: 2026-11-08}\n", "")
                        .replace("      - {lab: a10, title: Serving, due: 2026-11-08}\n", ""))
                .student("CS21B003", "Chen")
                .attempt("CS21B003", "a1", "2026-08-09 18:00", "45")
                .attempt("CS21B003", "a2", "2026-08-19 18:00", "20")
                .attempt("CS21B003", "a4", "2026-08-19 18:00", "33")
                .mark("CS21B003", "challenge-viva", "approach", "17");

        Golden.check("transcript/middle-of-term.txt", explained(facts.book("2026-08-31 12:00"), "CS21B003"));
    }

    @Test
    void excusedCancelledExtendedAndLateLabsAreTold() {
        CourseFacts facts = course(TERM.replace(
                        "title: Airflow, due: 2026-09-29",
                        "title: Airflow, due: 2026-09-29, cancelled: the server was down"))
                .student(
                        "CS21B004", "Divya Iyer", null, Map.of("a3", "2d", "a4", "2026-09-01T00:00:00Z"), Set.of("a9"));
        facts.attempt("CS21B004", "a1", "2026-08-11 00:10", "45")
                .attempt("CS21B004", "a2", "2026-08-22 12:00", "50")
                .attempt("CS21B004", "a3", "2026-09-01 20:00", "48")
                .attempt("CS21B004", "a4", "2026-09-12 10:00", "40")
                .attempt("CS21B004", "a5", "2026-09-21 08:00", "36")
                .attempt("CS21B004", "a6", "2026-09-28 08:00", "50")
                .attempt("CS21B004", "a7", "2026-10-15 08:00", "50")
                .refused("CS21B004", "a8", "2026-10-18 08:00", "nothing-to-grade")
                .attempt("CS21B004", "a9", "2026-10-18 08:00", "20")
                .override("CS21B004", "a10", Kind.EXCUSE, null, "asha", "2026-11-09 09:00", "in hospital, letter seen");
        rest(facts, "CS21B004", "student:CS21B004");

        Golden.check("transcript/excused-cancelled-late.txt", explained(facts.book("2026-12-20 12:00"), "CS21B004"));
    }

    @Test
    void attemptsAreToldWithWhatBecameOfEach() {
        CourseFacts facts = course(TERM).student("CS21B005", "Eva");
        facts.attempt("CS21B005", "a1", "2026-08-05 18:00", "30")
                .again("42.5", "asha", "2026-08-15 10:00", "a fairer rubric for logging")
                .attempt("CS21B005", "a1", "2026-08-06 18:00", "41")
                .attempt("CS21B005", "a2", "2026-08-15 18:00", "25", "40", false, false)
                .attempt("CS21B005", "a3", "2026-08-25 18:00", "40", "45", true, false)
                .waiting("CS21B005", "a4", "2026-09-08 18:00", "The package index could not be reached.")
                .attempt("CS21B005", "a5", "2026-09-10 18:00", "20")
                .again("20", "harness", "2026-09-15 10:00", "run a second time to see whether it comes out again")
                .waiting("CS21B005", "a6", null, "")
                .attempt("CS21B005", "a7", "2026-10-01 10:00", "20")
                .attempt("CS21B005", "a7", "2026-10-01 10:30", "50")
                .attempt("CS21B005", "a7", "2026-10-02 10:30", "22", "50", false, true)
                .attempt("CS21B005", "a7", "2026-10-03 10:30", "25")
                .attempt("CS21B005", "a7", "2026-10-04 10:30", "48")
                .attempt("CS21B005", "a8", "2026-10-18 10:30", "30")
                .attempt("CS21B005", "a8", "2026-10-19 10:30", "28")
                .attempt("CS21B005", "a8", "2026-10-21 10:30", "50")
                .attempt("CS21B005", "a9", "2026-10-21 10:30", "0", "0", true, false);

        Golden.check("transcript/attempts.txt", explained(facts.book("2026-12-20 12:00"), "CS21B005"));
    }

    @Test
    void aTeamsWorkHasFactorAndVivaOfEachMember() {
        CourseFacts facts = course(TERM)
                .student("CS21B006", "Farid", "alpha", Map.of(), Set.of())
                .student("CS21B007", "Gita", "alpha", Map.of(), Set.of());
        facts.attempt("team:alpha", "a2", "2026-08-19 18:00", "44")
                .mark("team:alpha", "uat", "usable", "5", "asha", false, "the manual lacks pictures")
                .mark("team:alpha", "uat", "usable", "6", "prof", true, "")
                .mark("team:alpha", "uat", "extra", "1")
                .mark("team:alpha", "uat", "mlops", "20")
                .mark("CS21B006", "uat", "viva", "8")
                .mark("CS21B007", "uat", "viva", "4.5")
                .override("CS21B007", "uat", Kind.FACTOR, "0.5", "asha", "2026-12-01 10:00", "few commits")
                .override("CS21B007", "uat", Kind.FACTOR, "0.75", "prof", "2026-12-02 10:00", "the team agrees.")
                .override("CS21B006", "a2", Kind.ADD, "-4", "asha", "2026-09-02 10:00", "parts were copied")
                .override("CS21B006", "a2", Kind.COMMENT, null, "asha", "2026-09-02 10:01", "see me")
                .override("CS21B006", "a1", Kind.SET, "55", "prof", "2026-09-02 10:00", "shown at the desk")
                .override("CS21B007", "a1", Kind.SET, "50", "asha", "2026-09-02 10:00", "mistaken for another")
                .takenBack("asha", "2026-09-03 10:00", "wrong student")
                .override("CS21B007", "a3", Kind.ADD, "5", "asha", "2026-09-03 10:00", "helped others")
                .override("CS21B007", "a2", Kind.IN_TIME, null, "asha", "2026-09-03 10:00", "the network was down");
        Gradebook book = facts.book("2026-12-20 12:00");

        Golden.check("transcript/team-first-member.txt", explained(book, "CS21B006"));
        Golden.check("transcript/team-second-member.txt", explained(book, "CS21B007"));
    }

    @Test
    void whatChecksGiveOnTopIsToldApart() {
        CourseFacts facts = course(TERM.replace("best: 8", "bonus: component, best: 8".replace(", ", "\n    ")))
                .student("CS21B008", "Hari");
        facts.attempt("CS21B008", "a1", "2026-08-05 18:00", "45")
                .onTop("8")
                .attempt("CS21B008", "a2", "2026-08-22 18:00", "50")
                .onTop("5")
                .attempt("CS21B008", "a5", "2026-09-21 08:00", "40")
                .onTop("10")
                .attempt("CS21B008", "a6", "2026-09-28 08:00", "20")
                .override("CS21B008", "a6", Kind.FACTOR, "0.5", "asha", "2026-10-02 10:00", "a shared file");

        Golden.check("transcript/bonus-by-checks.txt", explained(facts.book("2026-12-20 12:00"), "CS21B008"));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void theTableOfACourseFitsItsTerminal(int width) {
        CourseFacts facts = course(TERM)
                .student("CS21B001", "Asha Rao")
                .student("CS21B002", "Venkatanarasimharajuvaripeta Subramanian Ramachandran")
                .student("CS21B003", "王小明")
                .student("CS21B004", "=1+1\u001b[31m|<b>");
        for (int i = 1; i <= 10; i++) {
            facts.attempt("CS21B001", "a" + i, "2026-08-09 18:00", String.valueOf(38 + i));
            facts.attempt("CS21B003", "a" + i, "2026-08-09 18:00", String.valueOf(20 + i));
        }
        rest(facts, "CS21B001", "student:CS21B001");
        rest(facts, "CS21B003", "student:CS21B003");
        facts.waiting("CS21B004", "a1", "2026-08-09 18:00", "no image");
        String table = GradebookTable.of(facts.book("2026-12-20 12:00"), width);

        assertThat(table.lines())
                .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(width));
        Golden.check("transcript/table-" + width + ".txt", table);
    }

    @Test
    void whatPeopleWroteDoesNothingToATerminal() {
        CourseFacts facts = course(TERM).student("CS21B001", "Asha\u001b]0;x\u0007\u202e Rao\nTotal: 100");
        facts.override(
                "CS21B001", "a1", Kind.COMMENT, null, "asha", "2026-08-09 18:00", "see\u001b[2J me\r\nTotal: 100");

        assertThat(explained(facts.book("2026-12-20 12:00"), "CS21B001"))
                .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]")
                .doesNotContain("\u202e", "\nTotal: 100");
    }
}

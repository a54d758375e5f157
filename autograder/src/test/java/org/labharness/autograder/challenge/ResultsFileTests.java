package org.labharness.autograder.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.ChallengeId;
import org.labharness.lab.challenge.Venue;

/** Results of competitions held elsewhere, as they come. */
class ResultsFileTests {
    private static final Roster ROSTER = new Roster(List.of(
            student("CS01", "Ada Ünlü", "ada@example.org", "alpha"),
            student("CS02", "Bo Li", null, "alpha"),
            student("CS03", "Cy Rao", "cy@example.org", null),
            student("CS04", "Di", null, null)));

    private static Student student(String id, String name, @Nullable String mail, @Nullable String team) {
        return new Student(
                StudentId.parse(id),
                name,
                mail,
                team == null ? null : TeamId.parse(team),
                null,
                null,
                Map.of(),
                Map.of(),
                Set.of(),
                false);
    }

    private static Results read(boolean higher, String text) {
        Challenge challenge = new Challenge(
                ChallengeId.parse("kaggle"),
                "Kaggle",
                true,
                null,
                SampleChallenge.CLOSES,
                new Venue.Elsewhere("score", higher),
                null,
                Path.of("").toAbsolutePath());
        return ResultsFile.read(CsvTable.parse("results.csv", text), challenge, ROSTER);
    }

    private static List<String> ranked(Results results) {
        return results.ranked().stream()
                .map(one -> one.rank() + " " + one.result().owner() + " "
                        + one.result().score())
                .toList();
    }

    @Test
    void aLeaderboardAsKaggleGivesItOutIsRead() {
        assertThat(ranked(read(true, """
                        Rank,TeamId,TeamName,LastSubmissionDate,Score,SubmissionCount,TeamMemberUserNames
                        1,16625060,"Alpha","2026-11-18 23:01:03",0.91471,12,"ada,boli"
                        2,16655501,"The Overfitters","2026-11-19 11:26:42",0.91471,40,"xx, CS03"
                        7,16653085,DI,"2026-11-19 04:43:52",0.5,2,di
                        """)))
                .containsExactly("1 team:alpha 0.91471", "2 student:CS03 0.91471", "7 student:CS04 0.5");
    }

    @Test
    void whereScoresAloneAreGivenTheSameSharesARank() {
        assertThat(ranked(read(false, "student;score\nCS03;0.5\nCS01;0.25\nCS04;0.5\n")))
                .containsExactly("1 team:alpha 0.25", "2 student:CS03 0.5", "2 student:CS04 0.5");
    }

    @Test
    void ranksAloneAreEnough() {
        assertThat(ranked(read(true, "team,student,rank\nalpha,,2\n,CS03,1\n,,3\n")))
                .containsExactly("1 student:CS03 null", "2 team:alpha null");
    }

    @Test
    void everyProblemHasItsLine() {
        assertThatThrownBy(() -> read(true, """
                        student,rank,score
                        CS03,1,0.9
                        CS03,2,0.8
                        CS09,3,0.7
                        CS04,0,0.6
                        CS01,5,much
                        CS02,,0.4
                        """))
                .isInstanceOf(InvalidTable.class)
                .hasMessage("""
                        results.csv cannot be used, it has 5 problems:
                          line 3: student:CS03 is in line 2 already.
                          line 4: the roster has no student 'CS09'.
                          line 5: '0' is no rank: expected 1 or more.
                          line 6: the score 'much' is no number. Expected one such as 3.25 or 1e-4.
                          line 7: there is no rank.""".replace(
                                "7: there is no rank.",
                                "7: team:alpha is in line 6 already.\n  line 7: there is no rank.")
                        .replace("has 5", "has 6"));
    }

    @Test
    void ranksThatContradictScoresAreRefused() {
        assertThatThrownBy(() -> read(false, "student,rank,score\nCS03,1,0.9\nCS04,2,0.8\n"))
                .hasMessageContaining("line 3: rank 2 has the score 0.8, better than 0.9 of rank 1 in line 2."
                        + " Of 'score' lower is better, says challenge.yaml.");
    }

    @Test
    void namesThatNobodyHasAreToldWithWhatToDo() {
        assertThatThrownBy(() -> read(true, "TeamName,Score\nStrangers,0.5\n"))
                .hasMessageContaining("line 2: 'Strangers' is no team or student of the roster. Add a column 'team' or"
                        + " 'student' that says who it is");
        assertThatThrownBy(() -> read(true, "name,score\nAda,0.5\n"))
                .hasMessageContaining(
                        "line 1: there is no column 'team', 'student' or 'TeamName'; there are name, score.");
        assertThatThrownBy(() -> read(true, "team\nalpha\n"))
                .hasMessageContaining("line 1: there is no column 'rank' or 'score'.");
        assertThatThrownBy(() -> read(true, "team,student,score\n,,0.5\n"))
                .hasMessageContaining("none of its lines is of anybody in the roster.");
    }

    @Test
    void aNewImportSaysWhatItChanges() {
        Results before = read(true, "student,score\nCS03,0.5\nCS04,0.4\n");
        Results after = read(true, "student,score\nCS03,0.6\nCS01,0.9\n");

        assertThat(after.changesTo(before))
                .containsExactlyInAnyOrder(
                        "changed  student:CS03: score 0.6, was score 0.5",
                        "added    team:alpha: score 0.9",
                        "gone     student:CS04: score 0.4");
        assertThat(after.changesTo(after)).isEmpty();
    }
}

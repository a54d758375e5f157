package org.labharness.autograder.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.autograder.table.CsvTable;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;

class MarkTableTests {
    private static final CourseLab UAT = new CourseLab(
            LabId.parse("uat"),
            "UAT",
            Points.ZERO,
            new Form(
                    1,
                    Form.Combine.AVERAGE,
                    List.of(
                            new FormItem("usability", "", "Usability", Points.of(6), Points.parse("0.5"), false, false),
                            new FormItem("tools", "", "Tools", Points.of(1), Points.parse("0.01"), true, false))),
            null,
            CourseLab.Schedule.ALWAYS,
            LatePolicy.REFUSED,
            AttemptPolicy.DEFAULT,
            true,
            null);

    private static final Roster ROSTER = new Roster(List.of(
            member("s01", TeamId.parse("alpha")), member("s02", TeamId.parse("alpha")), Student.named("s03", "Cy")));

    private static Student member(String id, TeamId team) {
        return new Student(StudentId.parse(id), id, null, team, null, null, Map.of(), Map.of(), Set.of(), false);
    }

    private static List<String> marks(String csv) {
        return MarkTable.read(CsvTable.parse("marks.csv", csv), new MarkReader(UAT, ROSTER), "asha", false).stream()
                .map(MarkTableTests::shown)
                .toList();
    }

    private static String shown(NewMark mark) {
        return mark.owner() + " " + mark.item() + " " + mark.points() + " by " + mark.grader()
                + (mark.chief() ? ", chief" : "") + (mark.comment().isEmpty() ? "" : ": " + mark.comment());
    }

    @Test
    void aColumnForEachItemIsRead() {
        assertThat(marks("""
                student,name,usability,tools,comment
                s01,Ada,5.5,0.75,quick
                s03,Cy,,1,
                """))
                .containsExactly(
                        "team:alpha usability 5.5 by asha: quick",
                        "student:s01 tools 0.75 by asha: quick",
                        "student:s03 tools 1 by asha");
    }

    @Test
    void aMarkALineIsReadWithItsGrader() {
        assertThat(marks("""
                student;item;points;grader;chief
                s01;usability;"5,5";ravi;x
                s02;tools;-;;
                """))
                .containsExactly("team:alpha usability 5.5 by ravi, chief", "student:s02 tools null by asha");
    }

    @Test
    void aTeamGetsWhatItShares() {
        assertThat(marks("team,usability\nalpha,6\n")).containsExactly("team:alpha usability 6 by asha");
    }

    @Test
    void everyProblemIsNamedWithItsLine() {
        assertThatThrownBy(() -> marks("""
                student,usability,tools,usabilty
                s01,5.25,2,1
                s99,1,,
                alpha,,1,
                ,1,,
                """)).isInstanceOf(InvalidTable.class).hasMessage("""
                        marks.csv cannot be used, it has 6 problems:
                          line 1: the form of uat has no item 'usabilty'. Did you mean 'usability'?
                          line 2: 'usability' takes 0 to 6 points in steps of 0.5, not '5.25'.
                          line 2: 'tools' takes 0 to 1 points, not '2'.
                          line 3: the roster has no student or team 's99'.
                          line 4: 'tools' is given to each member, but 'alpha' is a team. Name a student.
                          line 5: it names no student.""");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"abc", "1e3", "-1", "0.005", "NaN", "6.5", "99999999", "=6", "'6 '';--'"})
    void whatIsNoNumberOfPointsIsRefused(String points) {
        assertThatThrownBy(() -> marks("student,usability\ns01,\"" + points + "\"\n"))
                .isInstanceOf(InvalidTable.class)
                .hasMessageContaining("'usability' takes 0 to 6 points in steps of 0.5, not '" + points + "'.");
    }

    @Test
    void withoutNamesNothingIsRead() {
        assertThatThrownBy(() -> marks("who,usability\ns01,1\n"))
                .isInstanceOf(InvalidTable.class)
                .hasMessageContaining("there is no column 'student' or 'team'");
    }

    @Test
    void twoMarksOfOneGraderForTheSameAreASlip() {
        assertThatThrownBy(() -> marks("""
                student,item,points,grader
                s01,usability,5,
                s03,tools,1,
                s02,usability,4,
                s03,tools,-,asha
                """)).isInstanceOf(InvalidTable.class).hasMessage("""
                        marks.csv cannot be used, it has 2 problems:
                          line 4: 'usability' of team alpha by asha is 4, but 5 in line 2. Keep one.
                          line 5: 'tools' of s03 by asha is -, but 1 in line 3. Keep one.""");
    }

    @Test
    void whatATeamSharesMayStandAtEachMember() {
        assertThat(marks("student,usability\ns01,5\ns02,5\n")).containsExactly("team:alpha usability 5 by asha");
    }

    @Test
    void aTableWithoutMarksSaysSo() {
        assertThatThrownBy(() -> marks("student,usability,tools\ns01,,\n"))
                .hasMessageContaining("it holds no mark: no cell for points is filled.");
        assertThatThrownBy(() -> marks("student,comment\ns01,good\n"))
                .hasMessageContaining("line 1: there is no column for points: name an item of the form.");
    }

    @Test
    void wordsThatNobodySeesAreLeftOut() {
        assertThat(marks("student,tools,grader,comment\ns01,1,\"ra\u202Evi\",\"two\nlines \u001b[31mred\"\n"))
                .containsExactly("student:s01 tools 1 by ravi: two lines red");
        assertThatThrownBy(() -> marks("student,tools,chief\ns01,1,maybe\n"))
                .hasMessageContaining("line 2: 'chief' takes yes or no, not 'maybe'.");
    }
}

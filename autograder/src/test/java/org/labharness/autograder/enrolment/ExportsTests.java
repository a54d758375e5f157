package org.labharness.autograder.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.enrolment.Imported.fresh;
import static org.labharness.autograder.enrolment.Imported.into;
import static org.labharness.autograder.enrolment.Imported.refused;
import static org.labharness.autograder.enrolment.Imported.student;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.sample.TinyCourse;

/** Tables as other systems write them, with the columns that they really have. */
class ExportsTests {
    private static final Roster KNOWN = fresh("""
            id,name,mail,section,repository:dvc-pipeline
            cs1,Ada Lovelace,ada@example.org,B,https://git.example.org/ada.git
            cs2,Bo Li,bo@example.org,,
            """);

    private static ImportChoices teams(String prefix) {
        return new ImportChoices(null, null, prefix, null);
    }

    private static ImportChoices id(String column) {
        return new ImportChoices(column, null, null, null);
    }

    private static ImportChoices lab(String id) {
        return new ImportChoices(null, null, null, id);
    }

    private static ImportChoices repository(String pattern) {
        return new ImportChoices(null, pattern, null, null);
    }

    @Nested
    class Participants_of_Moodle {
        private static final String PARTICIPANTS = """
                "First name","Last name","ID number","Email address",Groups
                Ada,Lovelace,cs1,ada@example.org,"Monday, Team 7"
                Chi,Okafor,cs3,chi@example.org,
                """;

        @Test
        void are_the_whole_list() {
            RosterImport read = into(KNOWN, PARTICIPANTS);
            assertThat(read.kind()).isEqualTo(Kind.MOODLE);
            assertThat(read.whole()).isTrue();
            assertThat(read.change(true).gone()).extracting(Student::name).containsExactly("Bo Li");
            assertThat(student(read.merged(), "cs3").name()).isEqualTo("Chi Okafor");
            assertThat(student(read.merged(), "cs3").mail()).isEqualTo("chi@example.org");
        }

        @Test
        void with_their_roles_are_the_students_among_them() {
            RosterImport read = into(KNOWN, """
                    "First name",Surname,"ID number","Email address",Roles,Groups
                    Ada,Lovelace,cs1,ada@example.org,"Student, Representative",No groups
                    Prof,Teach,staff7,prof@example.org,Teacher,
                    """);
            assertThat(read.students()).isOne();
            assertThat(student(read.merged(), "cs1").section())
                    .isEqualTo(student(KNOWN, "cs1").section());
            assertThat(read.notes())
                    .containsExactly("line 3: 'Prof Teach' is 'Teacher' and no student, and is left out.");
        }

        @Test
        void have_groups_that_are_sections_unless_somebody_says_that_they_are_teams() {
            assertThat(student(into(KNOWN, PARTICIPANTS).merged(), "cs1"))
                    .returns("Monday, Team 7", Student::section)
                    .returns(null, Student::team);
            assertThat(student(into(KNOWN, PARTICIPANTS, teams("Team")).merged(), "cs1"))
                    .returns("Monday", Student::section)
                    .returns(TeamId.parse("Team 7"), Student::team);
            assertThat(refused(KNOWN, PARTICIPANTS.replace("Monday", "Team 6"), teams("Team")))
                    .contains("line 2: two groups are teams: 'Team 6', 'Team 7'. A student is in one team at most.");
        }

        @Test
        void lose_nothing_that_the_export_does_not_know() {
            Student ada = student(into(KNOWN, PARTICIPANTS).merged(), "cs1");
            assertThat(ada.repositoryOf(TinyCourse.DVC)).contains("https://git.example.org/ada.git");
            assertThat(student(
                                    into(KNOWN, PARTICIPANTS.replace("\"Monday, Team 7\"", ""))
                                            .merged(),
                                    "cs1")
                            .section())
                    .isEqualTo("B");
        }

        @Test
        void without_id_numbers_are_known_by_mail_address() {
            String text = """
                    "First name",Surname,"Email address",Groups
                    Ada,Lovelace,Ada@Example.org,
                    Chi,Okafor,chi@example.org,
                    """;
            RosterImport read = into(KNOWN, text);
            assertThat(read.notes())
                    .containsExactly("it holds no ID numbers, so students are known by their mail address.");
            assertThat(read.merged().students())
                    .extracting(student -> student.id().value())
                    .containsExactly("chi@example.org", "cs1", "cs2");
            assertThat(into(
                                    KNOWN,
                                    text.replace("Surname", "Surname,\"ID number\"")
                                            .replace("Lovelace", "Lovelace,")
                                            .replace("Okafor", "Okafor,"))
                            .merged())
                    .isEqualTo(read.merged());
        }

        @Test
        void of_whom_one_has_no_id_number_are_perhaps_teachers() {
            assertThat(refused(PARTICIPANTS + "Tim,Teacher,,tim@example.org,\n"))
                    .contains(
                            "line 4: 'ID number' is empty. Is 'Tim Teacher' a student? Then fill it in, or take another"
                                    + " column with --id \"Email address\"; else delete the line (Moodle lists teachers too).");
            assertThat(into(KNOWN, PARTICIPANTS + "Tim,Tutor,,tim@example.org,\n", id("email address"))
                            .merged()
                            .students())
                    .extracting(student -> student.id().value())
                    .contains("cs1", "chi@example.org", "tim@example.org");
        }

        @Test
        void may_come_as_the_grades_of_the_course_or_a_grading_worksheet() {
            assertThat(into(Roster.EMPTY, """
                            "First name","Last name","ID number",Institution,Department,"Email address","Quiz: One (Real)","Course total (Real)","Last downloaded from this course"
                            Ada,Lovelace,cs1,IIT,CS,ada@example.org,5.00,5.00,1567713827
                            """))
                    .returns(Kind.MOODLE, RosterImport::kind)
                    .extracting(RosterImport::notes)
                    .asString()
                    .contains("5 columns are not used: 'Institution', 'Department', 'Quiz: One (Real)' and 2 more.");
            assertThat(student(fresh("""
                            Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade
                            Participant 12,Ada Lovelace,cs1,ada@example.org,Submitted,,50
                            """), "cs1").name()).isEqualTo("Ada Lovelace");
        }
    }

    @Nested
    class A_gradebook_of_Canvas {
        private static final String GRADEBOOK = """
                Student,ID,SIS User ID,SIS Login ID,Section,A1 (101),Current Score,Final Grade
                ,,,,,Manual Posting,,
                    Points Possible,,,,,10.00,(read only),(read only)
                "Lovelace, Ada",5001,cs1,ada@example.org,"MLOps A and MLOps B",9.00,90.0,A
                "=""=1+1, Chi""\",5003,cs3,chi,MLOps A,,,
                "Student, Test",5999,,d41d8cd98f,MLOps A,,0.00,
                """;

        @Test
        void names_students_and_nobody_else() {
            RosterImport read = into(Roster.EMPTY, GRADEBOOK);
            assertThat(read.kind()).isEqualTo(Kind.CANVAS);
            assertThat(read.merged().students()).extracting(Student::name).containsExactly("Ada Lovelace", "Chi =1+1");
            assertThat(student(read.merged(), "cs1"))
                    .returns("ada@example.org", Student::mail)
                    .returns("MLOps A and MLOps B", Student::section);
            assertThat(student(read.merged(), "cs3").mail()).isNull();
            assertThat(read.notes())
                    .containsExactly("3 columns are not used: 'A1 (101)', 'Current Score', 'Final Grade'.");
        }

        @Test
        void without_the_ids_of_the_student_system_has_logins_or_its_own() {
            String text = "Student,ID,SIS Login ID,Section\n    Points Possible,,,\n\"Li, Bo\",7,bo@example.org,X\n";
            assertThat(into(KNOWN, text).merged().students()).hasSize(2);
            assertThat(student(into(KNOWN, text, id("ID")).merged(), "7").name())
                    .isEqualTo("Bo Li");
            assertThat(student(
                                    fresh(
                                            "LastName,FirstName,ID,Section\nPoints Possible,,,\nLi,Bo,7,X\nStudent,Test,8,X\n"),
                                    "7")
                            .name())
                    .isEqualTo("Bo Li");
        }

        @Test
        void with_a_student_without_id_says_which_column_would_do() {
            assertThat(refused(GRADEBOOK + "\"Doe, Di\",5004,,di,MLOps A,,,\n"))
                    .contains("line 7: 'SIS User ID' is empty. Fill it in for 'Doe, Di', or take a column that every"
                            + " student has with --id, such as --id \"SIS Login ID\".");
        }
    }

    @Nested
    class A_roster_of_GitHub_Classroom {
        private static final String CLASSROOM = """
                "identifier","github_username","github_id","name"
                "cs1","ada-l","1001",""
                "Li, Bo","","",""
                "zoe@example.org","zoe","1003","Zoe"
                """;

        @Test
        void completes_a_roster_and_adds_nobody_to_it() {
            RosterImport read = into(KNOWN, CLASSROOM, repository("https://github.com/org/{lab}-{github}"));
            assertThat(read.kind()).isEqualTo(Kind.CLASSROOM_ROSTER);
            assertThat(read.whole()).isFalse();
            assertThat(read.merged().students()).hasSize(2);
            assertThat(student(read.merged(), "cs1"))
                    .returns("https://github.com/org/{lab}-ada-l", Student::repository)
                    .returns("Ada Lovelace", Student::name)
                    .returns("ada@example.org", Student::mail);
            assertThat(read.notes())
                    .containsExactly(
                            "line 3: no name on GitHub is given, so no repository is known for this student.",
                            "line 4: the roster has no student whose id, mail or name is 'zoe@example.org'; the GitHub"
                                    + " user 'zoe' is left out.");
        }

        @Test
        void makes_a_roster_where_there_is_none() {
            RosterImport read = into(Roster.EMPTY, CLASSROOM.replace("\"Li, Bo\"", "\"bo\""));
            assertThat(read.merged().students()).extracting(Student::name).containsExactly("bo", "cs1", "Zoe");
            assertThat(student(read.merged(), "zoe@example.org").mail()).isEqualTo("zoe@example.org");
            assertThat(read.notes())
                    .containsExactly("it names no repositories. Say where they lie, such as --repository"
                            + " \"https://github.com/ORGANISATION/{lab}-{github}\".");
            assertThat(refused(CLASSROOM)).contains("line 3: 'Li, Bo' is no id of a student");
        }
    }

    @Nested
    class Grades_of_GitHub_Classroom {
        private static final String GRADES = """
                "assignment_name","assignment_url","starter_code_url","github_username","roster_identifier","student_repository_name","student_repository_url","submission_timestamp","points_awarded","points_available"
                "DVC Pipeline","u","s","ada-l","cs1","dvc-pipeline-ada-l","https://github.com/org/dvc-pipeline-ada-l","2026-09-10T10:00:00Z","0","0"
                "DVC Pipeline","u","s","bo","bo@example.org","dvc-pipeline-bo","https://github.com/org/dvc-pipeline-bo","","0","0"
                "DVC Pipeline","u","s","ghost","","dvc-pipeline-ghost","https://github.com/org/dvc-pipeline-ghost","","0","0"
                """;

        @Test
        void bring_repositories_and_touch_nothing_else() {
            RosterImport read = into(KNOWN, GRADES);
            assertThat(read.kind()).isEqualTo(Kind.CLASSROOM_GRADES);
            assertThat(read.change(false).changed()).hasSize(2);
            assertThat(read.absent()).isEmpty();
            assertThat(student(read.merged(), "cs2"))
                    .returns("bo@example.org", Student::mail)
                    .extracting(student -> student.repositoryOf(TinyCourse.DVC).orElseThrow())
                    .isEqualTo("https://github.com/org/dvc-pipeline-bo");
            assertThat(read.notes())
                    .containsExactly(
                            "line 4: the GitHub user 'ghost' is linked to nobody of Classroom's roster and is left"
                                    + " out.");
        }

        @Test
        void of_an_assignment_with_another_name_need_the_lab() {
            String other = GRADES.replace("DVC Pipeline", "HW 3");
            assertThat(refused(KNOWN, other, ImportChoices.NONE))
                    .isEqualTo(
                            "list.csv cannot be used:\n  line 2: the assignment 'HW 3' has the name of no lab. Say which"
                                    + " lab it is with --lab ID: dvc-pipeline, mlflow-tracking, spark, viva.");
            assertThat(into(KNOWN, other, lab("dvc-pipeline")).merged())
                    .isEqualTo(into(KNOWN, GRADES).merged());
            assertThat(refused(KNOWN, other, lab("dvc-pipelin"))).contains("Did you mean 'dvc-pipeline'?");
        }

        @Test
        void of_a_lab_for_teams_bring_the_teams() {
            String group = """
                    github_username,roster_identifier,student_repository_url,group_name
                    ada-l,cs1,https://github.com/org/red,Red
                    bo,Bo Li,https://github.com/org/red,Red
                    """;
            assertThat(into(KNOWN, group, lab("mlflow-tracking")).merged().team(TeamId.parse("Red")))
                    .hasSize(2);
            assertThat(into(KNOWN, group, lab("dvc-pipeline")).merged().team(TeamId.parse("Red")))
                    .isEmpty();
        }

        @Test
        void with_two_repositories_of_one_student_are_refused() {
            assertThat(refused(
                            KNOWN,
                            GRADES
                                    + "\"DVC Pipeline\",\"u\",\"s\",\"a2\",\"cs1\",\"x\",\"https://github.com/org/x\",\"\",\"0\",\"0\"\n",
                            ImportChoices.NONE))
                    .contains(
                            "line 5: a second repository of cs1 for dvc-pipeline: 'https://github.com/org/x', before it"
                                    + " was 'https://github.com/org/dvc-pipeline-ada-l'. Delete the wrong line.");
        }
    }
}

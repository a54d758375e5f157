package org.labharness.autograder.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.enrolment.Imported.fresh;
import static org.labharness.autograder.enrolment.Imported.into;
import static org.labharness.autograder.enrolment.Imported.refused;
import static org.labharness.autograder.enrolment.Imported.student;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.autograder.table.CsvTable;

class OwnSheetTests {
    private static final String WHOLE = """
            id,name,mail,team,section,repository,repository:dvc-pipeline,extension:dvc-pipeline,excused,excused:spark
            s01,Ada Ünlü,ada@example.org,Team 7,B,https://git.example.org/{lab}/{student}.git,,2d,viva,x
            s02,"Bo ""B"" Li",,,,git@git.example.org:bo/all.git,https://git.example.org/bo.git,2026-09-13 23:59,,no
            """;

    private final Roster whole = fresh(WHOLE);

    @Nested
    class Every_column {
        @Test
        void is_understood() {
            assertThat(student(whole, "s01"))
                    .isEqualTo(new Student(
                            StudentId.parse("s01"),
                            "Ada Ünlü",
                            "ada@example.org",
                            TeamId.parse("Team 7"),
                            "B",
                            "https://git.example.org/{lab}/{student}.git",
                            Map.of(),
                            Map.of(TinyCourse.DVC, new Extension.Span(Duration.ofDays(2))),
                            Set.of(TinyCourse.VIVA, org.labharness.lab.LabId.parse("spark")),
                            false));
            assertThat(student(whole, "s02").name()).isEqualTo("Bo \"B\" Li");
            assertThat(student(whole, "s02").repositoryOf(TinyCourse.DVC)).contains("https://git.example.org/bo.git");
            assertThat(student(whole, "s02").extensions())
                    .containsEntry(TinyCourse.DVC, new Extension.Until(Instant.parse("2026-09-13T18:29:00Z")));
        }

        @Test
        void that_is_unknown_is_a_note_with_what_was_meant() {
            assertThat(into(Roster.EMPTY, "id,name,emial,hobby,repositry:dvc-pipeline\ns1,Ada,a@b,chess,x\n")
                            .notes())
                    .containsExactly(
                            "the column 'emial' is not used. Did you mean 'email'?",
                            "the column 'hobby' is not used.",
                            "the column 'repositry:dvc-pipeline' is not used. Did you mean 'repository:dvc-pipeline'?");
        }

        @Test
        void that_is_not_there_leaves_what_is_known() {
            RosterImport read = into(whole, "id,section\ns01,C\n");
            Student before = student(whole, "s01");
            Student after = student(read.merged(), "s01");
            assertThat(after.section()).isEqualTo("C");
            assertThat(after)
                    .usingRecursiveComparison()
                    .ignoringFields("section")
                    .isEqualTo(before);
            assertThat(student(read.merged(), "s02")).isEqualTo(student(whole, "s02"));
        }

        @Test
        void that_is_empty_for_a_student_takes_away() {
            RosterImport read = into(whole, """
                    id,mail,team,section,repository,repository:dvc-pipeline,extension:dvc-pipeline,excused
                    s01,,,,,,,
                    s02,,,,,,,
                    """);
            Student ada = student(read.merged(), "s01");
            assertThat(ada.name()).isEqualTo("Ada Ünlü");
            assertThat(ada.mail()).isNull();
            assertThat(ada.team()).isNull();
            assertThat(ada.section()).isNull();
            assertThat(ada.repository()).isNull();
            assertThat(ada.extensions()).isEmpty();
            assertThat(ada.excused()).isEmpty();
            assertThat(student(read.merged(), "s02").repositories()).isEmpty();
        }

        @Test
        void of_a_folder_is_taken_from_the_folder_of_the_course() {
            Roster roster = fresh("id,name,repository\ns1,Ada,repositories/{student}\ns2,Bo,/srv/bo\n");
            assertThat(student(roster, "s1").repository()).isEqualTo("/courses/mlops/repositories/{student}");
            assertThat(student(roster, "s2").repository()).isEqualTo("/srv/bo");
        }

        @Test
        void of_github_names_fills_patterns() {
            Roster roster = fresh("id,name,github,repository\ns1,Ada,ada-l,https://github.com/o/{lab}-{github}\n");
            assertThat(student(roster, "s1").repositoryOf(TinyCourse.DVC))
                    .contains("https://github.com/o/dvc-pipeline-ada-l");
        }

        @Test
        void with_one_pattern_for_all_yields_to_what_a_line_says() {
            Roster roster = into(
                            Roster.EMPTY,
                            "id,name,repository\ns1,Ada,\ns2,Bo,https://elsewhere.example.org/bo.git\n",
                            new ImportChoices(null, "https://git.example.org/{student}.git", null, null))
                    .merged();
            assertThat(student(roster, "s1").repository()).isEqualTo("https://git.example.org/{student}.git");
            assertThat(student(roster, "s2").repository()).isEqualTo("https://elsewhere.example.org/bo.git");
        }

        @Test
        void may_hold_the_ids_under_another_name() {
            Roster roster = into(
                            Roster.EMPTY,
                            "Roll number,name\ncs1,Ada\n",
                            new ImportChoices("roll number", null, null, null))
                    .merged();
            assertThat(student(roster, "cs1").name()).isEqualTo("Ada");
        }
    }

    @Nested
    class A_file {
        @TempDir
        Path folder;

        @ParameterizedTest
        @CsvSource({"UTF-8,''", "UTF-8,\uFEFF", "UTF-16LE,\uFEFF", "UTF-16BE,\uFEFF"})
        void of_a_spreadsheet_is_the_same_roster(String charset, String mark) throws IOException {
            for (char separator : new char[] {',', ';', '\t'}) {
                Path file = folder.resolve("list.csv");
                String text = mark + WHOLE.replace(',', separator).replace("\n", "\r\n");
                Files.write(file, text.getBytes(Charset.forName(charset)));
                assertThat(RosterTable.read(CsvTable.read(file), TinyCourse.course(), Roster.EMPTY, ImportChoices.NONE)
                                .merged())
                        .isEqualTo(whole);
            }
        }

        @Test
        void brought_in_again_changes_nothing() {
            assertThat(into(whole, WHOLE).change(true).nothing()).isTrue();
        }

        @Test
        void with_names_is_the_whole_list_and_without_them_a_part() {
            assertThat(into(whole, "id,name\ns01,Ada\n").whole()).isTrue();
            RosterImport part = into(whole, "id,section\ns01,C\n");
            assertThat(part.whole()).isFalse();
            assertThat(part.absent())
                    .extracting(student -> student.id().value())
                    .containsExactly("s02");
            assertThat(part.change(true).gone()).hasSize(1);
            assertThat(part.change(false).gone()).isEmpty();
        }

        @Test
        void in_latin_1_is_refused_with_what_to_do() throws IOException {
            Path file = folder.resolve("list.csv");
            Files.write(file, WHOLE.getBytes(StandardCharsets.ISO_8859_1));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> CsvTable.read(file))
                    .hasMessageContaining("Save it as \"CSV UTF-8\"");
        }

        @Test
        void of_something_else_is_refused_with_what_was_expected() {
            assertThat(refused("name,points\nAda,3\n"))
                    .contains("line 1: no list of students is known by these columns: 'name', 'points'."
                            + " Expected a column 'id'");
        }
    }

    @Nested
    class All_problems {
        @Test
        void come_at_once_with_their_lines() {
            assertThat(refused("""
                            id,name,mail,repository,extension:dvc-pipelin,extension:dvc-pipeline,extension:viva,excused
                            s01,Ada,ada,https://git.example.org,,2026-09-01,1d,vva
                            s 2,Bo,,https://me:secret@git.example.org/x,,tomorrow,,
                            s01,Ada,,-x,,,,
                            ,Nobody,,,,,,
                            s05,,,,,,,
                            S01,Ada,,,,,,
                            1.2E+09,Di,,,,,,
                            """)).isEqualTo("""
                            list.csv cannot be used, it has 15 problems:
                              line 1: the course has no lab 'dvc-pipelin'. Did you mean 'dvc-pipeline'?
                              line 2: 'ada' is no mail address: expected one such as ada@example.org.
                              line 2: 'https://git.example.org' is no address of a repository: it names a host, but no repository on it.
                              line 2: '2026-09-01' is before the deadline of dvc-pipeline (2026-09-12 00:00), so it would take time away. Expected a later time.
                              line 2: viva has no deadline, so there is nothing to extend. Leave it out, or set 'due' in course.yaml.
                              line 2: the course has no lab 'vva'. Did you mean 'viva'?
                              line 3: 'https://…@git.example.org/x' is no address of a repository: it holds a login, which everybody who sees the roster could use. Leave it out, and give the harness the login in the file that LAB_CREDENTIALS names.
                              line 3: 'tomorrow' is no extension: expected a span such as 2d or 12h, or a time such as 2026-09-13 23:59.
                              line 3: 's 2' is no id of a student: expected letters, digits and any of . _ @ + -, at most 80 characters, such as 'CS21B001'.
                              line 4: '-x' is no address of a repository: it begins with a hyphen.
                              line 4: the student 's01' is there twice, first on line 2. Delete one of the lines.
                              line 5: 'id' is empty. Every student needs an id.
                              line 6: the new student 's05' has no name.
                              line 7: the student 'S01' is there twice, first on line 2. Delete one of the lines.
                              line 8: '1.2E+09' is no id but a number that a spreadsheet has shortened. Format the column as text, enter the ids again, and save.""");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                id,section;zz9,B                          | the roster has no student 'zz9', and without a column 'name' nobody is added.
                id,section;s03,B                          | Did you mean 's01'?
                id,section;S01,B                          | 'S01' is 's01' of the roster but for how its letters are written.
                id,section;ｓ０１,B                          | 'ｓ０１' is 's01' of the roster but for how its letters are written.
                id,name,excused:viva;s01,Ada,perhaps      | 'excused:viva' takes yes, x, 1 or no, not 'perhaps'.
                id,excused,excused:viva;s01,viva,no       | 'excused' names viva, and 'excused:viva' says no. Which is right?
                id,team;s01,<b>                           | '<b>' is no name of a team
                id,github,repository;s01,,/r/{github}     | {github} of the repository stands for the student's name on GitHub
                id,github,repository;s01,a/b,/r/{github}  | 'a/b' is no name of GitHub's
                id,extension:dvc-pipeline;s01,0d          | '0d' is no extension
                id,extension:dvc-pipeline;s01,99999d      | '99999d' is no extension
                id,extension:dvc-pipeline;s01,+999999999-01-01T00:00:00Z | '+999999999-01-01T00:00:00Z' is no extension
                id,extension:dvc-pipeline;s01,+999999999-01-01 00:00 | '+999999999-01-01 00:00' is no extension
                id,section;s​01,B                         | it holds a character that cannot be seen. Type it anew.
                id,extension:dvc-pipeline;s01,13/09/2026  | '13/09/2026' is no extension
                """)
        void are_named(String table, String words) {
            assertThat(refused(whole, table.replace(';', '\n') + "\n", ImportChoices.NONE))
                    .contains("line 2: ")
                    .contains(words);
        }

        @Test
        void name_options_that_would_do_nothing() {
            assertThat(refused(whole, "id,name\ns01,Ada\n", new ImportChoices(null, null, "Team", "dvc-pipeline")))
                    .contains(
                            "--teams is for groups of Moodle, but this is a roster.",
                            "--lab is for the grades of GitHub Classroom, but this is a roster.");
            assertThat(refused(whole, "id,name\ns01,Ada\n", new ImportChoices("nme", null, null, null)))
                    .contains("there is no column 'nme' for --id. Did you mean 'name'?");
        }
    }

    @Test
    void hostile_cells_stay_data_on_one_line() {
        Roster roster = fresh("id,name,section\ns1,\"=cmd|' /C calc'!A0\",\"A\nB\"\ns2,\"\u202Eevil\u001B[31m\",C\n");
        assertThat(student(roster, "s1").name()).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(student(roster, "s1").section()).isEqualTo("A B");
        assertThat(student(roster, "s2").name()).isEqualTo("evil");
    }

    @Test
    void two_students_with_one_mail_address_are_a_note() {
        assertThat(into(Roster.EMPTY, "id,name,mail\ns1,Ada,x@y.z\ns2,Bo,X@y.z\n")
                        .notes())
                .containsExactly("s1 and s2 have the same mail address X@y.z.");
    }

    @Test
    void two_teams_that_are_one_for_everybody_who_reads_are_a_note() {
        assertThat(into(Roster.EMPTY, "id,name,team\ns1,Ada,Red\ns2,Bo,red\ns3,Cy,Blue\n")
                        .notes())
                .containsExactly("the teams 'Red' and 'red' differ only in how they are written, so they are two. Are"
                        + " they meant to be one?");
    }

    @Test
    void a_name_that_is_too_long_is_one_problem_and_so_are_two_columns_of_addresses() {
        assertThat(refused("id,name\ns1," + "x".repeat(301) + "\n"))
                .contains("line 2: the name has more than 300 characters")
                .doesNotContain("has no name");
        assertThat(refused("id,name,mail,email\ns1,Ada,a@b.c,d@e.f\n"))
                .contains("line 1: 'mail' and 'email' are the same. Remove one of the two columns.");
    }

    @Test
    void formulas_leave_behind_an_apostrophe_and_come_back_without() {
        Roster roster = fresh("id,name,section\ns1,=1+1,-A\ns2,'=1+1,'B\ns3,''@x,\n");
        assertThat(student(roster, "s2").name()).isEqualTo("=1+1");
        String written = RosterCsv.of(TinyCourse.course(), roster).text();
        assertThat(written).contains("s1,'=1+1,,,'-A,\r\n", "s2,'=1+1,,,'B,\r\n", "s3,''@x,,,,\r\n");
        assertThat(fresh(written)).isEqualTo(roster);
    }
}

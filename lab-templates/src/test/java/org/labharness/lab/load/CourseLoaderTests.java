package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Finding;
import org.labharness.lab.Form;
import org.labharness.lab.FormItem;
import org.labharness.lab.Points;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Component.Scale;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;
import org.labharness.lab.course.Rounding.Mode;
import org.labharness.lab.course.Rounding.Where;

class CourseLoaderTests {
    private static final String SMALL = """
            id: mlops-2026
            title: MLOps
            time-zone: Asia/Kolkata
            components:
              assignments: {title: Assignments, weight: 100, labs: [{id: a1, title: A1, points: 50}]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeALab() throws IOException {
        Files.createDirectories(folder.resolve("labs/own"));
        Files.writeString(folder.resolve("labs/own/lab.yaml"), """
                id: own
                title: My own
                points: 14
                run: dvc
                checks:
                  - {id: runs, title: It runs, points: 10, reproduces: all}
                form: {blocks: [{title: Report, items: [{id: report, title: Report, points: 4, step: 0.5}]}]}
                """);
    }

    private Course load(String yaml) throws IOException {
        return CourseLoader.load(write(yaml), name -> bundled(name));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("course.yaml"), yaml);
    }

    private Optional<Path> bundled(String name) {
        return name.equals("bundled") ? Optional.of(folder.resolve("labs/own")) : Optional.empty();
    }

    private List<Finding> found(String yaml) throws IOException {
        write(yaml);
        return found();
    }

    private List<Finding> found() {
        InvalidCourse invalid = catchThrowableOfType(
                InvalidCourse.class, () -> CourseLoader.load(folder.resolve("course.yaml"), this::bundled));
        assertThat(invalid).isNotNull();
        return invalid.findings();
    }

    private List<String> problems(String yaml) throws IOException {
        return found(yaml).stream().map(CourseLoaderTests::words).toList();
    }

    private static String words(Finding finding) {
        return finding.code() + " " + finding.where() + ": " + finding.message() + " " + finding.hint();
    }

    private static String withLabs(String labs) {
        return SMALL.replace("[{id: a1, title: A1, points: 50}]", labs);
    }

    @Nested
    class ReadsWhatIsThere {
        @Test
        void and_uses_the_usual_rules_for_the_rest() throws IOException {
            Course course = load(SMALL);

            assertThat(course.id()).hasToString("mlops-2026");
            assertThat(course.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
            assertThat(course.passMark()).isNull();
            assertThat(course.rounding()).isEqualTo(new Rounding(Where.TOTAL, 2, Mode.HALF_UP));
            assertThat(course.letters()).isEmpty();
            assertThat(course.ranked()).isFalse();
            assertThat(course.lateDays()).isZero();
            assertThat(course.folder()).isEqualTo(folder);
            Component component = course.components().getFirst();
            assertThat(component.best()).isNull();
            assertThat(component.offered()).isOne();
            assertThat(component.scale()).isEqualTo(Scale.EQUAL);
            assertThat(component.bonus()).isEqualTo(Bonus.LAB);
            CourseLab lab = component.labs().getFirst();
            assertThat(lab.late()).isEqualTo(LatePolicy.REFUSED);
            assertThat(lab.attempts()).isEqualTo(AttemptPolicy.DEFAULT);
            assertThat(lab.schedule()).isEqualTo(CourseLab.Schedule.ALWAYS);
            assertThat(lab.team()).isFalse();
            assertThat(lab.cancelled()).isNull();
        }

        @Test
        void and_all_that_can_be_said() throws IOException {
            Course course = load("""
                    id: mlops-2026
                    title: MLOps
                    time-zone: Asia/Kolkata
                    pass-mark: 40
                    rounding: {of: components, places: 1, mode: half-even}
                    letters: {B: 70, A: 85.5, S: 95}
                    ranks: true
                    late: {grace: 15m, per-day: 10, most: 50, bank: true, closes: 7d}
                    late-days: 5
                    attempts: {most: 3, cool-down: 30s, counts: last-in-time}
                    components:
                      assignments:
                        title: Assignments
                        weight: 62.5
                        best: 1
                        offered: 2
                        scale: points
                        bonus: above
                        labs:
                          - {lab: labs/own, opens: 2026-09-01, due: 2026-09-11, release: 2026-09-12 18:00, team: true}
                          - {lab: bundled, id: a2, title: Another, late: refused, attempts: {}, cancelled: it was broken}
                      viva:
                        title: Viva
                        weight: 37.5
                        labs:
                          - {id: attendance, title: Attendance, points: 5}
                          - id: viva
                            title: Viva
                            form:
                              graders: 2
                              combine: chief
                              blocks: [{title: Abilities, personal: true, items: [{id: explains, title: E, points: 1}]}]
                    """);

            assertThat(course.passMark()).isEqualByComparingTo("40");
            assertThat(course.rounding()).isEqualTo(new Rounding(Where.COMPONENTS, 1, Mode.HALF_EVEN));
            assertThat(course.letters()).extracting("letter").containsExactly("S", "A", "B");
            assertThat(course.letter(new BigDecimal("85.5"))).contains("A");
            assertThat(course.letter(new BigDecimal("69.9"))).isEmpty();
            assertThat(course.ranked()).isTrue();
            assertThat(course.lateDays()).isEqualTo(5);
            assertThat(course.labs())
                    .extracting(lab -> lab.id().value())
                    .containsExactly("own", "a2", "attendance", "viva");

            CourseLab own = course.labs().getFirst();
            assertThat(own.title()).isEqualTo("My own");
            assertThat(own.machine()).isEqualTo(Points.of(10));
            assertThat(own.points()).isEqualTo(Points.of(14));
            assertThat(own.submitted()).isTrue();
            assertThat(own.team()).isTrue();
            assertThat(own.lab()).isEqualTo(folder.resolve("labs/own"));
            assertThat(own.schedule().opens()).isEqualTo(Instant.parse("2026-08-31T18:30:00Z"));
            assertThat(own.schedule().due()).isEqualTo(Instant.parse("2026-09-11T18:30:00Z"));
            assertThat(own.schedule().release()).isEqualTo(Instant.parse("2026-09-12T12:30:00Z"));
            assertThat(own.late())
                    .isEqualTo(new LatePolicy(
                            Duration.ofMinutes(15), BigDecimal.TEN, BigDecimal.valueOf(50), true, Duration.ofDays(7)));
            assertThat(own.attempts()).isEqualTo(new AttemptPolicy(3, Duration.ofSeconds(30), Counts.LAST_IN_TIME));

            CourseLab other = course.labs().get(1);
            assertThat(other.title()).isEqualTo("Another");
            assertThat(other.late()).isEqualTo(LatePolicy.REFUSED);
            assertThat(other.attempts()).isEqualTo(AttemptPolicy.DEFAULT);
            assertThat(other.cancelled()).isEqualTo("it was broken");

            CourseLab attendance = course.labs().get(2);
            assertThat(attendance.submitted()).isFalse();
            assertThat(attendance.form().items()).extracting(FormItem::id).containsExactly("points");
            assertThat(course.labs().get(3).form().combine()).isEqualTo(Form.Combine.CHIEF);
        }

        @ParameterizedTest
        @CsvSource({
            "2026-03-28,        2026-03-28T23:00:00Z",
            "2026-03-29,        2026-03-29T22:00:00Z",
            "2026-03-29 02:30,  2026-03-29T01:30:00Z",
            "2026-10-25 02:30,  2026-10-25T01:30:00Z",
            "2026-09-11 23:59,  2026-09-11T21:59:00Z",
            "2026-09-11T23:59:30, 2026-09-11T21:59:30Z",
        })
        void deadlines_in_the_time_of_the_place_to_nobodys_harm_where_clocks_change(String due, Instant expected)
                throws IOException {
            Course course = load(withLabs("[{id: a1, title: A1, points: 50, due: " + due + "}]")
                    .replace("Asia/Kolkata", "Europe/Berlin"));

            assertThat(course.labs().getFirst().schedule().due()).isEqualTo(expected);
        }
    }

    @Nested
    class NamesEveryProblem {
        @Test
        void at_once_in_the_order_of_the_lines() throws IOException {
            assertThat(problems("""
                            id: MLOps
                            titel: MLOps
                            time-zone: Asia/Calcuta
                            pass-mark: 140
                            rounding: {places: 7}
                            late: {grace: 15 minutes, per-day: 10}
                            attempts: {counts: latest}
                            components:
                              assignments:
                                title: Assignments
                                weight: 60
                                best: 8
                                offered: 4
                                labs:
                                  - {lab: labs/onw}
                                  - {lab: labs/own, points: 50}
                                  - {lab: labs/own, due: 2026-02-30}
                              exam:
                                title: Exam
                                weight: 30
                                labs: []
                            """))
                    .containsExactly(
                            "course.value course.yaml:1: 'id': 'MLOps' is no course id. Expected lower-case letters,"
                                    + " digits and hyphens, at most 63 characters, such as 'mlops-2026'.",
                            "course.missing-key course.yaml:1: 'the course' has no 'title'. Expected a short title.",
                            "course.unknown-key course.yaml:2: 'titel' is no key of 'the course'. Did you mean 'title'?"
                                    + " Expected one of: id, title, time-zone, pass-mark, rounding, letters, ranks, late,"
                                    + " late-days, attempts, components.",
                            "course.value course.yaml:3: 'time-zone': 'Asia/Calcuta' is no time zone. Expected one such"
                                    + " as Asia/Kolkata or Europe/Berlin.",
                            "course.range course.yaml:4: 'pass-mark' is '140' (a number). Expected a number from 0 to"
                                    + " 100.",
                            "course.range course.yaml:5: 'places' is '7' (a number). Expected a whole number from 0 to"
                                    + " 4.",
                            "course.value course.yaml:6: 'grace': '15 minutes' is no span of time. Expected one such as"
                                    + " 15m, 12h or 7d; for none leave it out.",
                            "course.word course.yaml:7: 'counts' is 'latest'. Did you mean 'last'? Expected one of:"
                                    + " best, last, last-in-time.",
                            "course.weights course.yaml:8: The weights add up to 90. Expected weights that add up to"
                                    + " 100.",
                            "course.best course.yaml:12: The best 8 count, of at least 4 that are offered. Expected"
                                    + " 'best' to be at most 'offered'.",
                            "course.missing-lab course.yaml:15: 'labs/onw' is neither a folder with a lab.yaml beside"
                                    + " course.yaml nor a bundled lab. Bundled labs: "
                                    + String.join(", ", BundledLabs.ids()) + ".",
                            "course.said-twice course.yaml:16: 'points' is said by the lab's own lab.yaml. Remove it"
                                    + " here; how much a lab counts beside others is the component's 'scale'.",
                            "course.duplicate-id course.yaml:17: The lab 'own' is there in line 16 already. Give each"
                                    + " lab of the course an 'id' of its own.",
                            "course.value course.yaml:17: 'due': '2026-02-30' is no time. Expected a day such as"
                                    + " 2026-09-11, or a time such as 2026-09-11 23:59, in the course's time zone.",
                            "course.type course.yaml:21: 'labs' is a list of 0. Expected a list with at least one"
                                    + " element.");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                late: {grace: 15m}                          | course.value course.yaml:6: 'late' says nothing of what coming late costs or until when it is accepted. Expected 'per-day', 'closes' or 'bank: true' in it, or one of the words refused and accepted.
                late: {most: 50, closes: 1d}                | course.value course.yaml:6: 'most' caps what days late cost, but 'per-day' is missing. Expected 'per-day', the percent that each day costs.
                late: {grace: 2d, closes: 1d}               | course.order course.yaml:6: The lab closes before the grace is over. Expected 'closes' to be at least as long as 'grace'.
                late: {closes: 367d}                        | course.range course.yaml:6: 'closes' is '367d'. Expected at most 366d.
                late: free                                  | course.word course.yaml:6: 'late' is 'free'. Expected refused, accepted, or a mapping with some of: grace, per-day, most, bank, closes.
                late: acepted                               | course.word course.yaml:6: 'late' is 'acepted'. Did you mean 'accepted'? Expected refused, accepted, or a mapping with some of: grace, per-day, most, bank, closes.
                late: 3                                     | course.word course.yaml:6: 'late' is '3' (a number). Expected refused, accepted, or a mapping with some of: grace, per-day, most, bank, closes.
                late:                                       | course.word course.yaml:6: 'late' is empty. Expected refused, accepted, or a mapping with some of: grace, per-day, most, bank, closes.
                late: {per-day: 10, grace: 15}              | course.value course.yaml:6: 'grace': '15' is no span of time. Expected one such as 15m, 12h or 7d; for none leave it out.
                pass-mark: 4e1                              | course.type course.yaml:6: 'pass-mark' is '4e1' (a number). Expected a number from 0 to 100, in digits such as 12.5.
                pass-mark: .nan                             | course.type course.yaml:6: 'pass-mark' is '.nan' (a number). Expected a number from 0 to 100, in digits such as 12.5.
                late: {bank: true}                          | course.late-days course.yaml:1: A policy draws on late days ('bank: true'), but nobody has any. Expected 'late-days: 5', the days that each student may spend.
                late-days: 5                                | course.late-days course.yaml:6: Students have 5 late days, but no policy draws on them. Expected 'late: {bank: true}', for the course or for a lab.
                letters: {A: 80, B: 80}                     | course.order course.yaml:6: 'A' and 'B' begin at the same total. Expected one letter at a total.
                letters: {"": 80}                           | course.value course.yaml:6: '' is no letter grade. Expected 1 to 20 characters, such as 'A' or 'A minus'.
                attempts: {most: 0}                         | course.range course.yaml:6: 'most' is '0' (a number). Expected a whole number from 1 to 10000.
                """)
        void of_the_courses_rules(String rule, String problem) throws IOException {
            assertThat(problems(SMALL + rule + "\n")).containsExactly(problem);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {id: viva, title: Viva}                                 | course.missing-key course.yaml:5: 'a lab' has no 'points'. Expected what it is worth, or 'lab' or 'form'.
                {title: Viva, points: 8}                                | course.missing-key course.yaml:5: 'a lab' has no 'id'. Expected an id such as 'viva'.
                {id: viva, points: 8}                                   | course.missing-key course.yaml:5: 'a lab' has no 'title'. Expected what students read.
                {id: v, title: V, points: 8, opens: 2026-09-02, release: 2026-09-01} | course.order course.yaml:5: The lab's scores are shown before it opens. Expected 'release' after 'opens'.
                {id: v, title: V, points: 8, due: 20260911}             | course.value course.yaml:5: 'due': '20260911' is no time. Expected a day such as 2026-09-11, or a time such as 2026-09-11 23:59, in the course's time zone.
                {id: 5, title: V, points: 8}                            | course.type course.yaml:5: 'id' is '5' (a number). Expected text: write "5" in quotes.
                {id: v, title: V, points: 8, opens: 2026-09-02, due: 2026-09-01} | course.order course.yaml:5: The lab is due before it opens. Expected 'due' after 'opens'.
                {id: v, title: V, points: 8, form: {blocks: [{title: B, items: [{id: i, title: I, points: 8}]}]}} | course.said-twice course.yaml:5: 'points' follow from the form. Remove 'points', or the form.
                {id: v, title: V, form: {blocks: [{title: B, items: [{id: i, title: I, points: 8, bonus: true}]}]}} | course.points course.yaml:5: All items of the form are bonus, which is a share of nothing. Expected an item without 'bonus: true', or the bonus as an item of another lab.
                {id: v, title: V, form: {blocks: [{title: B, items: [{id: i, title: I, points: 1, step: 0.3}]}]}} | course.step course.yaml:5: Steps of 0.3 do not reach 1 points. Expected a step that divides the points.
                {lab: labs/own, form: {blocks: []}}                     | course.said-twice course.yaml:5: 'form' is said by the lab's own lab.yaml. Remove it here; how much a lab counts beside others is the component's 'scale'.
                viva                                                    | course.type course.yaml:5: 'a lab' is 'viva'. Expected a mapping with some of: id, lab, title, points, form, opens, due, release, late, attempts, team, cancelled.
                """)
        void of_a_lab(String lab, String problem) throws IOException {
            assertThat(problems(withLabs("[" + lab + "]"))).containsExactly(problem);
        }

        @Test
        void of_items_that_share_an_id() throws IOException {
            assertThat(problems(withLabs(
                            "[{id: v, title: V, form: {blocks: [{title: B, items: [{id: i, title: I, points: 8},"
                                    + "\n   {id: i, title: I, points: 8}]}]}}]")))
                    .containsExactly(
                            "course.duplicate-id course.yaml:6: The id 'i' is taken by the item in line 5. Give"
                                    + " each item an id of its own.");
        }

        @Test
        void of_a_component_without_an_id_or_a_weight() throws IOException {
            assertThat(problems(SMALL.replace("assignments", "1st").replace("weight: 100, ", "")))
                    .containsExactly(
                            "course.value course.yaml:5: '1st' is no id. Expected lower-case letters, digits and"
                                    + " hyphens, such as 'assignments'.",
                            "course.missing-key course.yaml:5: '1st' has no 'weight'. Expected percent of the course"
                                    + " total.");
        }

        @Test
        void and_of_a_labs_own_file_the_first_and_how_to_see_the_others() throws IOException {
            Files.writeString(folder.resolve("labs/own/lab.yaml"), "id: own\ntitle: X\npoints: 5\n");

            assertThat(problems(withLabs("[{lab: labs/own}]")))
                    .containsExactly("course.invalid-lab course.yaml:5: The lab 'labs/own' has a problem:"
                            + " 'the lab' has no 'checks'. ./lab verify " + folder.resolve("labs/own")
                            + " says where.");
        }

        @Test
        void in_one_message_with_the_file_and_a_paragraph_each() throws IOException {
            write(SMALL.replace("100", "90") + "rank: true\n");
            InvalidCourse invalid = catchThrowableOfType(
                    InvalidCourse.class,
                    () -> CourseLoader.load(folder.resolve("course.yaml"), name -> Optional.empty()));

            assertThat(invalid)
                    .hasMessage(String.join(
                            "\n",
                            folder.resolve("course.yaml") + " cannot be used, it has 2 problems:",
                            "  course.yaml:4: The weights add up to 90.",
                            "      Expected weights that add up to 100.",
                            "  course.yaml:6: 'rank' is no key of 'the course'.",
                            "      Did you mean 'ranks'? Expected one of: id, title, time-zone, pass-mark, rounding,"
                                    + " letters, ranks, late, late-days, attempts, components."));
        }
    }

    @Nested
    class SaysWhatWasMeant {
        @Test
        void by_a_lab_that_is_not_there() throws IOException {
            assertThat(problems(withLabs("[{lab: dvc-pipline}, {lab: labs/own/lab.yaml}]")))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("Did you mean 'dvc-pipeline'? Bundled labs: "),
                            second -> assertThat(second).contains("Did you mean 'labs/own'? Bundled labs: "));
        }

        @Test
        void by_a_folder_in_place_of_a_file() throws IOException {
            write(SMALL);

            InvalidCourse invalid = catchThrowableOfType(
                    InvalidCourse.class, () -> CourseLoader.load(folder, name -> Optional.empty()));

            assertThat(invalid)
                    .hasMessageContaining(folder + " is a folder.")
                    .hasMessageContaining("Did you mean " + folder.resolve("course.yaml") + "?");
        }
    }

    @Nested
    class RefusesHostileFiles {
        @Test
        void that_are_not_there() {
            assertThat(found())
                    .singleElement()
                    .satisfies(finding -> assertThat(words(finding))
                            .startsWith("course.missing course.yaml")
                            .contains("There is no file " + folder.resolve("course.yaml"))
                            .contains("Expected a course's description"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                '{id: [unclosed'                 | syntax
                'id: &a mlops'                   | alias
                'a: *b'                          | alias
                '---\n{a: b}\n---\n{c: d}'       | documents
                ''                               | empty
                '[1, 2]'                         | type
                'just words'                     | type
                '? {a: b}\n: c'                  | type
                """)
        void that_are_no_plain_mapping(String yaml, String code) throws IOException {
            assertThat(found(yaml.replace("\\n", "\n")))
                    .extracting(Finding::code)
                    .contains("course." + code);
        }

        @Test
        void with_characters_that_no_text_holds_with_their_line() throws IOException {
            assertThat(problems("id: a\ntitle: b\nx: \0\n"))
                    .containsExactly("course.syntax course.yaml:3: The file holds a character that YAML does not take"
                            + " (U+0000). Remove it.");
        }

        @Test
        void with_problems_without_end_of_which_the_first_hundred_are_named() throws IOException {
            StringBuilder text = new StringBuilder(SMALL);
            for (int i = 0; i < 150; i++) {
                text.append("key").append(i).append(": 1\n");
            }
            write(text.toString());
            InvalidCourse invalid = catchThrowableOfType(
                    InvalidCourse.class,
                    () -> CourseLoader.load(folder.resolve("course.yaml"), name -> Optional.empty()));
            assertThat(invalid)
                    .hasMessageContaining("it has more than 100 problems, the first:")
                    .hasMessageContaining("'key99' is no key")
                    .message()
                    .doesNotContain("'key100'");
        }

        @Test
        void that_would_command_the_terminal() throws IOException {
            write(SMALL.replace("Asia/Kolkata", "\"\\e[31m\\u202eUTC\""));
            InvalidCourse invalid = catchThrowableOfType(
                    InvalidCourse.class,
                    () -> CourseLoader.load(folder.resolve("course.yaml"), name -> Optional.empty()));
            assertThat(invalid).hasMessageContaining("'?[31m?UTC' is no time zone");
        }

        @Test
        void that_nest_without_end() throws IOException {
            assertThat(found("a: " + "[".repeat(5000) + "]".repeat(5000)))
                    .extracting(Finding::code)
                    .containsExactly("course.too-deep");
        }

        @Test
        void that_are_too_large_or_no_text() throws IOException {
            assertThat(found("# " + "x".repeat(300_000)))
                    .extracting(Finding::code)
                    .containsExactly("course.too-large");
            Files.write(folder.resolve("course.yaml"), "id: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(found()).extracting(Finding::code).containsExactly("course.encoding");
        }

        @Test
        void with_keys_that_come_twice() throws IOException {
            assertThat(found(SMALL + "title: Other\n"))
                    .extracting(Finding::code)
                    .containsExactly("course.duplicate-key");
        }

        @Test
        void whose_names_of_labs_are_no_paths() throws IOException {
            assertThat(found(withLabs(
                            "[{lab: \"a\\0b\"}, {lab: /}, {lab: ../../../etc}, {lab: \"" + "x".repeat(5000) + "\"}]")))
                    .extracting(Finding::code)
                    .containsOnly("course.missing-lab")
                    .hasSize(4);
        }

        @Test
        void with_more_problems_than_anybody_reads() throws IOException {
            assertThat(found(withLabs("[" + "5, ".repeat(5000) + "5]"))).hasSize(101);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                weight: 1e2
                weight: .inf
                weight: .nan
                weight: 0x64
                weight: 99.9999999999999
                weight: 9999999999999999999999999
                weight: -100
                weight: ~
                """)
        void whose_numbers_are_none(String weight) throws IOException {
            assertThat(found(SMALL.replace("weight: 100", weight)))
                    .extracting(finding -> String.valueOf(finding.where()))
                    .containsOnly("course.yaml:5");
        }
    }
}

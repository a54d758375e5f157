package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.TokenText;

/** {@code ./lab token} on a database of its own. */
class TokenCommandTests {
    @TempDir
    Path folder;

    @BeforeEach
    void aCourseOfTwo() throws IOException {
        Files.writeString(folder.resolve("course.yaml"), """
                id: mlops
                title: MLOps
                time-zone: Asia/Kolkata
                components:
                  labs:
                    title: Labs
                    weight: 100
                    labs:
                      - {lab: dvc-pipeline, due: 2026-09-11}
                """);
        roster("cs1,Ada,ada@example.org", "cs2,Bo,bo@example.org");
    }

    private void roster(String... lines) throws IOException {
        Path table = folder.resolve("students.csv");
        Files.writeString(table, "id,name,mail\n" + String.join("\n", lines) + "\n");
        Result result = run("roster", table.toString(), "--apply", "--replace");
        assertThat(result.exit()).as(result.words()).isZero();
    }

    private Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        int options = arguments[0].equals("token") ? 2 : 1;
        all.addAll(options, List.of("--course", folder.resolve("course.yaml").toString()));
        return new Cli(folder.resolve("home")).run(all.toArray(String[]::new));
    }

    private Optional<AccessToken> check(String token) {
        try (Database database = Database.open(DatabaseAddress.file(folder.resolve("home")))) {
            return new TokenStore(database).check(TokenText.parse(token).orElseThrow(), Instant.now());
        }
    }

    private String issue(String... more) {
        List<String> all = new ArrayList<>(List.of("token", "issue"));
        all.addAll(List.of(more));
        Result result = run(all.toArray(String[]::new));
        assertThat(result.exit()).as(result.words()).isZero();
        assertThat(result.out()).matches("lab_[0-9a-z]{8}_[0-9a-z]{52}\\R");
        return result.out().strip();
    }

    @Test
    void a_token_is_shown_once_alone_on_its_line_and_works() {
        String token = issue("--student", "cs1", "--by", "asha", "--remark", "her laptop");

        assertThat(check(token).orElseThrow().student()).hasToString("cs1");
        String id = token.substring(4, 12);
        Result list = run("token", "list");
        assertThat(list.out())
                .startsWith(id + "  cs1  good until it is revoked, last used about ")
                .endsWith(" by asha: her laptop\n")
                .doesNotContain(token.substring(13));
    }

    @Test
    void a_revoked_token_is_good_no_more() {
        String token = issue("--student", "cs1");
        String id = token.substring(4, 12);

        assertThat(run("token", "revoke", id).out()).isEqualTo(id + " is revoked.\n");
        assertThat(check(token)).isEmpty();
        assertThat(run("token", "revoke", token).out()).isEqualTo(id + " was revoked already.\n");
        assertThat(run("token", "list").out())
                .isEqualTo("No token that is good for the course mlops. Issue one with ./lab token issue.\n");
        assertThat(run("token", "list", "--all").out()).contains(id + "  cs1  revoked 20");
    }

    @Test
    void an_unknown_one_revokes_nothing() {
        String token = issue("--student", "cs1");

        Result result = run("token", "revoke", token, "nonsense");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("The course mlops has no token 'nonsense'. See ./lab token list --all; nothing was revoked.");
        assertThat(check(token)).isPresent();
    }

    @Test
    void everybody_without_one_gets_one_in_a_file_that_nobody_else_may_read() throws IOException {
        issue("--student", "cs1");
        Path file = folder.resolve("tokens.csv");

        Result result = run("token", "issue", "--all-students", "--csv", file.toString());

        assertThat(result.out())
                .isEqualTo("1 token is in " + file + "; 1 students had one already. Send each student their own line,"
                        + " and delete the file: it holds what nobody can show again.\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("id,name,mail,token");
        assertThat(lines.get(1)).startsWith("cs2,Bo,bo@example.org,lab_");
        assertThat(check(lines.get(1).substring(lines.get(1).lastIndexOf(',') + 1)))
                .isPresent();
        Result again = run("token", "issue", "--all-students", "--csv", folder + "/more.csv");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).startsWith("Each of the 2 students has a token that is good already.");
        assertThat(folder.resolve("more.csv")).doesNotExist();
    }

    @Test
    void who_has_left_the_course_has_no_token() throws IOException {
        String token = issue("--student", "cs1");
        roster("cs2,Bo,bo@example.org");

        assertThat(check(token)).isEmpty();
        assertThat(run("token", "list").out()).contains("  cs1  not good: is gone from the roster, never used");
    }

    @Test
    void it_expires_at_the_end_of_a_day_of_the_course() {
        Result result = run("token", "issue", "--scope", "staff", "--expires", "2099-12-31");

        assertThat(result.err()).contains("A token for staff of mlops, good until 2100-01-01 00:00 Asia/Kolkata.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --expires 2020-01-01 --student cs1 | --expires 2020-01-01 is over already.
            --expires soon --student cs1       | --expires takes a day such as 2026-12-31, or a time such as 90d or 12h; 'soon' is neither.
            --student cs9                      | The roster has no student 'cs9'.
            --scope staff --student cs1        | A token of staff is for no student in particular: leave --student away.
            --all-students                     | --all-students and --csv F go together: the file takes what is shown only once.
            --scope ci --all-students --csv f  | --all-students gives each student one of their own; leave --student and --scope away.
            --remark x                         | Say whose token it is: --student ID, --all-students --csv F, or --scope staff.
            """)
    void wrong_use_is_explained(String options, String sentence) {
        List<String> all = new ArrayList<>(List.of("token", "issue"));
        all.addAll(List.of(options.split(" ")));

        Result result = run(all.toArray(String[]::new));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith(sentence);
    }
}

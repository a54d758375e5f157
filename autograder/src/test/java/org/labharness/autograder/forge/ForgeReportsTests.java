package org.labharness.autograder.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.forge.ForgeStandIn.Asked;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.About;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.ForgeReportStore.Report;
import org.labharness.autograder.store.ForgeReportStore.Status;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.course.Course;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.docker.Eventually;

class ForgeReportsTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    private static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";
    private static final String LINK = "https://lab.example.org/reports/7?signed=abc";

    @TempDir
    Path folder;

    private final Course course = TinyCourse.course();
    private volatile Instant now = NOON;
    private Database database;
    private ForgeReportStore store;
    private ForgeStandIn forge;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(DatabaseAddress.file(folder));
        new RosterStore(database).note(course, NOON);
        store = new ForgeReportStore(database);
        forge = new ForgeStandIn();
    }

    @AfterEach
    void close() {
        forge.close();
        database.close();
    }

    private ForgeReports reports(String kind) {
        return new ForgeReports(
                database,
                "here/1",
                forge.hosts(kind),
                (course, submission) -> Optional.of("https://lab.example.org/reports/" + submission + "?signed=abc"),
                () -> now);
    }

    private Report report(Status status) {
        return report(status, "http://" + forge.host() + "/Course/Ada-Labs.git");
    }

    private Report report(Status status, String repository) {
        return new Report(
                course.id(),
                TinyCourse.DVC,
                new Owner.OfStudent(StudentId.parse("s01")),
                new About.OfGrading(7),
                status,
                repository,
                COMMIT,
                "Graded: 42 of 50 points by the checks.",
                LINK);
    }

    private Outgoing newest() {
        return store.newest(course.id(), 1).getFirst();
    }

    private void tellOnce(ForgeReports reports) {
        assertThat(reports.report(report(Status.SUCCESS))).isTrue();
        assertThat(reports.next()).isTrue();
    }

    @Nested
    class Documented {
        @Test
        void gitHub() throws IOException {
            forge.then(201, """
                    {"url": "https://api.github.com/repos/Course/Ada-Labs/statuses/6113", "avatar_url": "https://github.com/images/error/hubot.gif",
                     "id": 1, "node_id": "MDY6U3RhdHVzMQ==", "state": "success", "description": "Graded", "target_url": "https://ci.example.com/1000/output",
                     "context": "labharness/mlops/dvc-pipeline", "created_at": "2012-07-20T01:19:13Z", "creator": {"login": "octocat"}}""");
            try (ForgeReports reports = reports("github")) {
                tellOnce(reports);
            }

            Asked asked = forge.asked().getFirst();
            assertThat(asked.method() + " " + asked.path())
                    .isEqualTo("POST /api/v3/repos/Course/Ada-Labs/statuses/" + COMMIT);
            assertThat(asked.header("Accept")).isEqualTo("application/vnd.github+json");
            assertThat(asked.header("X-github-api-version")).isEqualTo("2022-11-28");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer token-of-the-course");
            assertThat(asked.body())
                    .isEqualTo("{\"state\":\"success\",\"context\":\"labharness/mlops/dvc-pipeline\","
                            + "\"description\":\"Graded: 42 of 50 points by the checks.\",\"target_url\":\"" + LINK
                            + "\"}");
            assertThat(newest().progress()).isEqualTo(Progress.TOLD);
        }

        @Test
        void gitLab() {
            forge.then(201, """
                    {"author": {"web_url": "https://gitlab.example.com/janedoe", "name": "Jane Doe", "username": "janedoe", "state": "active", "id": 28},
                     "name": "labharness/mlops/dvc-pipeline", "sha": "6113", "status": "failed", "coverage": 100.0, "description": "Graded", "id": 93,
                     "target_url": null, "ref": null, "started_at": null, "created_at": "2016-01-19T09:05:50.355Z", "allow_failure": false}""");
            try (ForgeReports reports = reports("gitlab")) {
                reports.report(report(Status.FAILURE));
                reports.next();
            }

            Asked asked = forge.asked().getFirst();
            assertThat(asked.method() + " " + asked.path())
                    .isEqualTo("POST /api/v4/projects/Course%2FAda-Labs/statuses/" + COMMIT);
            assertThat(asked.header("Private-token")).isEqualTo("token-of-the-course");
            assertThat(asked.body()).startsWith("{\"state\":\"failed\",");
            assertThat(newest().progress()).isEqualTo(Progress.TOLD);
        }

        @Test
        void gitLabInThatStateAlready() {
            forge.then(
                    400,
                    "{\"message\":\"Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via"
                            + " \\\"enqueue\\\")\"}");
            try (ForgeReports reports = reports("gitlab")) {
                tellOnce(reports);
            }

            assertThat(newest().progress()).isEqualTo(Progress.TOLD);
        }

        @Test
        void gitea() {
            forge.then(201, """
                    {"id": 12, "status": "success", "target_url": "", "description": "Graded", "url": "https://git.example.org/api/v1/repos/a/b/statuses/6113",
                     "context": "labharness/mlops/dvc-pipeline", "creator": {"id": 1, "login": "staff"}, "created_at": "2026-09-10T12:00:00Z"}""");
            try (ForgeReports reports = reports("gitea")) {
                tellOnce(reports);
            }

            Asked asked = forge.asked().getFirst();
            assertThat(asked.method() + " " + asked.path())
                    .isEqualTo("POST /api/v1/repos/Course/Ada-Labs/statuses/" + COMMIT);
            assertThat(asked.header("Authorization")).isEqualTo("token token-of-the-course");
            assertThat(newest().progress()).isEqualTo(Progress.TOLD);
        }
    }

    @Nested
    class NeverTwice {
        @ParameterizedTest
        @CsvSource(textBlock = """
                github, /api/v3/repos/Course/Ada-Labs/commits/%s/statuses?per_page=100                         , context, state
                gitlab, /api/v4/projects/Course%%2FAda-Labs/repository/commits/%s/statuses?per_page=100&all=true, name   , status
                gitea , /api/v1/repos/Course/Ada-Labs/commits/%s/statuses?limit=50&sort=recentupdate           , context, status
                """)
        void whereTheAnswerWasLostTheForgeIsAskedFirst(String kind, String path, String context, String state)
                throws IOException {
            forge.then(201, "hang-up")
                    .then(
                            200,
                            new ObjectMapper()
                                    .createArrayNode()
                                    .add(new ObjectMapper()
                                            .createObjectNode()
                                            .put(context, "labharness/mlops/dvc-pipeline")
                                            .put(state, "success")
                                            .put("description", "Graded: 42 of 50 points by the checks.")
                                            .put("target_url", LINK))
                                    .toString());
            try (ForgeReports reports = reports(kind)) {
                tellOnce(reports);
                assertThat(newest().progress()).isEqualTo(Progress.ASKED);
                assertThat(newest().why()).contains("did not answer to its end");

                now = newest().due();
                assertThat(reports.next()).isTrue();
            }

            assertThat(forge.asked()).extracting(Asked::method).containsExactly("POST", "GET");
            assertThat(forge.asked().getLast().path()).isEqualTo(path.formatted(COMMIT));
            assertThat(newest().progress()).isEqualTo(Progress.TOLD);
        }

        @Test
        void whereItIsNotThereItIsToldAgain() {
            forge.then(502, "")
                    .then(
                            200,
                            "[{\"context\": \"labharness/mlops/dvc-pipeline\", \"state\": \"pending\"}, {\"context\": \"ci\"}]")
                    .then(201, "{}");
            try (ForgeReports reports = reports("github")) {
                tellOnce(reports);
                now = newest().due();
                reports.next();
            }

            assertThat(forge.asked()).extracting(Asked::method).containsExactly("POST", "GET", "POST");
            assertThat(newest().progress()).isEqualTo(Progress.TOLD);
        }

        @Test
        void whoDiedWhileTellingIsTakenForOneWhoMayHaveTold() {
            forge.then(200, "[]").then(201, "{}");
            try (ForgeReports reports = reports("github")) {
                reports.report(report(Status.SUCCESS));
                store.claim("another/1", now, now.plusSeconds(90));
                assertThat(reports.next()).isFalse();

                now = NOON.plusSeconds(90);
                assertThat(reports.next()).isTrue();
            }

            assertThat(forge.asked()).extracting(Asked::method).containsExactly("GET", "POST");
        }

        @Test
        void whatEndsEveryProcessThatTellsItIsNotToldAnyMore() {
            try (ForgeReports reports = reports("github")) {
                reports.report(report(Status.SUCCESS));
                for (int i = 0; i < ClaimStore.MOST_LEFT_BEHIND; i++) {
                    assertThat(store.claim("another/1", now, now.plusSeconds(90)))
                            .isPresent();
                    new ClaimStore(database).release("another/1", now);
                    now = newest().due();
                }
                assertThat(reports.next()).isTrue();
            }

            assertThat(forge.asked()).isEmpty();
            assertThat(newest().progress()).isEqualTo(Progress.DROPPED);
            assertThat(newest().why()).isEqualTo("10 times in a row the process that told it ended before it was done");
        }

        @Test
        void whatTheDeadAskedAForgeForIsLookedForWhenItsAnswerWouldHaveCome() {
            assertThat(ClaimStore.SETTLED).isGreaterThan(StatusApi.TIME);
        }

        @Test
        void theSameStateIsTakenOnce() {
            try (ForgeReports reports = reports("github")) {
                assertThat(reports.report(report(Status.PENDING))).isTrue();
                assertThat(reports.report(report(Status.PENDING))).isFalse();
            }
        }
    }

    @Nested
    class Later {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                429 | Retry-After           | 120                           | 120
                503 | Retry-After           | Thu, 10 Sep 2026 12:05:00 GMT | 300
                403 | retry-after           | 60                            | 60
                429 | Retry-After           | nonsense                      | 10
                429 | Retry-After           | 999999999                     | 7200
                """)
        void asTheForgeAsks(int status, String header, String value, long seconds) {
            forge.then(status, "", header, value).then(201, "{}");
            try (ForgeReports reports = reports("github")) {
                tellOnce(reports);
                assertThat(newest().progress()).isEqualTo(Progress.WAITING);
                assertThat(Duration.between(now, newest().due()).toSeconds()).isBetween(Math.min(seconds, 5), seconds);
                assertThat(seconds <= 10
                                || Duration.between(now, newest().due()).toSeconds() == seconds)
                        .isTrue();
                now = newest().due();
                reports.next();
            }

            assertThat(forge.asked()).extracting(Asked::method).containsExactly("POST", "POST");
        }

        @Test
        void whoIsBusyIsAskedNothingElseMeanwhileAndThatIsNoTry() {
            forge.then(429, "", "Retry-After", "120").then(201, "{}").then(201, "{}");
            try (ForgeReports reports = reports("github")) {
                tellOnce(reports);
                Report other = new Report(
                        course.id(),
                        TinyCourse.DVC,
                        new Owner.OfStudent(StudentId.parse("s02")),
                        new About.OfGrading(8),
                        Status.SUCCESS,
                        "http://" + forge.host() + "/course/bo.git",
                        COMMIT,
                        "Graded.",
                        LINK);
                assertThat(reports.report(other)).isTrue();
                for (int i = 0; i < 50; i++) {
                    now = now.plusSeconds(1);
                    reports.next();
                }
                assertThat(forge.asked()).as("within what it asked for").hasSize(1);
                assertThat(newest().tries()).isZero();

                now = NOON.plusSeconds(121);
                reports.next();
                reports.next();
            }

            assertThat(store.newest(course.id(), 9))
                    .extracting(Outgoing::progress)
                    .containsOnly(Progress.TOLD)
                    .hasSize(2);
        }

        @Test
        void gitHubsSecondLimitThatSaysNoTimeIsAMinute() {
            forge.then(403, "{\"message\": \"You have exceeded a secondary rate limit. Please wait a few minutes.\"}");
            try (ForgeReports reports = reports("github")) {
                tellOnce(reports);
            }

            assertThat(newest().progress()).isEqualTo(Progress.WAITING);
            assertThat(newest().due()).isEqualTo(NOON.plusSeconds(60));
        }

        @Test
        void gitHubsSpentLimitEndsWhenItSays() {
            forge.then(
                    403,
                    "",
                    "x-ratelimit-remaining",
                    "0",
                    "x-ratelimit-reset",
                    Long.toString(NOON.plusSeconds(600).getEpochSecond()));
            try (ForgeReports reports = reports("github")) {
                tellOnce(reports);
            }

            assertThat(newest().due()).isEqualTo(NOON.plusSeconds(600));
        }

        @Test
        void aHostThatIsDownIsTriedWithLongerPausesAndGivenUpInTheEnd() {
            ForgeReports reports = reports("github");
            forge.close();
            tellOnce(reports);
            assertThat(newest().progress()).isEqualTo(Progress.WAITING);
            while (newest().progress() == Progress.WAITING) {
                now = newest().due();
                assertThat(reports.next()).isTrue();
            }
            reports.close();

            assertThat(Duration.between(NOON, now)).isGreaterThan(Duration.ofHours(10));
            assertThat(newest().progress()).isEqualTo(Progress.DROPPED);
            assertThat(newest().why()).startsWith("it was tried 40 times. Last: " + forge.host() + " does not answer");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | does not accept the token (status 401): it needs the right to set statuses of commits
            403 | does not accept the token (status 403): it needs the right to set statuses of commits
            404 | knows no such repository or commit, or its token may not see it
            422 | refuses it (status 422)
            """)
    void whatTheForgeNeverDoesIsGivenUpAndStaffSeeWhy(int status, String why) {
        forge.then(status, "{\"message\": \"<b>no</b>\"}");
        try (ForgeReports reports = reports("github")) {
            tellOnce(reports);
        }

        assertThat(newest().progress()).isEqualTo(Progress.DROPPED);
        assertThat(newest().why()).isEqualTo(forge.host() + " " + why);
    }

    @Test
    void aTokenFollowsNoRedirect() throws IOException {
        try (ForgeStandIn other = new ForgeStandIn();
                ForgeReports reports = reports("github")) {
            forge.then(307, "", "Location", "http://" + other.host() + "/repositories/1/statuses/" + COMMIT);

            tellOnce(reports);

            assertThat(other.asked()).isEmpty();
            assertThat(newest().why()).isEqualTo("the repository has moved: give its new address in the roster");
        }
    }

    @Test
    void hostsThatStaffDidNotNameAreNeverAsked() {
        try (ForgeReports reports = reports("github")) {
            reports.report(report(Status.SUCCESS, "https://evil.example.org/Course/Ada.git"));
            reports.report(report(Status.PENDING, "/home/ada/work"));
            assertThat(reports.next()).isFalse();
        }
        assertThat(store.newest(course.id(), 9))
                .extracting(Outgoing::progress, Outgoing::why)
                .containsOnly(Tuple.tuple(Progress.DROPPED, "its host is not in LAB_FORGES"));
        assertThat(forge.asked()).isEmpty();
    }

    @Test
    void aSentenceIsCutBetweenItsLettersWhereTheForgeTakesNoMore() throws IOException {
        forge.then(201, "{}");
        try (ForgeReports reports = reports("github")) {
            Report whole = report(Status.FAILURE);
            reports.report(new Report(
                    whole.course(),
                    whole.lab(),
                    whole.owner(),
                    whole.about(),
                    whole.status(),
                    whole.repository(),
                    whole.commit(),
                    "x".repeat(138) + "\uD83D\uDE00 and more",
                    ""));
            reports.next();
        }

        assertThat(new ObjectMapper()
                        .readTree(forge.asked().getFirst().body())
                        .get("description")
                        .asText())
                .isEqualTo("x".repeat(138) + "…");
    }

    @Test
    void itsThreadTellsWhenSomethingComes() {
        forge.then(201, "{}");
        try (ForgeReports reports = reports("gitea").start()) {
            reports.report(report(Status.SUCCESS));
            reports.wake();
            Eventually.holds(() -> newest().progress() == Progress.TOLD);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            github.com            | LAB_FORGES holds 'github.com'. Expected a host and what it is, such as
            github.com=bitbucket  | LAB_FORGES holds 'github.com=bitbucket'.
            http://a.org=gitea    | LAB_FORGES holds 'http://a.org=gitea'.
            https://u:p@a.org=gitea | LAB_FORGES holds
            git-1.example.org=gitea | LAB_FORGES names git-1.example.org, but LAB_STATUS_TOKEN_GIT__1_EXAMPLE_ORG holds no token for it.
            """)
    void aSettingThatMakesNoSenseIsNamed(String setting, String words) {
        assertThatThrownBy(() -> ForgeHosts.from(Map.of("LAB_FORGES", setting)))
                .isInstanceOf(SystemBroke.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void aRepositoryByAddressForSshLiesOnTheSameHost() {
        ForgeHosts hosts = ForgeHosts.from(Map.of(
                "LAB_FORGES",
                "github.com=github git.example.org:3000=gitea",
                "LAB_STATUS_TOKEN_GITHUB_COM",
                "one",
                "LAB_STATUS_TOKEN_GIT_EXAMPLE_ORG",
                "two"));

        assertThat(hosts.of(WebPlace.of("git@github.com:a/b.git").orElseThrow())
                        .orElseThrow()
                        .api())
                .isEqualTo("https://api.github.com");
        assertThat(hosts.of(WebPlace.of("ssh://git@git.example.org:2222/a/b").orElseThrow())
                        .orElseThrow()
                        .api())
                .isEqualTo("https://git.example.org:3000/api/v1");
        assertThat(hosts.of(WebPlace.of("https://example.org/a/b").orElseThrow()))
                .isEmpty();
    }
}

package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.pipeline.checkout.GitOverHttp.basic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Against a Git server with TLS on loopback. */
class HttpsCheckoutTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final String SECRET = "s3cr3t/+%token";
    private static final String ENCODED = "s3cr3t%2F%2B%25token";

    @TempDir
    static Path shared;

    private static Certificates certificates;
    private static SSLContext usual;

    @TempDir
    Path scratch;

    private GitOverHttp git;
    private String commit;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void trustTheAuthority() throws NoSuchAlgorithmException {
        usual = SSLContext.getDefault();
        certificates = Certificates.make(shared);
        SSLContext.setDefault(certificates.trusting());
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(usual);
    }

    @BeforeEach
    void start() throws IOException {
        Path origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            commit = builder.write("a.txt", "1").commit("one", MONDAY);
        }
        git = GitOverHttp.start(origin, certificates);
        environment.put("HOME", scratch.toString());
    }

    @AfterEach
    void stop() {
        git.close();
    }

    private CheckedOut checkOut(String url) {
        return checkOut(url, CheckoutLimits.DEFAULT);
    }

    private CheckedOut checkOut(String url, CheckoutLimits limits) {
        return new Checkout(environment, InstantSource.system())
                .into(scratch.resolve("clone"), new Source(url, null), limits);
    }

    private <T extends RuntimeException> T failure(Class<T> type, String url) {
        return failure(type, url, CheckoutLimits.DEFAULT);
    }

    private <T extends RuntimeException> T failure(Class<T> type, String url, CheckoutLimits limits) {
        T failed = Assertions.catchThrowableOfType(type, () -> checkOut(url, limits));
        assertThat(failed).isNotNull();
        for (Throwable link = failed; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain(SECRET, ENCODED);
        }
        return failed;
    }

    private void credentials(String... lines) throws IOException {
        Path file = scratch.resolve("credentials");
        Files.writeString(file, String.join("\n", lines) + "\n");
        environment.put("LAB_CREDENTIALS", file.toString());
    }

    private static CheckoutLimits limits(Memory pack, Duration time) {
        CheckoutLimits all = CheckoutLimits.DEFAULT;
        return new CheckoutLimits(
                pack, all.objects(), all.blob(), all.inflated(), all.tree(), all.files(), all.refs(), time);
    }

    private static CheckoutLimits twoSeconds() {
        return CheckoutLimits.DEFAULT.within(Duration.ofSeconds(2));
    }

    @Nested
    class A_login {
        @Test
        void is_not_needed_for_a_public_repository() {
            assertThat(checkOut(git.url("localhost")).submission().commit()).isEqualTo(commit);
            assertThat(git.logins()).isEmpty();
        }

        @Test
        void comes_from_the_file_of_credentials_by_host() throws IOException {
            credentials("# course", "https://other:wrong@example.org", "https://grader:" + ENCODED + "@localhost");
            git.wantsLogin("grader", SECRET);
            CheckedOut out = checkOut(git.url("localhost"));
            assertThat(out.submission().commit()).isEqualTo(commit);
            assertThat(out.submission().repository()).isEqualTo(git.url("localhost"));
            assertThat(Files.readString(out.directory().resolve(".git/config"))).doesNotContain("localhost", SECRET);
        }

        @Test
        void comes_from_the_file_at_its_usual_place() throws IOException {
            Path folder = Files.createDirectories(scratch.resolve(".config/labharness"));
            Files.writeString(folder.resolve("credentials"), "https://grader:" + ENCODED + "@localhost\n");
            git.wantsLogin("grader", SECRET);
            assertThat(checkOut(git.url("localhost")).submission().commit()).isEqualTo(commit);
        }

        @Test
        void comes_as_a_token_from_the_environment() {
            environment.put("LAB_TOKEN_LOCALHOST", SECRET);
            git.wantsLogin("oauth2", SECRET);
            assertThat(checkOut(git.url("localhost")).submission().commit()).isEqualTo(commit);
        }

        @Test
        void in_the_address_stands_above_all_others_and_is_not_shown() throws IOException {
            credentials("https://grader:wrong@localhost");
            git.wantsLogin("me", SECRET);
            String url = git.url("localhost");
            CheckedOut out = checkOut(url.replace("://", "://me:" + ENCODED + "@"));
            assertThat(out.submission().repository()).isEqualTo(url);
        }

        @Test
        void that_is_missing_is_named_with_what_to_do() {
            git.wantsLogin("grader", SECRET);
            SubmissionRefused refused = failure(SubmissionRefused.class, git.url("localhost"));
            assertThat(refused.code()).isEqualTo(Refusal.ACCESS_DENIED);
            assertThat(refused)
                    .hasMessage("'" + git.url("localhost") + "' may not be read: it is private, or does not exist."
                            + " Give the harness access: a line https://user:token@localhost in the file that"
                            + " LAB_CREDENTIALS names.");
        }

        @Test
        void is_not_doubted_where_the_connection_breaks() throws IOException {
            credentials("https://grader:" + ENCODED + "@localhost");
            git.wantsLogin("grader", SECRET).answers(GitOverHttp.Answer.GONE);
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke).hasMessageContaining("failed: the connection to 'localhost' broke.");
            assertThat(git.logins()).containsOnly(basic("grader", SECRET));
        }

        @Test
        void that_is_not_accepted_is_the_matter_of_staff_and_is_tried_once() throws IOException {
            credentials("https://grader:" + ENCODED + "@localhost");
            git.wantsLogin("grader", "another");
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.LOGIN);
            assertThat(broke)
                    .hasMessage("'localhost' does not accept the harness's login (user 'grader'), so '"
                            + git.url("localhost") + "' cannot be read. Renew the token for localhost: its line in the"
                            + " file that LAB_CREDENTIALS names, or its LAB_TOKEN_ variable.");
            assertThat(git.logins()).containsExactly(basic("grader", SECRET));
        }

        @Test
        void in_the_address_that_is_wrong_is_the_matter_of_who_gave_it() {
            git.wantsLogin("me", "another");
            String url = git.url("localhost");
            SubmissionRefused refused = failure(SubmissionRefused.class, url.replace("://", "://me:" + ENCODED + "@"));
            assertThat(refused.code()).isEqualTo(Refusal.ACCESS_DENIED);
            assertThat(refused)
                    .hasMessage("'" + url + "' may not be read: 'localhost' does not accept the login in the address"
                            + " (user 'me'). Check user and token, or leave them out.");
        }

        @Test
        void of_a_user_without_access_is_named() throws IOException {
            credentials("https://grader:" + ENCODED + "@localhost");
            git.wantsLogin("grader", SECRET).answers(GitOverHttp.Answer.FORBIDDEN);
            SubmissionRefused refused = failure(SubmissionRefused.class, git.url("localhost"));
            assertThat(refused.code()).isEqualTo(Refusal.ACCESS_DENIED);
            assertThat(refused)
                    .hasMessage("'" + git.url("localhost") + "' may not be read: user 'grader' of 'localhost' has no"
                            + " access. Give this user the right to read the repository.");
        }
    }

    @Nested
    class A_redirect {
        @Test
        void to_another_host_takes_no_login_with_it() throws IOException {
            try (GitOverHttp other = GitOverHttp.start(scratch.resolve("origin"), certificates)) {
                credentials("https://grader:" + ENCODED + "@localhost");
                git.wantsLogin("grader", SECRET).redirectsTo(other.url("127.0.0.1"));
                assertThat(checkOut(git.url("localhost")).submission().commit()).isEqualTo(commit);
                assertThat(git.logins()).containsOnly(basic("grader", SECRET));
                assertThat(other.logins()).isEmpty();
            }
        }

        @Test
        void to_another_host_takes_no_login_of_the_address_with_it() throws IOException {
            try (GitOverHttp other = GitOverHttp.start(scratch.resolve("origin"), certificates)) {
                other.wantsLogin("me", SECRET);
                git.wantsLogin("me", SECRET).redirectsTo(other.url("127.0.0.1"));
                String url = git.url("localhost").replace("://", "://me:" + ENCODED + "@");
                SubmissionRefused refused = failure(SubmissionRefused.class, url);
                assertThat(refused)
                        .hasMessageEndingWith("Give the harness access: a line https://user:token@127.0.0.1 in the file"
                                + " that LAB_CREDENTIALS names.");
                assertThat(other.logins()).isEmpty();
            }
        }

        @Test
        void to_another_host_uses_the_login_of_that_host() throws IOException {
            try (GitOverHttp other = GitOverHttp.start(scratch.resolve("origin"), certificates)) {
                credentials("https://grader:" + ENCODED + "@localhost", "https://mirror:second@127.0.0.1");
                other.wantsLogin("mirror", "second");
                git.wantsLogin("grader", SECRET).redirectsTo(other.url("127.0.0.1"));
                assertThat(checkOut(git.url("localhost")).submission().commit()).isEqualTo(commit);
                assertThat(other.logins()).containsOnly(basic("mirror", "second"));
            }
        }

        @Test
        void to_plain_http_is_not_followed() throws IOException {
            try (GitOverHttp other = GitOverHttp.start(scratch.resolve("origin"), null)) {
                git.redirectsTo(other.url("localhost"));
                SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
                assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
                assertThat(broke)
                        .hasMessage("Fetching '" + git.url("localhost") + "' failed: 'localhost' redirects to a place"
                                + " that is not followed. Check the address and use the one that the server names.");
                assertThat(other.logins()).isEmpty();
            }
        }

        @Test
        void to_what_is_not_even_a_number_of_a_port_is_told() {
            git.redirectsTo("https://localhost:99999999999/work.git");
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke).hasMessageContaining("'localhost' redirects to a place that is not followed");
        }

        @Test
        void to_what_is_no_address_is_told() {
            git.redirectsTo("https://localhost:99999/work.git");
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke)
                    .hasMessageContaining("'localhost' sends what Git does not understand (no address of a server)");
        }

        @Test
        void that_leads_in_a_circle_ends() {
            git.redirectsTo(git.url("localhost"));
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke).hasMessageContaining("'localhost' redirects to a place that is not followed");
        }
    }

    @Nested
    class A_server_at_fault_breaks_the_system_and_not_the_work {
        @Test
        void when_its_authority_is_not_trusted() {
            SSLContext.setDefault(usual);
            try {
                SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
                assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
                assertThat(broke)
                        .hasMessage("Fetching '" + git.url("localhost") + "' failed: the certificate of 'localhost' is"
                                + " not trusted. Let SSL_CERT_FILE name a bundle that holds its authority.");
            } finally {
                SSLContext.setDefault(certificates.trusting());
            }
        }

        /** Java's client finds that out, or hears nothing more, as the answer and its own greeting cross. */
        @Test
        void when_it_does_not_speak_TLS() throws IOException {
            try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> {
                    try (Socket asking = plain.accept()) {
                        assertThat(asking.getInputStream().read()).isNotNegative();
                        asking.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        asking.shutdownOutput();
                        asking.getInputStream().readAllBytes();
                    } catch (IOException hungUp) {
                        // as it should
                    }
                });
                String url = "https://localhost:" + plain.getLocalPort() + "/work.git";
                SystemBroke broke =
                        failure(SystemBroke.class, url, CheckoutLimits.DEFAULT.within(Duration.ofSeconds(10)));
                assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
                assertThat(broke.getMessage())
                        .startsWith("Fetching '" + url + "' failed: ")
                        .containsAnyOf(
                                "an encrypted connection to 'localhost' does not come about (",
                                "'localhost' does not answer.");
            }
        }

        @Test
        void when_its_certificate_is_for_another_host() throws IOException {
            Certificates others = Certificates.make(Files.createDirectory(scratch.resolve("o")), "dns:other.example");
            SSLContext.setDefault(others.trusting());
            try (GitOverHttp other = GitOverHttp.start(scratch.resolve("origin"), others)) {
                SystemBroke broke = failure(SystemBroke.class, other.url("localhost"));
                assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
                assertThat(broke).hasMessageContaining("the certificate of 'localhost' is not trusted");
            } finally {
                SSLContext.setDefault(certificates.trusting());
            }
        }

        @Test
        void when_the_connection_breaks_in_the_middle() {
            git.answers(GitOverHttp.Answer.BROKEN);
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke)
                    .hasMessage("Fetching '" + git.url("localhost") + "' failed: the connection to 'localhost' broke."
                            + " Check the network and try again.");
        }

        @Test
        void when_it_takes_the_question_and_says_nothing() {
            git.answers(GitOverHttp.Answer.SILENT);
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"), twoSeconds());
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke)
                    .hasMessage("Fetching '" + git.url("localhost") + "' failed: 'localhost' does not answer. Check the"
                            + " network and try again.");
        }

        @Test
        void when_it_sends_byte_by_byte_for_ever() {
            git.sends(new byte[0]).answers(GitOverHttp.Answer.TRICKLE);
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"), twoSeconds());
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke.getMessage())
                    .matches("Fetching '" + git.url("localhost")
                            + "' failed: only [0-9]+B came in 2 s\\. Check the network" + " and try again\\.");
        }

        @Test
        void when_it_is_out_of_service() {
            git.answers(GitOverHttp.Answer.NO_SERVICE);
            SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
            assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
            assertThat(broke)
                    .hasMessage("Fetching '" + git.url("localhost") + "' failed: 'localhost' is out of service (status"
                            + " 503). Try again later.");
        }
    }

    @Test
    void a_number_in_an_address_is_no_status() {
        git.answers(GitOverHttp.Answer.NO_SERVICE);
        String url = git.url("localhost") + "/404-401-403";
        assertThat(failure(SystemBroke.class, url))
                .hasMessage(
                        "Fetching '" + url + "' failed: 'localhost' is out of service (status 503). Try again later.");
    }

    @Test
    void a_repository_that_is_not_there_is_refused() {
        String url = git.url("localhost").replace("work.git", "nowork.git");
        SubmissionRefused refused = failure(SubmissionRefused.class, url);
        assertThat(refused.code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
        assertThat(refused)
                .hasMessage("There is no Git repository at '" + url + "'. Check the address and that it was pushed.");
    }

    /** As the launcher does it with the bundle that the host's settings name. */
    @Test
    void an_authority_in_the_hosts_bundle_is_trusted() throws IOException, InterruptedException {
        Path store = scratch.resolve("trust.p12");
        String program = Path.of("..", "docker", "launcher", "TrustStore.java").toString();
        String bundle = certificates.bundle().toString();
        assertThat(CheckoutProcess.java(scratch.resolve("said"), List.of(program, bundle, store.toString())))
                .isEmpty();
        assertThat(CheckoutProcess.run(scratch, git.url("localhost"), "-Djavax.net.ssl.trustStore=" + store))
                .isEqualTo("checked out");
    }

    @Test
    void what_is_no_Git_is_named() {
        git.sends("no pack at all".getBytes(StandardCharsets.UTF_8));
        SystemBroke broke = failure(SystemBroke.class, git.url("localhost"));
        assertThat(broke)
                .hasMessageStartingWith("Fetching '" + git.url("localhost")
                        + "' failed: 'localhost' sends what Git does not understand");
    }

    @Test
    void what_a_server_sends_is_capped() throws IOException {
        Path origin = scratch.resolve("large");
        byte[] noise = new byte[400_000];
        new Random(7).nextBytes(noise);
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("noise.bin", noise).commit("one", MONDAY);
        }
        CheckoutLimits small = limits(Memory.parse("100KiB"), Duration.ofMinutes(1));
        try (GitOverHttp large = GitOverHttp.start(origin, certificates)) {
            SubmissionRefused refused = failure(SubmissionRefused.class, large.url("localhost"), small);
            assertThat(refused.code()).isEqualTo(Refusal.TOO_LARGE);
            assertThat(refused)
                    .hasMessageStartingWith("The repository is too large: what Git sends is more than")
                    .hasMessageContaining("the limit is 100KiB");
        }
    }
}

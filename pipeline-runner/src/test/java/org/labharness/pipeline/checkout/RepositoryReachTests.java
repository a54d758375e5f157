package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Against servers on loopback. */
class RepositoryReachTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path scratch;

    private Path origin;
    private GitOverHttp git;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a.txt", "1").commit("one", MONDAY);
            builder.tag("v1");
        }
        git = GitOverHttp.start(origin, null);
        environment.put("HOME", scratch.toString());
    }

    @AfterEach
    void stop() {
        git.close();
    }

    private int references(String address) {
        return references(address, PATIENCE);
    }

    private int references(String address, Duration patience) {
        return new RepositoryReach(environment, InstantSource.system()).references(address, patience);
    }

    private SubmissionRefused refused(String address) {
        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> references(address));
        assertThat(refused).isNotNull();
        return refused;
    }

    private SystemBroke broke(String address, Duration patience) {
        SystemBroke broke = Assertions.catchThrowableOfType(SystemBroke.class, () -> references(address, patience));
        assertThat(broke).isNotNull();
        return broke;
    }

    @Test
    void a_host_that_keeps_silent_is_not_waited_for_without_end() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RepositoryReach reach = new RepositoryReach(environment, InstantSource.system());
            String address = "http://127.0.0.1:" + silent.getLocalPort() + "/a.git";
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> reach.references(address, Duration.ofMillis(200)))
                        .hasMessageContaining("does not answer within");
            }
            assertThatThrownBy(() -> reach.references(address, Duration.ofDays(1)))
                    .hasMessage("'127.0.0.1' was asked for other repositories and kept silent, so it was not asked for"
                            + " this one. Check the network and try again.");
        }
    }

    @Test
    void branches_of_which_none_would_be_graded_are_told() throws IOException {
        Path several = scratch.resolve("several");
        try (RepositoryBuilder builder = RepositoryBuilder.create(several, "work-1")) {
            builder.write("a.txt", "1").commit("one", MONDAY);
            builder.branch("work-2");
        }
        Files.writeString(several.resolve(".git/HEAD"), "ref: refs/heads/gone\n");
        assertThat(refused(several.toString()))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Refusal.REF_NOT_FOUND))
                .hasMessageContaining("HEAD names no branch that exists")
                .hasMessageContaining("work-1, work-2");
    }

    @Test
    void a_port_that_does_not_exist_is_told() {
        assertThat(refused("https://127.0.0.1:99999/a.git")).hasMessageContaining("names a port that does not exist");
    }

    @Nested
    class A_repository {
        @Test
        void on_a_server_tells_its_branches_and_tags() {
            assertThat(references(git.url("localhost"))).isEqualTo(2);
        }

        @Test
        void of_this_machine_does_too() {
            assertThat(references(origin.toString())).isEqualTo(2);
            assertThat(references(origin.toUri().toString())).isEqualTo(2);
        }

        @Test
        void behind_ssh_does_too() throws IOException, GeneralSecurityException {
            KeyPair key = GitOverSsh.newKey();
            try (GitOverSsh ssh = GitOverSsh.start(origin)) {
                Files.createDirectory(scratch.resolve(".ssh"));
                Files.writeString(scratch.resolve(".ssh/known_hosts"), ssh.knownHost() + "\n");
                GitOverSsh.write(key, scratch.resolve(".ssh/id_ecdsa"));
                assertThat(refused(ssh.url()).code()).isEqualTo(Refusal.ACCESS_DENIED);
                ssh.knows(key);
                assertThat(references(ssh.url())).isEqualTo(2);
            }
        }

        @Test
        void in_which_nothing_was_pushed_is_there_and_offers_nothing() throws IOException {
            Path empty = scratch.resolve("empty");
            RepositoryBuilder.create(empty).close();
            try (GitOverHttp other = GitOverHttp.start(empty, null)) {
                assertThat(references(other.url("localhost"))).isZero();
            }
            assertThat(references(empty.toString())).isZero();
        }

        @Test
        void that_is_private_is_read_with_the_login_for_its_host() {
            git.wantsLogin("oauth2", "t0ken");
            assertThat(refused(git.url("127.0.0.1")).code()).isEqualTo(Refusal.ACCESS_DENIED);
            environment.put("LAB_TOKEN_127_0_0_1", "t0ken");
            assertThat(references(git.url("127.0.0.1"))).isEqualTo(2);
        }

        @Test
        void whose_login_is_out_of_date_is_the_matter_of_staff() {
            git.wantsLogin("oauth2", "another");
            environment.put("LAB_TOKEN_127_0_0_1", "t0ken");
            assertThat(broke(git.url("127.0.0.1"), PATIENCE).code()).isEqualTo(Breakdown.LOGIN);
        }

        @Test
        void that_is_not_there_is_refused() {
            assertThat(refused(git.url("localhost").replace("work.git", "none.git")))
                    .returns(Refusal.REPOSITORY_NOT_FOUND, SubmissionRefused::code)
                    .hasMessageContaining("There is no Git repository at '");
            assertThat(refused(scratch.resolve("none").toString()).code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
            assertThat(refused("ext::sh -c 'touch hacked'").code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
        }

        @Test
        void with_more_references_than_a_checkout_takes_is_refused() throws IOException {
            String commit =
                    Files.readString(origin.resolve(".git/refs/heads/main")).strip();
            StringBuilder packed = new StringBuilder("# pack-refs with: sorted\n");
            for (int i = 10_000; i < 20_001; i++) {
                packed.append(commit).append(" refs/tags/t").append(i).append('\n');
            }
            Files.writeString(origin.resolve(".git/packed-refs"), packed);
            assertThat(refused(origin.toString()).code()).isEqualTo(Refusal.TOO_LARGE);
            assertThat(refused(git.url("localhost")))
                    .returns(Refusal.TOO_LARGE, SubmissionRefused::code)
                    .hasMessageContaining("10003, the limit is 10000");
        }
    }

    @Nested
    class A_server {
        @Test
        void that_is_out_of_service_breaks_the_network() {
            git.answers(GitOverHttp.Answer.NO_SERVICE);
            assertThat(broke(git.url("localhost"), PATIENCE).code()).isEqualTo(Breakdown.NETWORK);
        }

        @Test
        void that_takes_the_connection_and_keeps_silent_is_given_up() throws IOException {
            try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                String address = "://127.0.0.1:" + silent.getLocalPort() + "/work.git";
                for (String scheme : new String[] {"http", "git"}) {
                    assertThat(broke(scheme + address, Duration.ofSeconds(1)))
                            .returns(Breakdown.TIMED_OUT, SystemBroke::code)
                            .hasMessageContaining("does not answer");
                }
            }
        }

        @Test
        void that_lists_without_end_is_stopped() throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
                exchange.sendResponseHeaders(200, 0);
                try (exchange;
                        OutputStream out = exchange.getResponseBody()) {
                    out.write("001e# service=git-upload-pack\n0000".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < 2_000_000; i++) {
                        String line = "1".repeat(40) + " refs/tags/" + "t".repeat(50) + i + "\n";
                        out.write("%04x%s".formatted(line.length() + 4, line).getBytes(StandardCharsets.US_ASCII));
                    }
                }
            });
            server.start();
            try {
                String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/work.git";
                assertThat(refused(url)).returns(Refusal.TOO_LARGE, SubmissionRefused::code);
            } finally {
                server.stop(0);
            }
        }
    }
}

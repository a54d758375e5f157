package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Against a Git server that speaks SSH, on loopback. */
class SshCheckoutTests {
    @TempDir
    Path home;

    private GitOverSsh git;
    private String commit;
    private final KeyPair key = GitOverSsh.newKey();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        Path origin = home.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            commit = builder.write("a.txt", "1").commit("one", Instant.parse("2026-03-02T10:00:00Z"));
        }
        git = GitOverSsh.start(origin);
        Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/known_hosts"), git.knownHost() + "\n");
        environment.put("HOME", home.toString());
    }

    @AfterEach
    void stop() throws IOException {
        git.close();
    }

    private CheckedOut checkOut(String url) {
        return new Checkout(environment, InstantSource.system())
                .into(home.resolve("clone"), new Source(url, null), CheckoutLimits.DEFAULT);
    }

    private <T extends RuntimeException> T failure(Class<T> type, String url) {
        T failed = Assertions.catchThrowableOfType(type, () -> checkOut(url));
        assertThat(failed).isNotNull();
        return failed;
    }

    @Test
    void a_key_comes_from_the_users_folder() throws IOException, GeneralSecurityException {
        git.knows(key);
        GitOverSsh.write(key, home.resolve(".ssh/id_ecdsa"));
        CheckedOut out = checkOut(git.url());
        assertThat(out.submission().commit()).isEqualTo(commit);
        assertThat(out.submission().repository()).isEqualTo(git.url());
    }

    @Test
    void a_key_comes_from_the_agent() throws IOException {
        git.knows(key);
        try (KeyAgent agent = new KeyAgent(key, home.resolve("agent"))) {
            environment.put("SSH_AUTH_SOCK", agent.socket().toString());
            assertThat(checkOut(git.url()).submission().commit()).isEqualTo(commit);
            assertThat(agent.signatures()).isPositive();
        }
    }

    @Test
    void a_key_that_the_server_does_not_know_is_the_matter_of_who_owns_the_repository()
            throws IOException, GeneralSecurityException {
        GitOverSsh.write(key, home.resolve(".ssh/id_ecdsa"));
        SubmissionRefused refused = failure(SubmissionRefused.class, git.url());
        assertThat(refused.code()).isEqualTo(Refusal.ACCESS_DENIED);
        assertThat(refused)
                .hasMessage(
                        "'" + git.url() + "' may not be read: 'localhost' does not accept the harness's SSH key. Add"
                                + " its public key to the repository's readers.");
    }

    @Test
    void no_key_at_all_is_the_matter_of_staff() {
        environment.put("SSH_AUTH_SOCK", home.resolve("no-agent").toString());
        SystemBroke broke = failure(SystemBroke.class, git.url());
        assertThat(broke.code()).isEqualTo(Breakdown.LOGIN);
        assertThat(broke)
                .hasMessage("The harness has no SSH key for 'localhost', so '" + git.url()
                        + "' cannot be read. Put one into ~/.ssh or load it into the agent that SSH_AUTH_SOCK names.");
    }

    @Test
    void an_unknown_host_is_not_trusted() throws IOException, GeneralSecurityException {
        git.knows(key);
        GitOverSsh.write(key, home.resolve(".ssh/id_ecdsa"));
        Files.delete(home.resolve(".ssh/known_hosts"));
        SystemBroke broke = failure(SystemBroke.class, git.url());
        assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
        assertThat(broke)
                .hasMessage("The SSH key of 'localhost' is not known here. Check it, then add it with: ssh-keyscan -p "
                        + git.port() + " localhost >> ~/.ssh/known_hosts.");
        assertThat(home.resolve(".ssh/known_hosts")).doesNotExist();
    }

    @Test
    void a_host_with_another_key_than_before_is_not_trusted() throws IOException, GeneralSecurityException {
        git.knows(key);
        GitOverSsh.write(key, home.resolve(".ssh/id_ecdsa"));
        try (GitOverSsh other = GitOverSsh.start(home.resolve("origin"))) {
            String line = other.knownHost().replace(":" + other.port(), ":" + git.port());
            Files.writeString(home.resolve(".ssh/known_hosts"), line + "\n");
        }
        SystemBroke broke = failure(SystemBroke.class, git.url());
        assertThat(broke)
                .hasMessage("The SSH key of 'localhost' is not the one in ~/.ssh/known_hosts: the host was set up anew,"
                        + " or another one answers in its place. Ask its owner before you replace the line.");
    }

    @Test
    void a_repository_that_is_not_there_is_refused() throws IOException, GeneralSecurityException {
        git.knows(key);
        GitOverSsh.write(key, home.resolve(".ssh/id_ecdsa"));
        String url = git.url().replace("work.git", "nowork.git");
        SubmissionRefused refused = failure(SubmissionRefused.class, url);
        assertThat(refused.code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
        assertThat(refused)
                .hasMessage("There is no Git repository at '" + url + "'. Check the address and that it was pushed.");
    }

    @Test
    void a_server_that_does_not_answer_breaks_the_system_and_not_the_work() throws IOException {
        String url = git.url();
        git.close();
        SystemBroke broke = failure(SystemBroke.class, url);
        assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
        assertThat(broke)
                .hasMessage("Fetching '" + url
                        + "' failed: 'localhost' takes no connection. Check the network and try again.");
    }
}

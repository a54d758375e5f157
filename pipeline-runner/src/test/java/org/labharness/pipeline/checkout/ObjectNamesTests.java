package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Repositories on Git's own servers. */
class ObjectNamesTests {
    @TempDir
    Path scratch;

    private UsualServer server;
    private int frozen;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        for (String format : List.of("sha1", "sha256")) {
            Path repository = Files.createDirectories(scratch.resolve("served").resolve(format));
            UsualGit.in(repository, "init -q -b main --object-format=" + format);
            UsualGit.in(repository, "commit -q --allow-empty -m one");
        }
        server = UsualServer.of(scratch.resolve("served"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Frozen freeze(String address) {
        Path folder = scratch.resolve("freezing" + frozen++);
        return new Bundles(Map.of("HOME", scratch.toString()), InstantSource.system())
                .freeze(
                        new Source(address, null),
                        folder.resolve("clone"),
                        folder.resolve("bundle"),
                        CheckoutLimits.DEFAULT);
    }

    private int references(String address) {
        return new RepositoryReach(Map.of("HOME", scratch.toString()), InstantSource.system())
                .references(address, Duration.ofSeconds(30));
    }

    @Test
    void byWhichCommitsAreNamedIsFoundOutByGitsOwnProtocol() {
        refusesSha256(server.git("sha256"));
        assertThat(freeze(server.git("sha1")).ref()).isEqualTo("main");
        assertThat(references(server.git("sha1"))).isEqualTo(1);
    }

    @Test
    void byWhichCommitsAreNamedIsFoundOutByHttp() {
        refusesSha256(server.http("sha256/.git"));
        assertThat(freeze(server.http("sha1/.git")).ref()).isEqualTo("main");
        assertThat(references(server.http("sha1/.git"))).isEqualTo(1);
    }

    private void refusesSha256(String address) {
        String sentence =
                "The repository '" + address + "' names its commits by SHA-256, which cannot be read here. Put"
                        + " the work into a new one: git init --object-format=sha1, git add ., git commit.";
        assertThatThrownBy(() -> references(address))
                .isInstanceOfSatisfying(
                        SubmissionRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.UNSAFE_CONTENT))
                .hasMessage(sentence);
        assertThatThrownBy(() -> freeze(address))
                .isInstanceOf(SubmissionRefused.class)
                .hasMessage(sentence);
    }

    @Test
    void whoEndsEveryConnectionIsABrokenNetworkAndAskedTwice() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (ServerSocket ends = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try {
                        ends.accept().close();
                        asked.incrementAndGet();
                    } catch (SocketException closed) {
                        return;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            assertThatThrownBy(() -> references("http://127.0.0.1:" + ends.getLocalPort() + "/a.git"))
                    .isInstanceOfSatisfying(
                            SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.NETWORK));
        }
        assertThat(asked.get()).isBetween(2, 8);
    }
}

package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Addresses by HTTP behind which there is no server of Git, or none at all. */
class WebAddressTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private CheckedOut checkOut(String url) {
        return new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(scratch.resolve("clone"), new Source(url, null), CheckoutLimits.DEFAULT);
    }

    /** A folder of files is all that Git's older protocol wants of a server. */
    @Test
    void a_folder_behind_a_web_server_is_cloned() throws IOException, InterruptedException {
        byte[] noise = new byte[9 << 20]; // more than a list of branches may have
        new Random(7).nextBytes(noise);
        Path origin = scratch.resolve("origin");
        String commit;
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            commit = builder.write("noise.bin", noise).commit("one", MONDAY);
        }
        for (String[] call : new String[][] {{"repack", "-adq"}, {"update-server-info"}}) {
            ProcessBuilder git = new ProcessBuilder("git", "-c", "safe.directory=*", "-C", origin.toString());
            git.command().addAll(List.of(call));
            assertThat(git.inheritIO().start().waitFor()).isZero();
        }
        Path served = Files.createDirectory(scratch.resolve("served"));
        Files.move(origin.resolve(".git"), served.resolve("work.git")); // the server shows no hidden files
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), served, OutputLevel.NONE);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/work.git";
            CheckedOut out = checkOut(url);
            assertThat(out.submission().commit()).isEqualTo(commit);
            assertThat(out.directory().resolve("noise.bin")).hasBinaryContent(noise);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_host_that_nobody_knows_is_told() {
        SystemBroke broke = catchThrowableOfType(SystemBroke.class, () -> checkOut("https://nowhere.invalid/work.git"));
        assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
        assertThat(broke)
                .hasMessage("Fetching 'https://nowhere.invalid/work.git' failed: the host 'nowhere.invalid' is not"
                        + " known. Check the network and try again.");
    }

    @Test
    void a_host_that_takes_no_connection_is_told() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/work.git";
        SystemBroke broke = catchThrowableOfType(SystemBroke.class, () -> checkOut(url));
        assertThat(broke.code()).isEqualTo(Breakdown.NETWORK);
        assertThat(broke)
                .hasMessage("Fetching '" + url + "' failed: '127.0.0.1' takes no connection. Check the network and"
                        + " try again.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://git_server:3000/work.git", "https://m\u00fcller.example/work.git", "http:///work.git"})
    void a_host_that_no_web_address_can_have_is_told(String url) {
        SubmissionRefused refused = catchThrowableOfType(SubmissionRefused.class, () -> checkOut(url));
        assertThat(refused.code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
        assertThat(refused)
                .hasMessage("'" + url + "' names a host that no web address can have: expected letters from a to z,"
                        + " digits, hyphens and dots. Use another of its names, or its IP address.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://[::1]:3000/work.git", "https://10.0.0.7/work.git", "https://a-b.xn--mller-kva.example/w"
            })
    void a_host_of_numbers_or_of_other_letters_written_in_ascii_is_one(String url) {
        assertThat(Location.parse(url)).isInstanceOf(Location.Remote.class);
    }

    @Test
    void a_number_that_is_no_port_is_told() {
        SubmissionRefused refused = catchThrowableOfType(
                SubmissionRefused.class, () -> checkOut("https://git.example:99999999999/work.git"));
        assertThat(refused.code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
        assertThat(refused)
                .hasMessage("'https://git.example:99999999999/work.git' is neither a folder nor a URL of a Git"
                        + " repository.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/my work.git", "/%7Euser/w%20ork.git", "/m\u00fcller.git", "/a[1]|b.git"})
    void a_path_of_strange_letters_is_asked_for(String path) throws IOException {
        Path origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a.txt", "1").commit("one", MONDAY);
        }
        try (GitOverHttp git = GitOverHttp.start(origin, null)) {
            String url = git.url("127.0.0.1").replace("/team/work.git", path);
            SubmissionRefused refused = catchThrowableOfType(SubmissionRefused.class, () -> checkOut(url));
            assertThat(refused.code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
            assertThat(refused).hasMessageStartingWith("There is no Git repository at '");
        }
    }
}

package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Servers that send something for ever. None may take more time than a checkout has, nor more memory than the program. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class HostileHttpTests {
    private static final String LIST = "Content-Type: application/x-git-upload-pack-advertisement\r\n";
    private static final String BEGINNING = "001e# service=git-upload-pack\n0000";
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    @TempDir
    Path scratch;

    private ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What a server says once it was asked. */
    private interface Script {
        void say(OutputStream out) throws IOException;
    }

    /** The same by what was asked for. */
    private interface Answers {
        /** @param asked the first line of the question */
        void say(String asked, OutputStream out) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private String says(Script script) {
        return says((asked, out) -> script.say(out));
    }

    private String says(Answers script) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket asking = server.accept();
                    threads.execute(() -> answer(asking, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return "http://127.0.0.1:" + server.getLocalPort() + "/work.git";
    }

    private static void answer(Socket asking, Answers script) {
        try (asking;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(asking.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String asked = String.valueOf(in.readLine());
            String line = asked;
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            script.say(asked, asking.getOutputStream());
        } catch (IOException hungUp) {
            // as it should
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String packet(String line) {
        return "%04x%s".formatted(line.length() + 4, line);
    }

    private static String tag(int number) {
        return packet("1".repeat(40) + " refs/tags/" + "t".repeat(200) + number + "\n");
    }

    private static void forEver(OutputStream out, byte[] some) throws IOException {
        while (true) {
            out.write(some);
        }
    }

    private static void slowly(OutputStream out, byte[] some) throws IOException {
        while (true) {
            out.write(some);
            out.flush();
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private RuntimeException ending(String url) {
        return ending(url, FOUR_SECONDS);
    }

    private RuntimeException ending(String url, Duration time) {
        CheckoutLimits limits = CheckoutLimits.DEFAULT.within(time);
        long begin = System.nanoTime();
        RuntimeException ending = Assertions.catchThrowableOfType(
                RuntimeException.class,
                () -> new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                        .into(scratch.resolve("clone"), new Source(url, null), limits));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(time.multipliedBy(6));
        return ending;
    }

    private void breaksTheNetwork(String url) {
        breaksTheNetwork(url, "");
    }

    private void breaksTheNetwork(String url, String how) {
        assertThat(ending(url))
                .isInstanceOfSatisfying(
                        SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.NETWORK))
                .hasMessageContaining("Fetching '" + url + "' failed: " + how);
    }

    private void isTooLarge(String url) {
        assertThat(ending(url, CheckoutLimits.DEFAULT.time()))
                .isInstanceOfSatisfying(
                        SubmissionRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.TOO_LARGE))
                .hasMessageStartingWith(
                        "The repository is too large: the list of its branches, tags or packs is more than 8MiB,");
    }

    @Test
    void branches_without_end() {
        isTooLarge(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + LIST + "\r\n"));
            out.write(ascii("22\r\n" + BEGINNING + "\r\n"));
            for (int i = 0; ; i++) {
                String line = tag(i);
                out.write(ascii(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n"));
            }
        }));
    }

    /** Of which each looks like the one before to whoever keeps them in a table. */
    @Test
    void branches_whose_names_make_tables_slow() {
        assertThat(ending(
                        says(out -> {
                            out.write(ascii("HTTP/1.1 200 OK\r\n" + LIST + "\r\n" + BEGINNING));
                            for (int i = 1; ; i++) {
                                out.write(ascii(packet("%040x refs/heads/%d".formatted(i, i))));
                            }
                        }),
                        CheckoutLimits.DEFAULT.time()))
                .isInstanceOfSatisfying(
                        SubmissionRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.TOO_LARGE))
                .hasMessageStartingWith("The repository is too large: the number of branches and tags that the server"
                        + " lists is more than 40000, the limit is 10000.");
    }

    @Test
    void branches_without_end_in_chunks_of_one_byte() {
        isTooLarge(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + LIST + "\r\n"));
            out.write(ascii("22\r\n" + BEGINNING + "\r\n"));
            for (int i = 0; ; i++) {
                StringBuilder chunks = new StringBuilder();
                tag(i).chars()
                        .forEach(letter ->
                                chunks.append("1\r\n").append((char) letter).append("\r\n"));
                out.write(ascii(chunks.toString()));
            }
        }));
    }

    @Test
    void branches_without_end_packed_to_almost_nothing() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(ascii(BEGINNING));
            for (int i = 0; i < 300_000; i++) {
                zip.write(ascii(tag(1_000_000 + i)));
            }
        }
        String url = says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n"
                    + LIST + "\r\n"));
            packed.writeTo(out);
        });
        breaksTheNetwork(
                url, "'127.0.0.1' sends what Git does not understand (a packed answer, which was not asked for)");
    }

    @Test
    void a_line_without_end_of_the_oldest_protocol() {
        isTooLarge(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
            forEver(out, ascii("a".repeat(8192)));
        }));
    }

    @Test
    void that_the_file_of_a_commit_has_no_end() {
        String commit = "1".repeat(40);
        String url = says((asked, out) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
            if (asked.contains("/info/refs")) {
                out.write(ascii(commit + "\trefs/heads/main\n"));
            } else if (asked.contains("/HEAD")) {
                out.write(ascii("ref: refs/heads/main\n"));
            } else if (asked.contains("/objects/11/")) {
                forEver(out, new byte[8192]);
            }
        });
        assertThat(ending(url, CheckoutLimits.DEFAULT.time()))
                .isInstanceOfSatisfying(
                        SubmissionRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.TOO_LARGE))
                .hasMessageStartingWith("The repository is too large: one file is more than 100MiB,");
    }

    @Test
    void what_is_no_line_of_Git_and_more_without_end() {
        breaksTheNetwork(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + LIST + "\r\n"));
            forEver(out, ascii("1\r\nz\r\n".repeat(1000)));
        }));
    }

    @Test
    void trailers_without_end() {
        breaksTheNetwork(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + LIST + "\r\n"));
            String line = BEGINNING + tag(1) + "0000";
            out.write(ascii(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n0\r\n"));
            forEver(out, ascii("a: b\r\n".repeat(1000)));
        }));
    }

    @Test
    void an_extension_of_a_chunk_without_end() {
        breaksTheNetwork(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + LIST + "\r\n22;"));
            forEver(out, ascii("a".repeat(8192)));
        }));
    }

    @Test
    void headers_without_end() {
        breaksTheNetwork(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n"));
            forEver(out, ascii("a: b\r\n".repeat(1000)));
        }));
    }

    @Test
    void one_header_without_end_byte_by_byte() {
        breaksTheNetwork(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\na: "));
            slowly(out, ascii("b"));
        }));
    }

    @Test
    void that_more_is_to_come_without_end() {
        breaksTheNetwork(says(out -> forEver(out, ascii("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)))));
    }

    @Test
    void a_body_byte_by_byte() {
        breaksTheNetwork(says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n" + LIST + "\r\n" + BEGINNING + "ff00"));
            slowly(out, ascii("b"));
        }));
    }

    @Test
    void branches_in_a_process_of_little_memory() throws IOException, InterruptedException {
        String url = says(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n" + LIST + "\r\n" + BEGINNING));
            for (int i = 0; ; i++) {
                out.write(ascii(tag(i)));
            }
        });
        assertThat(CheckoutProcess.run(scratch, url, "-Xmx64m"))
                .startsWith("The repository is too large: the list of its branches, tags or packs is more than 8MiB,");
    }
}

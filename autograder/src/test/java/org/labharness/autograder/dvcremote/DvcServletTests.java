package org.labharness.autograder.dvcremote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.LoopbackTomcat;
import org.labharness.autograder.token.BasicLogin;
import org.labharness.lab.LabId;
import org.labharness.lab.Memory;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.sandbox.docker.Eventually;

class DvcServletTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    private static final String REMOTE = "/dvc/mlops/s01/dvc-pipeline/";
    private static final DvcLimits LIMITS =
            new DvcLimits(Memory.mebibytes(1), Memory.mebibytes(2), 5, Duration.ofMinutes(1));

    @TempDir
    Path home;

    private DvcFolders folders;
    private LoopbackTomcat tomcat;
    private HttpClient client;
    private Path remote;

    @BeforeEach
    void serve() throws LifecycleException {
        folders = new DvcFolders(home, "https://lab.example.org");
        tomcat = LoopbackTomcat.serving(
                home, "/dvc/*", new DvcServlet(new DvcStore(folders, LIMITS, () -> NOON), new OpenAccess("the-token")));
        client = HttpClient.newHttpClient();
        remote = folders.folder(
                CourseId.parse("mlops"), new Owner.OfStudent(StudentId.parse("s01")), LabId.parse("dvc-pipeline"));
    }

    @AfterEach
    void stop() throws LifecycleException {
        client.close();
        tomcat.close();
    }

    private HttpResponse<String> askAs(
            String login, String method, String path, @Nullable BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tomcat.url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : body);
        if (!login.isEmpty()) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String method, String path, @Nullable BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return askAs("s01:the-token", method, path, body, headers);
    }

    /** As DVC sends it: chunked, of no announced length. */
    private static BodyPublisher chunked(byte[] content) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content));
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String place(String md5) {
        return "files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2);
    }

    private HttpResponse<String> push(byte[] content) throws IOException, InterruptedException {
        return ask("POST", REMOTE + place(md5(content)), chunked(content));
    }

    private List<Path> kept() throws IOException {
        if (!Files.exists(remote)) {
            return List.of();
        }
        try (var all = Files.walk(remote)) {
            return all.filter(Files::isRegularFile)
                    .map(remote::relativize)
                    .sorted()
                    .toList();
        }
    }

    private void leavesNothing() {
        assertThat(home.resolve("dvc/.incoming")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void whatIsSentComesBackWholeAndInParts(String method) throws Exception {
        byte[] content = "one\ntwo\n".getBytes(UTF_8);
        String path = REMOTE + place(md5(content));

        assertThat(ask("GET", path, null).statusCode()).isEqualTo(404);
        assertThat(ask(method, path, chunked(content)).statusCode()).isEqualTo(201);

        HttpResponse<String> whole = ask("GET", path, null);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("one\ntwo\n");
        assertThat(whole.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        HttpResponse<String> head = ask("HEAD", path, null);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("8");
        HttpResponse<String> part = ask("GET", path, null, "Range", "bytes=4-100");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("two\n");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 4-7/8");
        assertThat(ask("GET", path, null, "Range", "bytes=-2").body()).isEqualTo("o\n");
        assertThat(ask("GET", path, null, "Range", "bytes=8-").statusCode()).isEqualTo(416);
        assertThat(kept()).containsExactly(Path.of(place(md5(content))));
        leavesNothing();
    }

    @Test
    void contentThatIsNotWhatItsNameSaysIsNotKept() throws Exception {
        HttpResponse<String> answer =
                ask("PUT", REMOTE + place(md5("other".getBytes(UTF_8))), chunked("one".getBytes(UTF_8)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo("The content is not what its name says: expected the MD5 sum"
                        + " 795f3202b17cb6bc3d4b771d8c6c9eaf, seen f97c5d29941bfb1b2fdab0874906ab82 in 3 bytes. Run dvc"
                        + " push again; if it says so again, dvc commit first.\n");
        assertThat(kept()).isEmpty();
        leavesNothing();
    }

    @Test
    void textOfDvc2IsKeptUnderItsSumWithUnixLineEndingsAndOnlyThere() throws Exception {
        byte[] content = "one\r\ntwo\r\rthree\r".getBytes(UTF_8);
        String sum = md5("one\ntwo\r\rthree\r".getBytes(UTF_8));
        String old = REMOTE + sum.substring(0, 2) + "/" + sum.substring(2);

        assertThat(ask("PUT", REMOTE + place(sum), chunked(content)).statusCode())
                .isEqualTo(422);
        assertThat(ask("PUT", old, chunked(content)).statusCode()).isEqualTo(201);
        assertThat(ask("GET", old, null).body()).isEqualTo("one\r\ntwo\r\rthree\r");
    }

    @Test
    void whatIsThereIsNeverWrittenOver() throws Exception {
        byte[] content = "one".getBytes(UTF_8);
        push(content);
        Path file = remote.resolve(place(md5(content)));
        Files.setLastModifiedTime(file, FileTime.from(NOON));

        assertThat(push(content).statusCode()).isEqualTo(201);
        assertThat(ask("PUT", REMOTE + place(md5(content)), chunked("two".getBytes(UTF_8)))
                        .statusCode())
                .isEqualTo(201);

        assertThat(file).hasContent("one");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(NOON));
        assertThat(ask("DELETE", REMOTE + place(md5(content)), null).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aFileThatIsTooLargeAndARemoteThatIsFullAreSaidAndTakeNoPlace() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(push(large).statusCode()).isEqualTo(413);
        assertThat(ask("PUT", REMOTE + place(md5(large)), BodyPublishers.ofByteArray(large))
                        .body())
                .isEqualTo("A file may have 1MiB at most, this one has 1048577 bytes.\n");
        for (int i = 0; i < 2; i++) {
            byte[] content = new byte[1_000_000];
            content[0] = (byte) i;
            assertThat(push(content).statusCode()).isEqualTo(201);
        }
        byte[] one = new byte[200_000];
        HttpResponse<String> full = push(one);
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(full.body())
                .isEqualTo(
                        "Your remote may hold 2MiB at most, and this file would be more. Ask your teacher for more, or"
                                + " track less.\n");
        assertThat(push(new byte[90_000]).statusCode())
                .as("what was refused takes no place")
                .isEqualTo(201);
        for (int i = 0; i < 2; i++) {
            assertThat(push(new byte[] {(byte) i}).statusCode()).isEqualTo(201);
        }
        assertThat(push("sixth".getBytes(UTF_8)).body()).startsWith("Your remote may hold 5 files at most");
        assertThat(kept()).hasSize(5);
        leavesNothing();

        DvcStore next = new DvcStore(folders, LIMITS, () -> NOON);
        assertThat(next.used(remote)).as("read anew by the next process").isEqualTo(2_090_002);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"md5": "795f3202b17cb6bc3d4b771d8c6c9eaf", "relpath": "a/b.txt"}]             | 201 |
            []                                                                              | 201 |
            {"md5": 1}                                                                      | 422 | it is no list of files.
            [{"md5": "x", "relpath": "a"}]                                                  | 422 | an entry has no MD5 sum of a file.
            [{"md5": "795f3202b17cb6bc3d4b771d8c6c9eaf.dir", "relpath": "a"}]               | 422 | an entry has no MD5 sum of a file.
            [{"md5": "795f3202b17cb6bc3d4b771d8c6c9eaf", "relpath": "a/../../b"}]           | 422 | an entry's path does not lie in the folder.
            [{"md5": "795f3202b17cb6bc3d4b771d8c6c9eaf", "relpath": "/etc/passwd"}]         | 422 | an entry's path does not lie in the folder.
            [{"md5": "795f3202b17cb6bc3d4b771d8c6c9eaf", "relpath": "a"}] 1                 | 422 | it is no list of files.
            [[[[[[[]]]]]]]                                                                  | 422 | it is no list of files.
            [{"md5": [[[[[[1]]]]]]}]                                                        | 422 | it is no list of files as DVC writes it.
            """)
    void theListOfAFolderIsReadBeforeItIsKept(String list, int status, @Nullable String why) throws Exception {
        byte[] content = list.getBytes(UTF_8);

        HttpResponse<String> answer = ask("PUT", REMOTE + place(md5(content)) + ".dir", chunked(content));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(why == null ? "" : "The list of a folder cannot be kept: " + why + "\n");
    }

    @Test
    void whoHasNoTokenIsAskedForOneAndOthersRemotesAreShut() throws Exception {
        String path = place(md5("one".getBytes(UTF_8)));
        for (String login : List.of("", "s01:wrong", "s01", "the-token")) {
            HttpResponse<String> answer = askAs(login, "GET", REMOTE + path, null);
            assertThat(answer.statusCode()).as(login).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(BasicLogin.CHALLENGE);
            assertThat(answer.body())
                    .contains("mistyped, revoked or expired", "dvc remote modify --local REMOTE password TOKEN");
        }
        assertThat(askAs("", "GET", REMOTE + path, null, "Authorization", "Basic !!!")
                        .statusCode())
                .isEqualTo(401);
        assertThat(ask("PUT", "/dvc/mlops/s02/dvc-pipeline/" + path, chunked("one".getBytes(UTF_8)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dvc/mlops/s01/dvc-pipeline",
                "/dvc/mlops/s01/dvc-pipeline/",
                "/dvc/mlops/s01/dvc-pipeline/files/md5",
                "/dvc/mlops/s01/dvc-pipeline/files/md5/",
                "/dvc/mlops/s01/dvc-pipeline/files/md5/zz/795f3202b17cb6bc3d4b771d8c6c9e",
                "/dvc/mlops/s01/dvc-pipeline/files/md5/79/5f3202b17cb6bc3d4b771d8c6c9eaf.exe",
                "/dvc/mlops/s01/dvc-pipeline/files/sha/79/5f3202b17cb6bc3d4b771d8c6c9eaf",
                "/dvc/mlops/s01/dvc-pipeline/files/md5/79/5F3202B17CB6BC3D4B771D8C6C9EAF",
                "/dvc/MLOPS/s01/dvc-pipeline/79/5f3202b17cb6bc3d4b771d8c6c9eaf",
                "/dvc/",
                "/dvc/mlops"
            })
    void thereIsNothingButContents(String path) throws Exception {
        assertThat(ask("PUT", path, chunked("one".getBytes(UTF_8))).statusCode())
                .isEqualTo(404);
        assertThat(ask("GET", path, null).statusCode()).isEqualTo(404);
        assertThat(kept()).isEmpty();
    }

    @Test
    void theSameContentSentByManyAtOnceIsKeptOnce() throws Exception {
        byte[] content = new byte[500_000];
        HttpRequest request = HttpRequest.newBuilder(URI.create(tomcat.url() + REMOTE + place(md5(content))))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("s01:the-token".getBytes(UTF_8)))
                .PUT(chunked(content))
                .build();
        List<CompletableFuture<Integer>> all = IntStream.range(0, 3)
                .mapToObj(i ->
                        client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join)).containsOnly(201);
        assertThat(kept()).hasSize(1);
        leavesNothing();
        byte[] other = new byte[1_000_000];
        assertThat(push(other).statusCode()).as("it counts once").isEqualTo(201);
    }

    /** DVC sends four at once for each processor of its machine. */
    @Test
    void aMachineOfManyProcessorsSendsToItsRemoteAndKeepsNobodyElseWaiting() throws Exception {
        DvcStore store = new DvcStore(
                folders,
                new DvcLimits(Memory.mebibytes(1), Memory.mebibytes(2), 100, Duration.ofMinutes(1)),
                () -> NOON);
        CountDownLatch go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Upload.Refusal>>> all = IntStream.range(0, 40)
                    .mapToObj(i -> ("content " + i).getBytes(UTF_8))
                    .map(content -> threads.submit(() ->
                            store.keep(home.resolve("dvc/one"), name(content), later(go, content), content.length)))
                    .toList();
            Eventually.holds(
                    Duration.ofSeconds(30),
                    "that all are being sent",
                    () -> Objects.requireNonNull(home.resolve("dvc/.incoming")
                                            .toFile()
                                            .list())
                                    .length
                            == 40);
            byte[] other = "somebody else's".getBytes(UTF_8);

            assertThat(store.keep(home.resolve("dvc/two"), name(other), new ByteArrayInputStream(other), other.length))
                    .isEmpty();

            go.countDown();
            for (Future<Optional<Upload.Refusal>> one : all) {
                assertThat(one.get()).isEmpty();
            }
        }
    }

    private static ContentName name(byte[] content) {
        return new ContentName(md5(content), false, false);
    }

    private static InputStream later(CountDownLatch go, byte[] content) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.read(into, offset, length);
            }
        };
    }

    @Test
    void whatAKilledProcessLeftIsRemovedWhenItIsOld() throws Exception {
        Path incoming = home.resolve("dvc/.incoming");
        Path old = Files.createFile(incoming.resolve("upload-old"));
        Path young = Files.createFile(incoming.resolve("upload-young"));
        Files.setLastModifiedTime(old, FileTime.from(NOON.minus(Duration.ofHours(2))));
        Files.setLastModifiedTime(young, FileTime.from(NOON.minus(Duration.ofMinutes(2))));

        assertThat(new DvcStore(folders, LIMITS, () -> NOON).folders()).isSameAs(folders);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void foldersHaveNamesThatEveryFileSystemTakes() {
        CourseId course = CourseId.parse("mlops");
        assertThat(folders.ofOwner(course, new Owner.OfStudent(StudentId.parse("cy@example.org"))))
                .isEqualTo(home.resolve("dvc/mlops/student-cy%40example.org"));
        Path team = folders.ofOwner(course, Owner.parse("team:" + "ü".repeat(80)));
        assertThat(team.getFileName().toString()).hasSizeLessThan(150).startsWith("team-%C3%BC");
    }
}

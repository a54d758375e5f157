package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.checkout.RepositoryAddress;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.collect.dvc.Fate;
import org.labharness.pipeline.collect.dvc.GitSource;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.fetch.DataFetch.Fetched;
import org.labharness.pipeline.fetch.FetchSettings.Place;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** The fetching container against servers on loopback. */
@Timeout(120)
class DataFetchIT {
    private static final FetchLimits LIMITS = new FetchLimits(
            Memory.mebibytes(8), 100, Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMillis(50));
    private static final String SECRET = "p4ssw0rd";

    private static Images images;
    private static Sandbox sandbox;

    private SubmissionSpace space;
    private DataServer server;

    @BeforeAll
    static void open() {
        DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
        images = settings.images();
        sandbox = new DockerSandbox(settings);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = DataServer.start(null);
        space = sandbox.open(new SpaceRequest("fetch", Memory.mebibytes(64)));
    }

    @AfterEach
    void stop() {
        space.close();
        server.close();
    }

    /** As by default, but loopback may be asked. */
    private FetchSettings settings(Place... places) {
        return settings(List.of(server.url("")), places);
    }

    private static FetchSettings settings(List<String> allow, Place... places) {
        return new FetchSettings(true, allow, List.of(places), List.of("localhost"));
    }

    private static Place place(String url, String user, String secret, boolean course) {
        return new Place(url, "", "", user, secret, "", course);
    }

    private static DvcRemote remote(String url) {
        return new DvcRemote("store", url, "", Map.of());
    }

    private static WantedContent wanted(String md5, String... remotes) {
        List<DvcRemote> all = Arrays.stream(remotes).map(DataFetchIT::remote).toList();
        return new WantedContent("data.csv", md5, all, "");
    }

    private Fetched fetch(FetchSettings settings, WantedContent... contents) {
        return fetch(settings, LIMITS, contents);
    }

    private Fetched fetch(FetchSettings settings, FetchLimits limits, WantedContent... contents) {
        DataFetch.Order order = new DataFetch.Order(
                new TreeReader(space.layout().work()), List.of(contents), List.of(), Optional.empty(), limits);
        return new DataFetch(settings).bring(space, images.tools(PythonVersion.PY311), order, Progress.SILENT);
    }

    private static Fate only(Fetched fetched) {
        assertThat(fetched.fates()).hasSize(1);
        Fate fate = fetched.fates().values().iterator().next();
        assertThat(fate.reason()).doesNotContain(SECRET);
        return fate;
    }

    private static String content(Fetched fetched, String md5) throws IOException {
        return Files.readString(fetched.folder().resolve("files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2)));
    }

    @Nested
    class Content_by_its_sum {
        @Test
        void comes_from_a_web_server_and_is_told_where_from() throws IOException {
            String md5 = server.push("/store", "a,b\n");
            Fetched fetched = fetch(settings(), wanted(md5, server.url("/store")));
            assertThat(only(fetched))
                    .isEqualTo(new Fate(
                            Presence.FETCHED, "fetched from the DVC remote 'store' (" + server.url("/store") + ")"));
            assertThat(content(fetched, md5)).isEqualTo("a,b\n");
            assertThat(fetched.folder().resolve("request.json")).doesNotExist();
        }

        @Test
        void comes_in_the_layout_of_DVC_2_and_with_its_sum_of_Unix_line_endings() throws IOException {
            String md5 = DataServer.sum("MD5", "a,b\n1,2\n");
            server.file("/store/" + md5.substring(0, 2) + "/" + md5.substring(2), "a,b\r\n1,2\r\n");
            Fetched fetched = fetch(settings(), wanted(md5, server.url("/store/")));
            assertThat(only(fetched).presence()).isEqualTo(Presence.FETCHED);
            assertThat(content(fetched, md5)).isEqualTo("a,b\r\n1,2\r\n");
        }

        @Test
        void of_a_folder_comes_with_all_that_its_list_names() throws IOException {
            String one = server.push("/store", "one");
            String two = server.push("/store", "two");
            String list = "[{\"md5\": \"" + one + "\", \"relpath\": \"1.txt\"}, {\"md5\": \"" + two
                    + "\", \"relpath\": \"sub/2.txt\"}]";
            String md5 = server.push("/store/files/md5", list, ".dir");
            Fetched fetched = fetch(settings(), wanted(md5, server.url("/store")));
            assertThat(only(fetched).presence()).isEqualTo(Presence.FETCHED);
            assertThat(content(fetched, one)).isEqualTo("one");
            assertThat(content(fetched, two)).isEqualTo("two");
        }

        @Test
        void of_a_folder_that_lacks_a_file_is_absent() {
            String list = "[{\"md5\": \"" + DataServer.sum("MD5", "never") + "\", \"relpath\": \"1.txt\"}]";
            String md5 = server.push("/store/files/md5", list, ".dir");
            assertThat(only(fetch(settings(), wanted(md5, server.url("/store"))))
                            .presence())
                    .isEqualTo(Presence.NOT_PUSHED);
        }

        @Test
        void that_was_never_pushed_is_the_students_matter() {
            String md5 = DataServer.sum("MD5", "never");
            assertThat(only(fetch(settings(), wanted(md5, server.url("/store")))))
                    .isEqualTo(new Fate(
                            Presence.NOT_PUSHED,
                            "its content is not in the DVC remote 'store' (" + server.url("/store") + ")"));
        }

        @Test
        void that_is_another_one_is_not_taken() {
            String md5 = DataServer.sum("MD5", "true");
            server.file("/store/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2), "forged");
            Fetched fetched = fetch(settings(), wanted(md5, server.url("/store")));
            assertThat(only(fetched))
                    .isEqualTo(new Fate(
                            Presence.NOT_PUSHED,
                            "the DVC remote 'store' (" + server.url("/store")
                                    + ") holds something else than what is recorded for it (6 bytes with the sum "
                                    + DataServer.sum("MD5", "forged") + ")"));
            assertThat(fetched.folder().resolve("files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2)))
                    .doesNotExist();
        }

        @Test
        void comes_from_the_place_that_the_course_provides_where_the_remote_lacks_it() throws IOException {
            String md5 = server.push("/course", "kept by the course");
            Fetched fetched = fetch(
                    settings(place(server.url("/course"), "grader", SECRET, true)), wanted(md5, server.url("/store")));
            assertThat(only(fetched).reason())
                    .isEqualTo("fetched from the DVC remote 'course' (" + server.url("/course") + ")");
        }

        @Test
        void comes_as_a_whole_from_the_address_that_it_was_imported_from() throws IOException {
            server.file("/public/raw.csv", "x,y\n");
            String md5 = DataServer.sum("MD5", "x,y\n");
            Fetched fetched =
                    fetch(settings(), new WantedContent("raw.csv", md5, List.of(), server.url("/public/raw.csv")));
            assertThat(only(fetched).presence()).isEqualTo(Presence.FETCHED);
            assertThat(content(fetched, md5)).isEqualTo("x,y\n");
        }

        @Test
        void that_changed_since_it_was_imported_is_not_taken() {
            server.file("/public/raw.csv", "new\n");
            Fetched fetched = fetch(
                    settings(),
                    new WantedContent(
                            "raw.csv", DataServer.sum("MD5", "old\n"), List.of(), server.url("/public/raw.csv")));
            assertThat(only(fetched).presence()).isEqualTo(Presence.NOT_PUSHED);
        }
    }

    /** As GitLab, Gitea and others give single files, each at an address of its own kind. */
    @Nested
    class Content_of_another_repository {
        private static final String COMMIT = "4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b4f0c1d2e3b";

        private WantedContent imported(String md5, String revision) {
            return new WantedContent(
                    "raw.csv",
                    md5,
                    List.of(),
                    "",
                    Optional.of(new GitSource(server.url("/team/registry.git"), revision, "data/raw file.csv")));
        }

        private String repository() {
            return "the Git repository " + server.url("/team/registry.git");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/-/raw/", "/raw/commit/", "/raw/"})
        void that_Git_holds_comes_from_its_web_pages(String place) throws IOException {
            server.file("/team/registry" + place + COMMIT + "/data/raw file.csv", "x,y\n");
            String md5 = DataServer.sum("MD5", "x,y\n");
            Fetched fetched = fetch(settings(), imported(md5, COMMIT));
            assertThat(only(fetched)).isEqualTo(new Fate(Presence.FETCHED, "fetched from " + repository()));
            assertThat(content(fetched, md5)).isEqualTo("x,y\n");
        }

        @Test
        void that_DVC_tracks_there_comes_from_the_remote_that_it_names() throws IOException {
            server.file(
                    "/team/registry/raw/" + COMMIT + "/.dvc/config",
                    "[core]\n    remote = store\n['remote \"store\"']\n    url = " + server.url("/far") + "\n");
            String md5 = server.push("/far", "a,b\n");
            Fetched fetched = fetch(settings(), imported(md5, COMMIT));
            assertThat(only(fetched))
                    .isEqualTo(new Fate(
                            Presence.FETCHED, "fetched from the DVC remote 'store' (" + server.url("/far") + ")"));
            assertThat(content(fetched, md5)).isEqualTo("a,b\n");
        }

        @Test
        void whose_remote_lies_in_a_private_network_is_not_asked_for() throws IOException {
            server.file(
                    "/team/registry/raw/" + COMMIT + "/.dvc/config",
                    "[core]\n    remote = store\n['remote \"store\"']\n    url = https://127.0.0.1:1/far\n");
            assertThat(only(fetch(settings(), imported(DataServer.sum("MD5", "a"), COMMIT)))
                            .presence())
                    .isEqualTo(Presence.REMOTE_UNREACHABLE);
        }

        @Test
        void that_is_not_there_any_more_is_told() {
            assertThat(only(fetch(settings(), imported(DataServer.sum("MD5", "a"), COMMIT))))
                    .isEqualTo(new Fate(Presence.NOT_PUSHED, "its content is not in " + repository()));
        }

        @Test
        void whose_host_shows_a_page_for_people_instead_is_told() {
            server.file("/team/registry/-/raw/" + COMMIT + "/data/raw file.csv", "<html>Sign in</html>");
            assertThat(only(fetch(settings(), imported(DataServer.sum("MD5", "a"), COMMIT))))
                    .isEqualTo(new Fate(
                            Presence.REMOTE_UNREACHABLE,
                            repository()
                                    + " does not let the grader read it (it answers with something else than the"
                                    + " file)"));
        }

        @Test
        void whose_configuration_is_endless_or_no_configuration_at_all_breaks_nothing() {
            server.file("/team/registry/-/raw/" + COMMIT + "/.dvc/config", "[core]\nremote = x\n".repeat(10_000));
            server.file("/team/registry/raw/" + COMMIT + "/.dvc/config", "\u0000[[[");
            assertThat(only(fetch(settings(), imported(DataServer.sum("MD5", "a"), COMMIT)))
                            .presence())
                    .isEqualTo(Presence.NOT_PUSHED);
        }

        @Test
        void without_a_commit_is_no_address() {
            assertThat(only(fetch(settings(), imported(DataServer.sum("MD5", "a"), ""))))
                    .isEqualTo(
                            new Fate(Presence.REMOTE_UNREACHABLE, repository() + " is no address that can be asked"));
        }

        @Test
        void gets_no_login_of_the_course() {
            server.wantsLogin("grader", SECRET).file("/team/registry/-/raw/" + COMMIT + "/data/raw file.csv", "a");
            fetch(
                    settings(place(server.url("/team"), "grader", SECRET, false)),
                    imported(DataServer.sum("MD5", "a"), COMMIT));
            assertThat(server.logins()).isEmpty();
        }
    }

    @Nested
    class A_login {
        @Test
        void of_the_course_opens_the_remote_and_shows_nowhere() {
            String md5 = server.wantsLogin("grader", SECRET).push("/store", "secret data");
            Fetched fetched = fetch(
                    settings(place(server.url("/store"), "grader", SECRET, false)), wanted(md5, server.url("/store")));
            assertThat(only(fetched).presence()).isEqualTo(Presence.FETCHED);
        }

        @Test
        void that_lacks_makes_the_remote_unreachable() {
            String md5 = server.wantsLogin("grader", SECRET).push("/store", "secret data");
            assertThat(only(fetch(settings(), wanted(md5, server.url("/store")))))
                    .isEqualTo(new Fate(
                            Presence.REMOTE_UNREACHABLE,
                            "the DVC remote 'store' (" + server.url("/store")
                                    + ") does not let the grader read it (status 401)"));
        }

        @Test
        void stays_with_its_host_when_that_redirects() throws IOException {
            try (DataServer other = DataServer.start(null)) {
                String md5 = other.push("/store", "elsewhere");
                String path = "/store/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2);
                server.wantsLogin("grader", SECRET).redirects(path, other.url(path));
                Fetched fetched = fetch(
                        settings(
                                List.of(server.url(""), other.url("")),
                                place(server.url("/store"), "grader", SECRET, false)),
                        wanted(md5, server.url("/store")));
                assertThat(only(fetched).presence()).isEqualTo(Presence.FETCHED);
                assertThat(server.logins()).isNotEmpty();
                assertThat(other.logins()).isEmpty();
            }
        }
    }

    @Nested
    class A_place_that_may_not_be_asked {
        private Fate refused(FetchSettings settings, String url) throws IOException {
            try (Fetched fetched = fetch(settings, wanted(DataServer.sum("MD5", "x"), url))) {
                return only(fetched);
            }
        }

        @Test
        void is_plain_http_anywhere_by_default() throws IOException {
            Fate fate = refused(settings(List.of()), server.url("/store"));
            assertThat(fate)
                    .isEqualTo(new Fate(
                            Presence.REMOTE_UNREACHABLE,
                            "the DVC remote 'store' (" + server.url("/store")
                                    + ") is a place that the grader may not ask: it is not https"));
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void is_every_address_of_a_private_network_however_it_is_written() throws IOException {
            List<String> hosts = List.of(
                    "127.0.0.1",
                    "localhost",
                    "169.254.169.254",
                    "10.0.0.1",
                    "192.168.1.1",
                    "100.64.0.1",
                    "[::1]",
                    "[fd00::1]",
                    "[fe80::1]",
                    "[::ffff:127.0.0.1]",
                    "[64:ff9b::7f00:1]",
                    "[2002:7f00:1::]",
                    "0.0.0.0",
                    "2130706433",
                    "0x7f000001",
                    "224.0.0.1");
            WantedContent[] all = hosts.stream()
                    .map(host -> new WantedContent(
                            host, DataServer.sum("MD5", "x"), List.of(remote("https://" + host + "/store")), ""))
                    .toArray(WantedContent[]::new);
            try (Fetched fetched = fetch(settings(List.of()), all)) {
                assertThat(fetched.fates()).hasSameSizeAs(hosts).allSatisfy((host, fate) -> {
                    assertThat(fate.presence()).as(host).isEqualTo(Presence.REMOTE_UNREACHABLE);
                    assertThat(fate.reason()).as(host).endsWith("it leads into a private network");
                });
            }
        }

        @Test
        void is_one_that_makes_no_sense() throws IOException {
            assertThat(refused(settings(List.of()), "https://127.1/store"))
                    .isEqualTo(new Fate(
                            Presence.REMOTE_UNREACHABLE,
                            "the DVC remote 'store' (https://127.1/store) is no address that can be asked"));
        }

        @Test
        void is_not_reached_through_a_redirect_either() throws IOException {
            try (DataServer inner = DataServer.start(null)) {
                String md5 = inner.push("/store", "metadata");
                String path = "/store/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2);
                server.redirects(path, inner.url(path));
                Fate fate = only(fetch(settings(), wanted(md5, server.url("/store"))));
                assertThat(fate.presence()).isEqualTo(Presence.REMOTE_UNREACHABLE);
                assertThat(fate.reason()).contains("may not ask");
                assertThat(inner.asked()).isEmpty();
            }
        }

        @Test
        void is_every_one_beside_the_list_where_the_course_says_so() throws IOException {
            FetchSettings closed =
                    new FetchSettings(false, List.of(server.url("/other")), List.of(), List.of("localhost"));
            assertThat(refused(closed, server.url("/store")).reason()).endsWith("it is not on the course's list");
            assertThat(refused(closed, server.url("/other/../store")).presence())
                    .isEqualTo(Presence.REMOTE_UNREACHABLE);
            assertThat(server.asked()).isEmpty();
        }
    }

    @Nested
    class A_server_at_fault {
        @Test
        void is_asked_again_after_a_while() {
            String md5 = server.isBusy(2).push("/store", "patience");
            assertThat(only(fetch(settings(), wanted(md5, server.url("/store"))))
                            .presence())
                    .isEqualTo(Presence.FETCHED);
        }

        @Test
        void that_stays_so_is_not_held_against_the_student() {
            String md5 = server.fails(503).push("/store", "never");
            Fate fate = only(fetch(settings(), wanted(md5, server.url("/store"))));
            assertThat(fate)
                    .isEqualTo(new Fate(
                            Presence.UNANSWERED,
                            "the DVC remote 'store' (" + server.url("/store")
                                    + ") could not be read: it answers with status 503. No points are lost by that;"
                                    + " it is graded again when the place answers"));
            assertThat(server.asked()).hasSize(4);
        }

        @Test
        void that_says_nothing_is_left_in_time() {
            String md5 = DataServer.sum("MD5", "never");
            server.stalls("/store/files/md5/" + md5.substring(0, 2) + "/" + md5.substring(2));
            FetchLimits brief = new FetchLimits(
                    LIMITS.size(), 100, Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMillis(50));
            Fate fate = only(fetch(settings(), brief, wanted(md5, server.url("/store"))));
            assertThat(fate.presence()).isEqualTo(Presence.UNANSWERED);
            assertThat(fate.reason()).contains("it does not answer in time");
        }

        @Test
        void that_takes_no_connection_is_not_held_against_the_student() {
            server.close();
            Fate fate = only(fetch(settings(), wanted(DataServer.sum("MD5", "x"), server.url("/store"))));
            assertThat(fate.presence()).isEqualTo(Presence.UNANSWERED);
            assertThat(fate.reason()).contains("it takes no connection");
        }

        @Test
        void that_does_not_exist_is_the_students_matter_while_other_names_are_known() {
            FetchSettings named = settings(List.of("https://nowhere.invalid"));
            Fate fate = only(fetch(named, wanted(DataServer.sum("MD5", "x"), "https://nowhere.invalid/store")));
            assertThat(fate)
                    .isEqualTo(new Fate(
                            Presence.REMOTE_UNREACHABLE,
                            "the DVC remote 'store' (https://nowhere.invalid/store) is an address without a server:"
                                    + " there is no such host"));
        }

        @Test
        void that_does_not_exist_is_our_matter_where_no_name_is_known() {
            FetchSettings cutOff =
                    new FetchSettings(true, List.of("https://nowhere.invalid"), List.of(), List.of("nothing.invalid"));
            assertThat(only(fetch(cutOff, wanted(DataServer.sum("MD5", "x"), "https://nowhere.invalid/store")))
                            .presence())
                    .isEqualTo(Presence.UNANSWERED);
        }
    }

    @Nested
    class Too_much {
        @Test
        void in_one_file_is_not_taken() {
            String md5 = server.push("/store", "x".repeat(9 << 20));
            Fate fate = only(fetch(settings(), wanted(md5, server.url("/store"))));
            assertThat(fate.presence()).isEqualTo(Presence.REMOTE_UNREACHABLE);
            assertThat(fate.reason())
                    .startsWith("it is too large: ")
                    .endsWith(
                            " of at most 8MiB are fetched from the DVC remote 'store' (" + server.url("/store") + ")");
        }

        @Test
        void in_the_number_of_files_is_not_taken() {
            String one = server.push("/store", "one");
            String list = "[" + ("{\"md5\": \"" + one + "\", \"relpath\": \"1\"}, ").repeat(3) + "{\"md5\": \""
                    + server.push("/store", "two") + "\", \"relpath\": \"2\"}]";
            String md5 = server.push("/store/files/md5", list, ".dir");
            FetchLimits two = new FetchLimits(LIMITS.size(), 2, LIMITS.time(), LIMITS.idle(), LIMITS.pause());
            Fate fate = only(fetch(settings(), two, wanted(md5, server.url("/store"))));
            assertThat(fate.reason()).contains("too many files");
        }
    }

    @Nested
    class Git_LFS {
        private static final String TEXT = "weights";

        private final String oid = DataServer.sum("SHA-256", TEXT);

        private Fetched fetchLfs(FetchSettings settings, RepositoryAddress address) throws IOException {
            Path work = space.layout().work();
            Files.writeString(
                    work.resolve("m.pt"),
                    "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize " + TEXT.length() + "\n");
            DataFetch.Order order =
                    new DataFetch.Order(new TreeReader(work), List.of(), List.of("m.pt"), Optional.of(address), LIMITS);
            return new DataFetch(settings).bring(space, images.tools(PythonVersion.PY311), order, Progress.SILENT);
        }

        @Test
        void content_takes_the_place_of_its_pointer() throws IOException {
            AtomicReference<String> question = new AtomicReference<>("");
            server.answers("/team/work.git/info/lfs/objects/batch", body -> {
                        question.set(new String(body, StandardCharsets.UTF_8));
                        return ("{\"objects\": [{\"oid\": \"" + oid + "\", \"size\": 7, \"actions\": {\"download\":"
                                        + " {\"href\": \"" + server.url("/objects/1") + "\", \"header\":"
                                        + " {\"X-Key\": \"k\"}}}}]}")
                                .getBytes(StandardCharsets.UTF_8);
                    })
                    .file("/objects/1", TEXT);
            Fetched fetched = fetchLfs(settings(), new RepositoryAddress(server.url("/team/work.git"), "", ""));
            assertThat(only(fetched))
                    .isEqualTo(new Fate(
                            Presence.FETCHED,
                            "fetched from the Git LFS server " + server.url("/team/work.git/info/lfs")));
            assertThat(space.layout().work().resolve("m.pt")).hasContent(TEXT);
            assertThat(question.get()).contains("\"operation\": \"download\"", oid);
        }

        @Test
        void content_that_the_server_lacks_is_the_students_matter_and_leaves_no_pointer() throws IOException {
            server.answers(
                    "/team/work.git/info/lfs/objects/batch",
                    body -> ("{\"objects\": [{\"oid\": \"" + oid + "\", \"error\": {\"code\": 404}}]}")
                            .getBytes(StandardCharsets.UTF_8));
            Fetched fetched = fetchLfs(settings(), new RepositoryAddress(server.url("/team/work"), "", ""));
            assertThat(only(fetched))
                    .isEqualTo(new Fate(
                            Presence.NOT_PUSHED,
                            "its content is not in the Git LFS server " + server.url("/team/work.git/info/lfs")));
            assertThat(space.layout().work().resolve("m.pt")).doesNotExist();
        }

        @Test
        void login_of_the_repositorys_host_goes_to_that_host() throws IOException {
            server.wantsLogin("grader", SECRET)
                    .answers(
                            "/team/work.git/info/lfs/objects/batch",
                            body -> "{\"objects\": []}".getBytes(StandardCharsets.UTF_8));
            Fetched fetched =
                    fetchLfs(settings(), new RepositoryAddress(server.url("/team/work.git"), "grader", SECRET));
            assertThat(only(fetched).presence()).isEqualTo(Presence.NOT_PUSHED);
            assertThat(server.logins()).isNotEmpty();
        }

        @Test
        void login_of_the_repositorys_host_does_not_go_where_the_repository_says() throws IOException {
            try (DataServer other = DataServer.start(null)) {
                other.answers("/lfs/objects/batch", body -> "{\"objects\": []}".getBytes(StandardCharsets.UTF_8));
                Files.writeString(
                        space.layout().work().resolve(".lfsconfig"), "[lfs]\n\turl = " + other.url("/lfs") + "\n");
                fetchLfs(
                        settings(List.of(server.url(""), other.url(""))),
                        new RepositoryAddress(server.url("/team/work.git"), "grader", SECRET));
                assertThat(other.asked()).isNotEmpty();
                assertThat(other.logins()).isEmpty();
            }
        }
    }
}

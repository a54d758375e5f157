package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.collect.dvc.Fate;
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

/** Against a server that recomputes every signature. */
@Timeout(300)
class S3FetchIT {
    private static final String TEXT = "a,b\n1,2\n";
    private static final String MD5 = DataServer.sum("MD5", TEXT);
    private static final FetchLimits LIMITS = new FetchLimits(
            Memory.mebibytes(8), 100, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(50));

    @TempDir
    private static Path folder;

    private static Images images;
    private static Sandbox sandbox;
    private static S3Server server;

    @BeforeAll
    static void open() throws IOException {
        DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
        images = settings.images();
        sandbox = new DockerSandbox(settings);
        String key = "labs/team 1+2/files/md5/" + MD5.substring(0, 2) + "/" + MD5.substring(2);
        server = S3Server.start(
                sandbox,
                images,
                folder,
                "{\"course\": {\"" + key + "\": \"a,b\\n1,2\\n\", \"raw.csv\": \"a,b\\n1,2\\n\"}}");
    }

    @AfterAll
    static void close() {
        try {
            server.close();
        } finally {
            sandbox.close();
        }
    }

    private static FetchSettings settings(String user, String secret) {
        Place place = new Place("s3://course", server.endpoint(), "eu-central-1", user, secret, "", false);
        return new FetchSettings(true, List.of(server.endpoint()), List.of(place), List.of("localhost"));
    }

    private static WantedContent wanted(Map<String, String> options) {
        return new WantedContent(
                "data.csv", MD5, List.of(new DvcRemote("store", "s3://course/labs/team 1+2", "", options)), "");
    }

    private static Fate fetch(FetchSettings settings, WantedContent content) throws IOException {
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("s3", Memory.mebibytes(64)))) {
            DataFetch.Order order = new DataFetch.Order(
                    new TreeReader(space.layout().work()), List.of(content), List.of(), Optional.empty(), LIMITS);
            try (Fetched fetched =
                    new DataFetch(settings).bring(space, images.tools(PythonVersion.PY311), order, Progress.SILENT)) {
                Fate fate = Objects.requireNonNull(fetched.fates().get("data.csv"));
                assertThat(fate.reason()).doesNotContain(server.key(), server.secret());
                if (fate.presence() == Presence.FETCHED) {
                    assertThat(fetched.folder().resolve("files/md5/" + MD5.substring(0, 2) + "/" + MD5.substring(2)))
                            .hasContent(TEXT);
                }
                return fate;
            }
        }
    }

    @Test
    void the_courses_key_opens_the_bucket() throws IOException {
        Map<String, String> options = Map.of("endpointurl", server.endpoint());
        assertThat(fetch(settings(server.key(), server.secret()), wanted(options)))
                .isEqualTo(
                        new Fate(Presence.FETCHED, "fetched from the DVC remote 'store' (s3://course/labs/team 1+2)"));
    }

    @Test
    void the_courses_endpoint_is_used_where_the_repository_names_none() throws IOException {
        assertThat(fetch(settings(server.key(), server.secret()), wanted(Map.of()))
                        .presence())
                .isEqualTo(Presence.FETCHED);
    }

    @Test
    void an_object_that_was_imported_comes_as_a_whole() throws IOException {
        WantedContent imported = new WantedContent("data.csv", MD5, List.of(), "s3://course/raw.csv");
        assertThat(fetch(settings(server.key(), server.secret()), imported).presence())
                .isEqualTo(Presence.FETCHED);
    }

    @Test
    void a_wrong_key_is_denied() throws IOException {
        Map<String, String> options = Map.of("endpointurl", server.endpoint());
        assertThat(fetch(settings(server.key(), "wrong"), wanted(options)))
                .isEqualTo(new Fate(
                        Presence.REMOTE_UNREACHABLE,
                        "the DVC remote 'store' (s3://course/labs/team 1+2) does not let the grader read it (status"
                                + " 403)"));
    }

    @Test
    void a_bucket_that_is_not_public_is_denied_without_a_key() throws IOException {
        WantedContent imported = new WantedContent("data.csv", MD5, List.of(), "s3://course/raw.csv");
        assertThat(fetch(settings("", ""), imported))
                .isEqualTo(new Fate(
                        Presence.REMOTE_UNREACHABLE,
                        "the address s3://course/raw.csv does not let the grader read it (status 403)"));
    }

    @Test
    void what_is_not_in_the_bucket_was_never_pushed() throws IOException {
        WantedContent missing = new WantedContent(
                "data.csv",
                DataServer.sum("MD5", "never"),
                List.of(new DvcRemote("store", "s3://course/labs", "", Map.of())),
                "");
        assertThat(fetch(settings(server.key(), server.secret()), missing))
                .isEqualTo(new Fate(
                        Presence.NOT_PUSHED, "its content is not in the DVC remote 'store' (s3://course/labs)"));
    }

    @Test
    void the_courses_key_does_not_sign_for_an_endpoint_that_the_repository_names() throws IOException {
        try (DataServer other = DataServer.start(null)) {
            FetchSettings known = settings(server.key(), server.secret());
            FetchSettings open =
                    new FetchSettings(true, List.of(server.endpoint(), other.url("")), known.places(), known.control());
            fetch(open, wanted(Map.of("endpointurl", other.url(""))));
            assertThat(other.asked()).isNotEmpty();
            assertThat(other.logins()).isEmpty();
        }
    }
}

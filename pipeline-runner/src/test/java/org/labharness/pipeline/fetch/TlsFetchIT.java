package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.checkout.Certificates;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.collect.dvc.Fate;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts.Presence;
import org.labharness.pipeline.fetch.DataFetch.Fetched;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** A remote with TLS whose authority only the host's bundle knows, or nobody. */
@Timeout(120)
class TlsFetchIT {
    private static final FetchLimits LIMITS = new FetchLimits(
            Memory.mebibytes(8), 10, Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMillis(20));

    @TempDir
    private Path folder;

    private static Fate fetch(DataServer server, Map<String, String> variables) throws IOException {
        Path home = Images.home(Path.of(""));
        Images images = Images.load(home);
        String md5 = server.push("/store", "a,b\n");
        FetchSettings settings = new FetchSettings(true, List.of(server.url("")), List.of(), List.of("localhost"));
        try (Sandbox sandbox = new DockerSandbox(new DockerSettings(home, images, false, variables));
                SubmissionSpace space = sandbox.open(new SpaceRequest("tls", Memory.mebibytes(32)))) {
            DataFetch.Order order = new DataFetch.Order(
                    new TreeReader(space.layout().work()),
                    List.of(new WantedContent(
                            "data.csv", md5, List.of(new DvcRemote("store", server.url("/store"), "", Map.of())), "")),
                    List.of(),
                    Optional.empty(),
                    LIMITS);
            try (Fetched fetched =
                    new DataFetch(settings).bring(space, images.tools(PythonVersion.PY311), order, Progress.SILENT)) {
                return Objects.requireNonNull(fetched.fates().get("data.csv"));
            }
        }
    }

    @Test
    void is_read_where_the_bundle_knows_the_authority_and_is_nobodys_fault_where_not() throws IOException {
        Certificates certificates = Certificates.make(folder);
        try (DataServer server = DataServer.start(certificates)) {
            Map<String, String> variables = new HashMap<>(System.getenv());
            Fate stranger = fetch(server, variables);
            variables.put("SSL_CERT_FILE", certificates.bundle().toString());
            assertThat(fetch(server, variables).presence()).isEqualTo(Presence.FETCHED);
            assertThat(stranger.presence()).isEqualTo(Presence.UNANSWERED);
            assertThat(stranger.reason()).contains("its certificate is not trusted");
        }
    }
}

package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.collect.dvc.DataSources;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.ToolFacts;
import org.labharness.pipeline.preflight.PreflightReport;
import org.labharness.pipeline.preflight.TrackingUri;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.tracking.TrackingServers;

class ReadingTests {
    private static final LoopbackPort OWN = TrackingServers.PORT;

    @TempDir
    private Path empty;

    private static TrackingUri uri(String host, int port, boolean bound) {
        return new TrackingUri(
                "http://" + host + ":" + port, host, port, Place.of("train.py"), TrackingUri.Use.ALWAYS, bound);
    }

    private List<LoopbackPort> answered(Stream<TrackingUri> uris) {
        TreeReader tree = new TreeReader(empty);
        Reading reading = new Reading(
                tree,
                List.of(),
                new DataSources(tree, List.of(), List.of()),
                List.of(),
                List.of(),
                new PreflightReport(List.of(), uris.toList(), new ToolFacts(true, true, ""), null, List.of()));
        return List.copyOf(reading.answeredPorts());
    }

    @Test
    void the_servers_own_port_is_always_answered_and_once() {
        assertThat(answered(Stream.empty())).containsExactly(OWN);
        assertThat(answered(Stream.of(uri("localhost", OWN.port(), true)))).containsExactly(OWN);
    }

    @Test
    void ports_that_the_code_names_for_a_server_on_its_own_machine_are_answered() {
        assertThat(answered(Stream.of(
                        uri("localhost", 8080, false),
                        uri("127.0.0.1", 5001, false),
                        uri("host.docker.internal", 5002, false),
                        uri("mlflow.example.org", 5003, false),
                        new TrackingUri(
                                "sqlite:///mlflow.db", "", -1, Place.of("train.py"), TrackingUri.Use.ALWAYS, false))))
                .containsExactlyInAnyOrder(
                        OWN, new LoopbackPort(8080, true), new LoopbackPort(5001, true), new LoopbackPort(5002, true));
    }

    @Test
    void a_port_that_the_submission_opens_anywhere_is_left_to_it() {
        assertThat(answered(Stream.of(uri("localhost", 8080, false), uri("0.0.0.0", 8080, true))))
                .containsExactlyInAnyOrder(OWN, new LoopbackPort(8080, false));
    }

    /** Nobody but the administrator opens those below 1024, and a list without end would be a server without end. */
    @Test
    void ports_of_the_system_and_more_than_sixteen_are_not() {
        assertThat(answered(Stream.of(uri("localhost", 80, false), uri("localhost", 443, false))))
                .containsExactly(OWN);
        assertThat(answered(IntStream.range(6000, 6100).mapToObj(port -> uri("localhost", port, false))))
                .hasSize(17)
                .contains(new LoopbackPort(6015, true))
                .doesNotContain(new LoopbackPort(6016, true));
    }

    @Test
    void a_lab_that_says_what_to_run_asks_for_no_file_that_would() throws IOException {
        assertThat(codes("detect")).contains("repo.nothing-to-run");
        assertThat(codes("{commands: [python train.py]}"))
                .doesNotContain("repo.nothing-to-run")
                .contains("env.no-requirements");
    }

    private List<String> codes(String run) throws IOException {
        Path folder = Files.createTempDirectory(empty, "r");
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder.resolve("student"))) {
            builder.write("train.py", "print(1)\n").commit("Hand in", Instant.parse("2026-10-01T12:00:00Z"));
        }
        Files.writeString(folder.resolve("lab.yaml"), """
                id: commands
                title: Commands
                points: 1
                run: %s
                checks:
                  - {id: runs, title: It runs, points: 1, reproduces: all}
                """.formatted(run));
        return new Inspector(folder, Map.of())
                        .inspect(new Source(folder.resolve("student").toString(), null), LabLoader.load(folder))
                        .findings()
                        .stream()
                        .map(Finding::code)
                        .toList();
    }
}

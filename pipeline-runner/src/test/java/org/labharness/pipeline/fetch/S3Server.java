package org.labharness.pipeline.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.environment.Environments;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Whose;

/** A real S3-compatible server from the package index, which checks each request's signature, in a container on the host's network. */
final class S3Server implements AutoCloseable {
    private static final String REQUIREMENTS = "moto[s3,iam]==5.2.5\nflask\nflask-cors\nboto3\n";
    private static final Instant CAP = Instant.parse("2026-11-15T12:00:00Z");

    private final Execution execution;
    private final Doc ready;

    private S3Server(Execution execution, Doc ready) {
        this.execution = execution;
        this.ready = ready;
    }

    /**
     * @param folder empty
     * @param objects buckets with keys and texts, as JSON
     */
    static S3Server start(Sandbox sandbox, Images images, Path folder, String objects) throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("requirements.txt"), REQUIREMENTS);
        PreparedEnvironment environment = new Environments(sandbox, images, folder.resolve("home"))
                .prepare(tree, EnvironmentSpec.OF_THE_SUBMISSION, CAP, Progress.SILENT);
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(shared.resolve("objects.json"), objects);
        try (InputStream program = S3Server.class.getResourceAsStream("s3_server.py")) {
            Files.copy(Objects.requireNonNull(program), shared.resolve("s3_server.py"));
        }
        Execution execution = sandbox.startShared(new ContainerCommand(
                images.tools(environment.python()),
                "s3-server",
                Whose.THEIRS,
                List.of("python", "/shared/s3_server.py", "/shared"),
                Map.of("PATH", environment.variables().get("PATH"), "HOME", "/tmp"),
                java.util.stream.Stream.concat(
                                environment.mounts().stream(),
                                java.util.stream.Stream.of(Mount.readWrite(shared, "/shared")))
                        .toList(),
                false,
                "/tmp",
                Network.PACKAGE_INDEX,
                0,
                new ContainerCommand.Caps(
                        Duration.ofMinutes(5), Memory.mebibytes(512), 64, 2, Memory.mebibytes(64), Memory.mebibytes(4)),
                chunk -> {}));
        return new S3Server(execution, await(execution, shared));
    }

    private static Doc await(Execution execution, Path shared) {
        Instant deadline = Instant.now().plusSeconds(120);
        while (!Files.exists(shared.resolve("ready.json"))) {
            if (Instant.now().isAfter(deadline) || execution.result().isDone()) {
                throw new AssertionError("the S3 server does not start: "
                        + (execution.result().isDone()
                                ? execution.result().join().log()
                                : "it is not ready in time"));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        return Documents.read(new TreeReader(shared), "ready.json")
                .document()
                .orElseThrow(() -> new UncheckedIOException(new IOException("ready.json cannot be read")));
    }

    String endpoint() {
        return "http://127.0.0.1:" + text("port");
    }

    String key() {
        return text("key");
    }

    String secret() {
        return text("secret");
    }

    private String text(String name) {
        return ready.get(name).flatMap(Doc::string).orElseThrow();
    }

    @Override
    public void close() {
        execution.kill();
        execution.result().join();
    }
}

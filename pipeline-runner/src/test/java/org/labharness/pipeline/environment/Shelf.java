package org.labharness.pipeline.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** Environments of a state folder of its own, made from a package index of its own, and a tree to make them for. */
final class Shelf implements AutoCloseable {
    static final Instant CAP = Instant.parse("2026-10-01T12:00:00Z");

    final PackageIndex index = PackageIndex.start();
    private final Path folder;
    private final DockerSettings settings;
    private final Sandbox sandbox;

    Shelf(Path folder) {
        this.folder = folder;
        DockerSettings real = DockerSettings.of(Images.home(Path.of("")), false);
        settings = new DockerSettings(
                real.home(),
                real.images(),
                false,
                Map.of("UV_DEFAULT_INDEX", index.url(), "HOME", folder.toString(), "UV_HTTP_RETRIES", "0"));
        sandbox = new DockerSandbox(settings);
    }

    Path home() {
        return folder.resolve("home");
    }

    Path tree() {
        return folder.resolve("tree");
    }

    Shelf write(String file, String content) {
        try {
            Path path = tree().resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PreparedEnvironment prepare(String requirements) {
        write("requirements.txt", requirements);
        return prepare(EnvironmentSpec.OF_THE_SUBMISSION, Environments.CACHE);
    }

    PreparedEnvironment prepare(EnvironmentSpec spec, Memory cache) {
        return prepare(spec, cache, CAP);
    }

    PreparedEnvironment prepare(EnvironmentSpec spec, Memory cache, Instant cap) {
        return new Environments(sandbox, settings.images(), home(), cache)
                .prepare(new TreeReader(tree()), spec, folder, cap, false, Progress.SILENT);
    }

    /** What Python prints in the environment, where the tree is mounted as it is for stages. */
    String python(PreparedEnvironment environment, String code) {
        return run(environment, "python", "-c", code);
    }

    String run(PreparedEnvironment environment, String... command) {
        List<Mount> mounts = new ArrayList<>(environment.mounts());
        mounts.add(Mount.readOnly(tree(), "/work"));
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("HOME", "/tmp");
        try {
            ExecutionResult result = sandbox.startShared(new ContainerCommand(
                            settings.images().tools(environment.python()),
                            "test",
                            Whose.THEIRS,
                            List.of(command),
                            variables,
                            mounts,
                            false,
                            "/tmp",
                            Network.NONE,
                            65_000,
                            new ContainerCommand.Caps(
                                    Duration.ofSeconds(60),
                                    Memory.mebibytes(512),
                                    64,
                                    1,
                                    Memory.mebibytes(16),
                                    Memory.mebibytes(8)),
                            chunk -> {}))
                    .result()
                    .get(90, TimeUnit.SECONDS);
            return String.join(
                    "\n",
                    Stream.concat(result.log().head().stream(), result.log().tail().stream())
                            .toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
        index.close();
    }
}

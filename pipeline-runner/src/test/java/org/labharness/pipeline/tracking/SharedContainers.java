package org.labharness.pipeline.tracking;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** As much of a sandbox as tracking servers need: shared containers, and spaces that are plain folders. */
final class SharedContainers implements Sandbox {
    private static final String[] POWERS = {"SETUID", "SETGID", "CHOWN", "KILL", "DAC_OVERRIDE", "FOWNER"};

    private final Path root;
    private final List<GenericContainer<?>> containers = new ArrayList<>();

    SharedContainers(Path root) throws IOException {
        this.root = root;
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** A space that is nothing but its folders. */
    SpaceLayout space(String name, int uid) throws IOException {
        Path base = Files.createDirectory(root.resolve(name));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
        List<Path> folders = new ArrayList<>();
        for (String folder : List.of("work", "temporary", "tracking", "control", "socket")) {
            Path made = Files.createDirectory(base.resolve(folder));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
            folders.add(made);
        }
        return new SpaceLayout(uid, folders.get(0), folders.get(1), folders.get(2), folders.get(3), folders.get(4));
    }

    @Override
    public SubmissionSpace open(SpaceRequest request) {
        throw new UnsupportedOperationException("this sandbox has shared containers only");
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Execution startShared(ContainerCommand command, Consumer<Sign> heard) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(command.image()))
                .withImagePullPolicy(name -> false)
                .withEnv(command.environment())
                .withTmpFs(Map.of("/tmp", "rw,size=64m"))
                .withCreateContainerCmdModifier(create -> {
                    create.withEntrypoint("/opt/lab/bin/labinit", "--").withCmd(command.argv());
                    create.getHostConfig()
                            .withNetworkMode("none")
                            .withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            .withCapAdd(powers())
                            .withBinds(command.mounts().stream()
                                    .map(SharedContainers::bind)
                                    .toList());
                })
                .withStartupTimeout(Duration.ofSeconds(30));
        container.start();
        containers.add(container);
        CompletableFuture<ExecutionResult> result = new CompletableFuture<>();
        return new Execution() {
            @Override
            public CompletableFuture<ExecutionResult> result() {
                return result;
            }

            @Override
            public void kill() {
                container.stop();
                result.complete(new ExecutionResult(137, Duration.ZERO, 0, List.of(), LogExcerpt.EMPTY, true));
            }
        };
    }

    private static Capability[] powers() {
        return java.util.Arrays.stream(POWERS).map(Capability::valueOf).toArray(Capability[]::new);
    }

    private static Bind bind(Mount mount) {
        return new Bind(
                mount.source().toString(),
                new Volume(mount.target()),
                mount.readOnly() ? AccessMode.ro : AccessMode.rw);
    }

    @Override
    public void close() {
        containers.forEach(GenericContainer::stop);
    }
}

package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/**
 * The sandbox on a Docker engine of this host. Making one returns at once and prepares beside the caller: connection, sweep of what
 * dead instances left, folders, guardian; what fails there is thrown by the first use.
 */
public final class DockerSandbox implements Sandbox {
    private static final long CLOSE_SECONDS = 20;
    private static final long LITTLE_DISK = 64L << 20;
    private final DockerSettings settings;
    private final CompletableFuture<Prepared> prepared;
    private final AtomicInteger spaces = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<DockerSpace> open = ConcurrentHashMap.newKeySet();
    private final Set<RunningContainer> shared = ConcurrentHashMap.newKeySet();

    private record Prepared(Instance instance, ContainerRunner runner) {}

    public DockerSandbox(DockerSettings settings) {
        this.settings = settings;
        prepared = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("sandbox").start(() -> {
            try {
                prepared.complete(prepare());
            } catch (RuntimeException e) {
                // The edge of this thread: the first use throws it.
                prepared.completeExceptionally(e);
            }
        });
    }

    /**
     * Loads, beside whatever comes next, what talking to the engine takes: a fifth of a second at the start of a process.
     *
     * @param environment where {@code DOCKER_HOST} is looked up
     */
    public static void warmUp(Map<String, String> environment) {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            try (Engine engine = new Engine(environment)) {
                EngineCheck.weaknesses(engine);
            } catch (RuntimeException e) {
                // The edge of this thread: whoever needs the engine meets the same, and says so.
            }
        });
    }

    private Prepared prepare() {
        Instance instance = Instance.create(settings);
        ContainerRunner runner = new ContainerRunner(
                instance.id(),
                instance.engine(),
                new ContainerMaker(instance.engine()),
                PackageIndexSettings.of(settings.hostEnvironment()));
        return new Prepared(instance, runner);
    }

    private Prepared prepared() {
        try {
            return prepared.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(Breakdown.INTERNAL, "the sandbox could not be prepared: " + e.getCause(), e);
        }
    }

    /** The id that every container, folder and file of this process carries. */
    public String instance() {
        return prepared().instance().id();
    }

    @Override
    public Path root() {
        return prepared().instance().root();
    }

    @Override
    public SubmissionSpace open(SpaceRequest request) {
        Prepared ready = prepared();
        try {
            DockerSpace space = DockerSpace.open(
                    ready.instance(),
                    ready.runner(),
                    settings.images().tools(PythonVersion.PY311),
                    "s" + spaces.incrementAndGet(),
                    request,
                    open::remove);
            open.add(space);
            return space;
        } catch (IOException e) {
            throw noSpace(request, e);
        }
    }

    private SystemBroke noSpace(SpaceRequest request, IOException problem) {
        long free = settings.home().toFile().getUsableSpace();
        return free < LITTLE_DISK
                ? new SystemBroke(
                        Breakdown.DISK_FULL,
                        "the disk of " + settings.home() + " is full (" + new Memory(free)
                                + " left): free some space, then try again",
                        problem)
                : new SystemBroke(
                        Breakdown.INTERNAL,
                        "no space could be made for " + request.name() + ": " + problem.getMessage(),
                        problem);
    }

    @Override
    public Execution startShared(ContainerCommand command, Consumer<Sign> heard) {
        ContainerRunner runner = prepared().runner();
        boolean capped = prepared().instance().capped();
        boolean index = command.network() == Network.PACKAGE_INDEX;
        if (command.network() == Network.SUBMISSION || command.workTree()) {
            throw new IllegalArgumentException("a shared container belongs to no submission: " + command.role());
        }
        return runner.start(
                (index ? asOwner(command) : command)
                        .with(
                                capped
                                        ? command.mounts()
                                        : command.mounts().stream()
                                                .map(Mount::alone)
                                                .toList()),
                new Placement(
                        runner.labels("", command.role()),
                        index ? runner.index().mounts() : List.of(),
                        index ? runner.index().environment() : Map.of(),
                        index ? "host" : "none",
                        Map.of(),
                        0,
                        heard),
                DiskGauge.NONE,
                shared);
    }

    @Override
    public int containers() {
        return shared.size() + open.stream().mapToInt(DockerSpace::containers).sum();
    }

    /** What a container of the harness's own writes into its caches belongs to the user of the harness, root or not. */
    private static ContainerCommand asOwner(ContainerCommand command) {
        return command.user() == 0 ? command.as(HostRights.uid()) : command;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)
                || prepared.handle((ready, problem) -> problem != null).join()) {
            return;
        }
        Prepared ready = prepared();
        List.copyOf(open).parallelStream().forEach(DockerSpace::close);
        List<RunningContainer> last = List.copyOf(shared);
        last.forEach(RunningContainer::kill);
        CompletableFuture.allOf(last.stream().map(RunningContainer::removed).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        ready.instance().close();
    }
}

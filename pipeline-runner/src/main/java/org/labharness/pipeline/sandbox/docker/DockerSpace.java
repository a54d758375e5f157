package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceCopy;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.Standby;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/** What one submission has on the engine and on the host. */
final class DockerSpace implements SubmissionSpace {
    /** The engine turns IPv6 off in a namespace of its own; a kernel without it has nothing to turn on. */
    private static final Map<String, String> LOOPBACK_IPV6 =
            Files.isDirectory(Path.of("/proc/sys/net/ipv6")) ? Map.of("net.ipv6.conf.lo.disable_ipv6", "0") : Map.of();

    private static final long CLOSE_SECONDS = 20;
    /** The largest file, in sizes of the disk: a full disk must be met as such, but no sparse file may be without bounds. */
    private static final long FILE_SHARE = 2;

    private final SpaceRequest request;
    private final ContainerRunner runner;
    private final UidLease uid;
    private final SpaceFolders folders;
    private final FolderCopies copies;
    private final String holderImage;
    private @Nullable RunningContainer holder;
    private volatile @Nullable DiskImage image;
    private final Set<RunningContainer> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Consumer<DockerSpace> gone;

    private DockerSpace(
            SpaceRequest request,
            ContainerRunner runner,
            UidLease uid,
            SpaceFolders folders,
            FolderCopies copies,
            String holderImage,
            Consumer<DockerSpace> gone) {
        this.request = request;
        this.runner = runner;
        this.uid = uid;
        this.folders = folders;
        this.copies = copies;
        this.holderImage = holderImage;
        this.gone = gone;
    }

    /**
     * Makes it.
     *
     * @param name of its folder, of its own within the instance
     * @param gone called when nothing is left of it
     */
    static DockerSpace open(
            Instance instance,
            ContainerRunner runner,
            String holderImage,
            String name,
            SpaceRequest request,
            Consumer<DockerSpace> gone)
            throws IOException {
        UidLease uid = instance.capped() ? UidLease.take() : UidLease.own(HostRights.uid());
        SpaceFolders folders = makeFolders(instance.root().resolve(name), uid);
        DockerSpace space = new DockerSpace(
                request,
                runner,
                uid,
                folders,
                new FolderCopies(folders.layout(), instance.state().resolve(name + ".copies"), request.heard()),
                holderImage,
                gone);
        try {
            space.makeDisk(instance, name);
            return space;
        } catch (IOException | RuntimeException e) {
            space.closeAfter(e);
            throw e;
        }
    }

    private static SpaceFolders makeFolders(Path folder, UidLease uid) throws IOException {
        try {
            return SpaceFolders.create(folder, uid.uid());
        } catch (IOException | RuntimeException e) {
            Leftovers.deleteTree(folder);
            uid.close();
            throw e;
        }
    }

    private void makeDisk(Instance instance, String name) throws IOException {
        if (instance.capped()) {
            image = DiskImage.create(instance.state().resolve(name + ".img"), folders.disk(), request.disk());
        }
        folders.fillDisk();
    }

    /** What was made until then goes at once, and the first problem is the one that is told. */
    private void closeAfter(Exception problem) {
        try {
            close();
        } catch (SystemBroke another) {
            problem.addSuppressed(another);
        }
    }

    int containers() {
        return running.size();
    }

    @Override
    public SpaceLayout layout() {
        return folders.layout();
    }

    @Override
    public SpaceRequest request() {
        return request;
    }

    @Override
    public void openNetwork(Set<LoopbackPort> ports) {
        RunningContainer open = holder();
        idOf(open);
        new PortForwarder(layout()).open(ports, open.result());
    }

    /** What holds the submission's namespace. Asked for last, as DVC, which needs none, is imported meanwhile. */
    private synchronized RunningContainer holder() {
        RunningContainer held = holder;
        if (held == null) {
            held = runner.start(
                    new PortForwarder(layout()).command(holderImage),
                    new Placement(
                            runner.labels(request.name(), "pause"),
                            folders.mounts(),
                            Map.of(),
                            "none",
                            LOOPBACK_IPV6,
                            0,
                            Sign.UNHEARD),
                    DiskGauge.NONE,
                    running);
            holder = held;
        }
        return held;
    }

    @Override
    public boolean wasAsked() {
        return new PortForwarder(layout()).wasAsked();
    }

    @Override
    public SpaceCopy copy(String name, boolean tracking) throws IOException {
        return copies.copy(name, tracking);
    }

    @Override
    public void fill(SpaceLayout from) throws IOException {
        copies.fill(from);
    }

    private static String idOf(RunningContainer holder) {
        try {
            return holder.started().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SystemBroke broke
                    ? broke
                    : new SystemBroke(Breakdown.ENGINE_FAILED, "the submission's namespace could not be made", e);
        }
    }

    @Override
    public Execution start(ContainerCommand command) {
        return standBy(command).run(command.argv(), Map.of(), command.workingDirectory());
    }

    @Override
    public Standby standBy(ContainerCommand command) {
        if (closed.get()) {
            throw new IllegalStateException("the space of " + request.name() + " is closed");
        }
        boolean index = command.network() == Network.PACKAGE_INDEX;
        List<Mount> mounts = new ArrayList<>();
        if (index) {
            mounts.addAll(runner.index().mounts());
        } else {
            mounts.addAll(folders.mounts());
        }
        if (command.workTree()) {
            mounts.add(Mount.readWrite(layout().work(), "/work"));
            if (command.caps().scratch().bytes() == 0) {
                mounts.add(Mount.readWrite(layout().temporary(), "/tmp"));
            }
        }
        RunningContainer started = runner.standBy(
                command,
                new Placement(
                        runner.labels(request.name(), command.role()),
                        mounts,
                        index ? runner.index().environment() : Map.of(),
                        networkMode(command.network()),
                        Map.of(),
                        FILE_SHARE * request.disk().bytes(),
                        request.heard()),
                command.workTree() && image != null ? DiskGauge.of(folders.disk(), request.disk()) : DiskGauge.NONE,
                running);
        holder();
        if (closed.get()) {
            running.forEach(RunningContainer::kill);
        }
        return started;
    }

    private String networkMode(Network network) {
        return switch (network) {
            case NONE -> "none";
            case PACKAGE_INDEX -> "host";
            case SUBMISSION -> "container:" + idOf(holder());
        };
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        DiskImage mounted = image;
        try {
            endContainers();
            if (mounted != null) {
                mounted.close();
            }
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    "the file system of " + request.name() + " could not be removed: " + e.getMessage(),
                    e);
        } finally {
            copies.close();
            Leftovers.deleteTree(folders.folder());
            uid.close();
            gone.accept(this);
        }
    }

    @Override
    public void endContainers() {
        List<RunningContainer> all = List.copyOf(running);
        all.forEach(RunningContainer::kill);
        CompletableFuture<?>[] results =
                all.stream().map(RunningContainer::removed).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(results)
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}

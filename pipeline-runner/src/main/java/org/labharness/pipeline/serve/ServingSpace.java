package org.labharness.pipeline.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.predict.Predictions;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.pipeline.tracking.TrackingServer;
import org.labharness.pipeline.tracking.TrackingServers;

/**
 * A space of its own for a service: the work tree and the tracked runs as the run left them, another user, another namespace. Whatever the service does to
 * them concerns nothing else.
 */
final class ServingSpace implements AutoCloseable {
    private static final List<String> SHELL = List.of("/bin/bash", "--noprofile", "--norc", "-c");
    /** For what a service writes while it is asked. */
    private static final Memory BESIDE = Memory.mebibytes(256);

    private final SubmissionSpace space;
    private final Predictions.Subject subject;
    private final String image;
    private final Set<LoopbackPort> answered;
    private final @Nullable TrackingServer server;
    private int folders;

    private ServingSpace(
            SubmissionSpace space,
            Predictions.Subject subject,
            String image,
            Set<LoopbackPort> answered,
            @Nullable TrackingServer server) {
        this.space = space;
        this.subject = subject;
        this.image = image;
        this.answered = Set.copyOf(answered);
        this.server = server;
    }

    /**
     * Opens it.
     *
     * @param image in which stages run
     * @param answered loopback ports that lead to the tracking server; none: there is none
     * @param bound ports that the service itself, or its prober, takes
     */
    static ServingSpace open(
            Sandbox sandbox,
            TrackingServers servers,
            Predictions.Subject subject,
            String image,
            Set<LoopbackPort> answered,
            Set<Integer> bound) {
        Memory size = new Memory(subject.lab().limits().disk().bytes() + BESIDE.bytes());
        SubmissionSpace space = sandbox.open(subject.space().request().with(size));
        @Nullable TrackingServer server = null;
        boolean opened = false;
        try {
            space.fill(subject.space().layout());
            Set<LoopbackPort> free = answered.stream()
                    .filter(port -> !bound.contains(port.port()))
                    .collect(Collectors.toSet());
            server = answered.isEmpty() ? null : servers.serve(space.layout());
            space.openNetwork(free);
            opened = true;
            return new ServingSpace(space, subject, image, free, server);
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "The submission cannot be copied to be served: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                close(space, server);
            }
        }
    }

    SubmissionSpace space() {
        return space;
    }

    /** Of the copy; null where nothing is tracked. */
    @Nullable
    TrackingServer server() {
        return server;
    }

    /** Ports at which others than the service listen. */
    List<Integer> taken() {
        return answered.stream().map(LoopbackPort::port).sorted().toList();
    }

    /** An empty folder that no container of the submission writes to, and that does not count against its disk. */
    Path folder() {
        try {
            Path folder = space.layout().control().resolveSibling("serve-" + folders++);
            Files.createDirectory(folder);
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.DISK_FULL, "No folder can be made to serve a submission: " + e, e);
        }
    }

    /**
     * Starts a line of the shell in the work tree, as a stage is started.
     *
     * @param output is given every chunk of its output as it comes, up to the lab's limit
     */
    Execution start(ServiceStart.Line line, Map<String, String> variables, Duration longest, Consumer<byte[]> output) {
        Limits limits = subject.lab().limits();
        Map<String, String> all = new HashMap<>(subject.variables());
        if (server != null) {
            all.putAll(TrackingServers.environment());
        }
        all.putAll(variables);
        List<String> words = new ArrayList<>(SHELL);
        words.add(line.command());
        List<Mount> mounts = new ArrayList<>(subject.environment().mounts());
        mounts.addAll(line.mounts());
        return space.start(new ContainerCommand(
                image,
                "service",
                Whose.THEIRS,
                words,
                all,
                mounts,
                true,
                line.directory(),
                Network.SUBMISSION,
                space.layout().uid(),
                new ContainerCommand.Caps(
                        longest,
                        limits.memory(),
                        limits.processes(),
                        limits.cpus(),
                        Memory.mebibytes(0),
                        limits.output()),
                output));
    }

    private static void close(SubmissionSpace space, @Nullable TrackingServer server) {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            space.close();
        }
    }

    @Override
    public void close() {
        close(space, server);
    }
}

package org.labharness.pipeline.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox without containers: what a command does is told by a script. Folders are real, so a script may write into the work tree;
 * caps on time and output are kept here, all other limits are what the script says.
 */
public final class ScriptedSandbox implements Sandbox {
    private static final int FIRST_UID = 61_000;
    private final Path root;
    private final Function<Call, ScriptedAnswer> script;
    private final AtomicInteger opened = new AtomicInteger();
    private final List<Space> spaces = new CopyOnWriteArrayList<>();
    private final List<ScriptedExecution> shared = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /**
     * A command that was started.
     *
     * @param layout of the space it was started in, null for a shared container
     */
    public record Call(ContainerCommand command, @Nullable SpaceLayout layout) {}

    /**
     * Makes one.
     *
     * @param root a folder that is not there yet or empty
     * @param script called on a thread of the command's own
     */
    public ScriptedSandbox(Path root, Function<Call, ScriptedAnswer> script) {
        try {
            this.root = Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.script = script;
    }

    /** Every command so far, in the order of their starts. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public SubmissionSpace open(SpaceRequest request) {
        Space space = new Space(request, opened.incrementAndGet());
        spaces.add(space);
        return space;
    }

    @Override
    public Execution startShared(ContainerCommand command, Consumer<Sign> heard) {
        ScriptedExecution execution = begin(new Call(command, null), heard);
        shared.add(execution);
        return execution;
    }

    private ScriptedExecution begin(Call call, Consumer<Sign> heard) {
        calls.add(call);
        boolean theirs = call.command().whose() == Whose.THEIRS;
        Consumer<Sign> told = theirs ? heard : sign -> {};
        told.accept(Sign.THEIRS_BEGINS);
        return new ScriptedExecution(call.command(), () -> script.apply(call), () -> told.accept(Sign.THEIRS_ENDS))
                .begin();
    }

    @Override
    public void close() {
        spaces.forEach(Space::close);
        shared.forEach(ScriptedExecution::kill);
        shared.forEach(execution -> execution.result().join());
        if (Files.exists(root)) {
            deleteTree(root);
        }
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Space implements SubmissionSpace {
        private final SpaceRequest request;
        private final Path folder;
        private final SpaceLayout layout;
        private final List<ScriptedExecution> executions = new ArrayList<>();
        private boolean closed;
        private boolean network;

        Space(SpaceRequest request, int number) {
            this.request = request;
            folder = root.resolve("s" + number);
            layout = new SpaceLayout(
                    FIRST_UID + number,
                    folder.resolve("work"),
                    folder.resolve("temporary"),
                    folder.resolve("tracking"),
                    folder.resolve("control"),
                    folder.resolve("socket"));
            try {
                for (Path path : List.of(
                        layout.work(), layout.temporary(), layout.tracking(), layout.control(), layout.socket())) {
                    Files.createDirectories(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SpaceLayout layout() {
            return layout;
        }

        @Override
        public SpaceRequest request() {
            return request;
        }

        @Override
        public synchronized void openNetwork(Set<LoopbackPort> ports) {
            if (network) {
                throw new IllegalStateException("the network of " + request.name() + " is open already");
            }
            network = true;
        }

        @Override
        public boolean wasAsked() {
            return false; // no script connects
        }

        @Override
        public SpaceCopy copy(String name, boolean tracking) {
            throw new UnsupportedOperationException("no script runs a submission twice");
        }

        @Override
        public void fill(SpaceLayout from) {
            throw new UnsupportedOperationException("no script serves a submission");
        }

        @Override
        public Execution start(ContainerCommand command) {
            return standBy(command).run(command.argv(), Map.of(), command.workingDirectory());
        }

        @Override
        public synchronized Standby standBy(ContainerCommand command) {
            if (closed) {
                throw new IllegalStateException("the space of " + request.name() + " is closed");
            }
            if (command.network() == Network.SUBMISSION && !network) {
                throw new IllegalStateException("the network of " + request.name() + " is not open");
            }
            return new Waiting(command);
        }

        private synchronized Execution begin(
                ContainerCommand kind, List<String> argv, Map<String, String> environment, String workingDirectory) {
            ContainerCommand command = new ContainerCommand(
                    kind.image(),
                    kind.role(),
                    kind.whose(),
                    argv,
                    environment,
                    kind.mounts(),
                    kind.workTree(),
                    workingDirectory,
                    kind.network(),
                    kind.user(),
                    kind.caps(),
                    kind.output());
            ScriptedExecution execution = ScriptedSandbox.this.begin(new Call(command, layout), request.heard());
            executions.add(execution);
            return execution;
        }

        private final class Waiting implements Standby {
            private final ContainerCommand kind;
            private boolean used;

            Waiting(ContainerCommand kind) {
                this.kind = kind;
            }

            @Override
            public synchronized Execution run(
                    List<String> argv, Map<String, String> environment, String workingDirectory) {
                if (used) {
                    throw new IllegalStateException("this container has its command already");
                }
                used = true;
                Map<String, String> all = new HashMap<>(kind.environment());
                all.putAll(environment);
                return begin(kind, argv, all, workingDirectory);
            }

            @Override
            public synchronized void close() {
                used = true;
            }
        }

        @Override
        public synchronized void endContainers() {
            executions.forEach(ScriptedExecution::kill);
            executions.forEach(execution -> execution.result().join());
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                endContainers();
                deleteTree(folder);
            }
        }
    }
}

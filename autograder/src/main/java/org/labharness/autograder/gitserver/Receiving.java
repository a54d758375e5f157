package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;

/** One push while it is received: taken as a whole or refused as a whole, with a reason that Git shows. */
final class Receiving extends ReceivePack {
    /** After a refusal a client still sends what it has begun to; who sends more than this is cut off. */
    private static final long REST = 1L << 30;

    private final Visit visit;
    private final PushGate gate;
    private final Turn turn;
    private final PushLimits limits;
    private final Path directory;
    private final LiveAnswer answer = new LiveAnswer(this);
    private Set<Path> before = Set.of();
    private boolean room;
    private @Nullable PushRefused refused;

    Receiving(PushedRepository repository, Visit visit, PushGate gate, Turn turn, PushLimits limits, AfterPush after) {
        super(repository);
        this.visit = visit;
        this.gate = gate;
        this.turn = turn;
        this.limits = limits;
        this.directory = repository.getDirectory().toPath();
        setAllowNonFastForwards(true); // experiments may change; of what was graded the gate decides
        setAllowDeletes(true);
        setAtomic(true);
        setCheckReceivedObjects(true);
        setObjectChecker(new PushedObjects(limits));
        setMaxObjectSizeLimit(limits.object().bytes());
        setPreReceiveHook((self, commands) -> before(commands));
        setPostReceiveHook((self, commands) -> after.taken(visit, this, answer, turn, commands));
        UnpackErrorHandler usual = getUnpackErrorHandler();
        setUnpackErrorHandler(problem -> {
            PushRefused why = why(problem);
            refuse(why);
            usual.handleUnpackException(new IOException(why.reason().code()));
        });
    }

    /** Told to whoever pushes, and noted. */
    private void refuse(PushRefused why) {
        refused = why;
        gate.note(visit, why.reason());
        answer.refused(why);
    }

    @Override
    public void receive(InputStream in, OutputStream out, @Nullable OutputStream messages) throws IOException {
        try {
            super.receive(in, out, messages);
        } catch (UnpackException told) {
            rest(in);
        } finally {
            end();
        }
    }

    @Override
    public void receiveWithExceptionPropagation(InputStream in, OutputStream out, @Nullable OutputStream messages)
            throws IOException {
        receive(in, out, messages);
    }

    /** What can be said before anything is read is said then. */
    @Override
    protected void receivePackAndCheckConnectivity() throws IOException, SubmoduleValidationException {
        begin();
        super.receivePackAndCheckConnectivity();
    }

    private void begin() {
        if (!turn.held()) {
            turn.take();
            before = PushedRepositories.packs(directory);
            gate.beforeAnything(visit);
            long left = limits.repository().bytes() - PushedRepositories.bytes(directory);
            room = left < limits.pack().bytes();
            setMaxPackSizeLimit(Math.max(1, Math.min(left, limits.pack().bytes())));
        }
    }

    private void before(Collection<ReceiveCommand> commands) {
        try {
            begin();
            gate.changes(getAllCommands(), Submissions.refs(getRepository()), new GradedRefs(directory).read());
            Arrival.of(visit).write(directory);
        } catch (PushRefused why) {
            refuse(why);
            commands.forEach(command ->
                    command.setResult(Result.REJECTED_OTHER_REASON, why.reason().code()));
        }
    }

    private PushRefused why(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            Optional<PushRefused> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new PushRefused(PushRefusal.DAMAGED, "What the push sends cannot be read: " + problem.getMessage());
    }

    private Optional<PushRefused> known(Throwable problem) {
        return switch (problem) {
            case PushRefused why -> Optional.of(why);
            case TooLargePackException tooLarge ->
                Optional.of(
                        room
                                ? new PushRefused(
                                        PushRefusal.NO_ROOM,
                                        "With this push the repository " + visit.path() + " would take up more than "
                                                + limits.repository() + ", the limit.")
                                : new PushRefused(
                                        PushRefusal.TOO_LARGE,
                                        "The push sends more than " + limits.pack() + " (compressed), the limit."));
            case TooLargeObjectInPackException tooLarge ->
                Optional.of(new PushRefused(
                        PushRefusal.TOO_LARGE,
                        "The push sends a file larger than " + limits.object() + ", the limit for one" + seen(tooLarge)
                                + "."));
            case CorruptObjectException corrupt ->
                Optional.of(new PushRefused(
                        PushedObjects.unsafe(corrupt) ? PushRefusal.UNSAFE_PATH : PushRefusal.DAMAGED,
                        "The push sends what no machine should unpack: " + corrupt.getMessage() + "."));
            case SubmoduleValidationException module ->
                Optional.of(new PushRefused(
                        PushRefusal.UNSAFE_PATH, "The file .gitmodules is not safe: " + module.getMessage() + "."));
            case MissingObjectException missing ->
                Optional.of(new PushRefused(
                        PushRefusal.DAMAGED,
                        "The push does not send all of its history: " + missing.getMessage() + "."));
            default -> Optional.empty();
        };
    }

    private static String seen(TooLargeObjectInPackException tooLarge) {
        java.util.regex.Matcher size =
                java.util.regex.Pattern.compile("\\(([0-9]+) bytes\\)").matcher(String.valueOf(tooLarge.getMessage()));
        return size.find() ? ": it has " + new Memory(Long.parseLong(size.group(1))) : "";
    }

    /** A client reads its answer when it has sent everything. */
    private static void rest(InputStream in) {
        byte[] buffer = new byte[1 << 16];
        long left = REST;
        try {
            for (int count = in.read(buffer); count >= 0 && left > 0; count = in.read(buffer)) {
                left -= count;
            }
        } catch (IOException gone) {
            // then nobody waits for an answer
        }
    }

    /** What a refused push has sent is taken away again: JGit has put it in its place already. */
    private void end() {
        try {
            if (refused != null && turn.held()) {
                for (Path file : PushedRepositories.packs(directory)) {
                    if (!before.contains(file)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException stays) {
            // it counts as taken up, and nothing leads to it
        } finally {
            turn.end();
        }
    }
}

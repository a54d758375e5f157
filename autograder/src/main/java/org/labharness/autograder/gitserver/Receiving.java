package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One push while it is received: taken as a whole or refused as a whole, with a reason that Git shows. */
final class Receiving extends ReceivePack {
    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);
    /** After a refusal a client still sends what it has begun to; who sends more than this is cut off. */
    private static final long REST = 1L << 30;
    /** The commands, by which JGit bounds them: so many bytes for each ref that a repository may have. */
    private static final long COMMAND = 512;

    private final PushedRepositories repositories;
    private final LiveCourses courses;
    private final PushGate gate;
    private final Unnoted unnoted;
    private final Turn turn;
    private final PushLimits limits;
    private final InstantSource clock;
    private final Path directory;
    private final LiveAnswer answer = new LiveAnswer(this);
    private final PushedRepository repository;
    private Visit visit;
    private @Nullable Sent sent;
    private boolean arrived;
    private boolean refused;
    private boolean taken;
    /** The packs that were there before; null: nothing was looked at, and nothing has come. */
    private @Nullable Set<Path> before;

    /** What pushes of all repositories share. */
    record Ground(
            LiveCourses courses,
            PushedRepositories repositories,
            PushGate gate,
            Unnoted unnoted,
            AfterPush after,
            PushLimits limits,
            InstantSource clock) {}

    Receiving(PushedRepository repository, Visit visit, Turn turn, Ground ground) {
        super(repository);
        this.repository = repository;
        this.visit = visit;
        this.turn = turn;
        this.repositories = ground.repositories();
        this.gate = ground.gate();
        this.unnoted = ground.unnoted();
        this.limits = ground.limits();
        this.clock = ground.clock();
        this.courses = ground.courses();
        this.directory = repository.getDirectory().toPath();
        setAllowNonFastForwards(true); // experiments may change; of what was graded the gate decides
        setAllowDeletes(true);
        setMaxCommandBytes(Math.max(1 << 16, COMMAND * limits.refs()));
        setCheckReceivedObjects(true);
        setObjectChecker(new PushedObjects(limits));
        setMaxObjectSizeLimit(limits.object().bytes());
        setPreReceiveHook((self, commands) -> before());
        setPostReceiveHook((self, commands) -> ground.after().taken(this.visit, this, answer, turn, commands));
        UnpackErrorHandler usual = getUnpackErrorHandler();
        setUnpackErrorHandler(problem -> usual.handleUnpackException(new IOException(notTaken(problem))));
    }

    @Override
    public void receive(InputStream in, OutputStream out, @Nullable OutputStream messages) throws IOException {
        try (Sent coming = new Sent(in, repositories.incoming(), limits.time())) {
            sent = coming;
            try {
                super.receive(coming, out, messages);
            } catch (UnpackException told) {
                end();
                coming.rest(REST);
            } finally {
                end();
            }
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
        arrive();
        turn.beforeSending();
        if (sent != null) {
            sent.putAside(Math.min(limits.pack().bytes(), limits.repository().bytes()));
        }
        begin();
        super.receivePackAndCheckConnectivity();
    }

    /**
     * It is received when it is known which commits are pushed: their names tell all that they hold. Who begins a push and says only later
     * what it is about gains no time by that.
     */
    private void arrive() {
        if (!arrived) {
            arrived = true;
            visit = visit.at(clock.instant());
        }
    }

    private void begin() {
        if (!turn.held()) {
            turn.take();
            before = PushedRepositories.packs(directory);
            unnoted.note(directory, repository);
            visit = visit.now(courses); // sending may have taken half an hour
            gate.beforeAnything(visit);
            repository.room(limits.repository().bytes() - PushedRepositories.bytes(directory));
        }
    }

    private void before() {
        try {
            arrive();
            begin();
            new RefChanges(repository, new GradedRefs(directory).read(), limits.refs()).check(getAllCommands());
            for (ReceiveCommand command : getAllCommands()) {
                if (command.getResult() != Result.NOT_ATTEMPTED) {
                    throw new PushRefused(
                            PushRefusal.BAD_NAME,
                            "'" + command.getRefName() + "' cannot be changed: " + command.getMessage() + ".");
                }
            }
            setAtomic(true); // whatever the client asks for: JGit has asked it by now
            Arrival.of(visit).write(directory);
        } catch (PushRefused | SystemBroke | IOException | UncheckedIOException why) {
            String code = notTaken(why);
            getAllCommands().forEach(command -> command.setResult(Result.REJECTED_OTHER_REASON, code));
        }
    }

    /** What was looked at before may still fail: then nothing has come. */
    @Override
    protected void executeCommands() {
        super.executeCommands();
        Optional<ReceiveCommand> failed = getAllCommands().stream()
                .filter(one -> one.getResult() != Result.OK)
                .findFirst();
        taken = failed.isEmpty();
        if (!taken && !refused) {
            Arrival.remove(directory);
            notTaken(new SystemBroke(
                    Breakdown.DISK_FULL,
                    failed.map(one -> one.getRefName() + ": " + one.getResult() + " " + one.getMessage())
                            .orElse("")));
        }
    }

    /** Tells whoever pushed, and notes it. Returns the code. */
    private String notTaken(Throwable problem) {
        refused = true;
        Optional<SystemBroke> broke = Reasons.broke(problem);
        if (broke.isPresent()) {
            LOG.error(
                    "a push to {} was not taken: {}", visit.path(), broke.get().getMessage());
            answer.broke(broke.get());
            return broke.get().code().code();
        }
        PushRefused why =
                Reasons.refused(problem, limits, !getClientShallowCommits().isEmpty());
        answer.refused(why);
        try {
            gate.note(visit, why.reason());
        } catch (SystemBroke away) {
            LOG.error("a refused push to {} is not noted: {}", visit.path(), away.getMessage());
        }
        return why.reason().code();
    }

    private void end() {
        try {
            removeWhatIsLeft();
        } finally {
            turn.end();
        }
    }

    /** What a refused push has sent is taken away again: JGit has put it in its place already. */
    private void removeWhatIsLeft() {
        Set<Path> there = before;
        if (taken || there == null || !turn.held()) {
            return;
        }
        try {
            for (Path file : PushedRepositories.packs(directory)) {
                if (!there.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException stays) {
            LOG.warn("what a refused push has sent to {} takes up its place: {}", visit.path(), stays.getMessage());
        }
    }
}

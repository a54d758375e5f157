package org.labharness.autograder.gitserver;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.GitSmartHttpTools;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.resolver.ServiceNotEnabledException;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Inspector;
import org.labharness.pipeline.Shutdown;
import org.labharness.pipeline.SystemBroke;

/**
 * Git over HTTP at {@code /git/COURSE/STUDENT-OR-TEAM/LAB.git}: a servlet, and the filter that stands before it. Nothing that is pushed
 * is ever run or read as settings by Git here: no hooks, no configuration, no attributes.
 */
public final class GitEndpoint implements AutoCloseable {
    /** Before what could not be noted is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** How often repositories of more packs than that are put in order, and how long that may take for one. */
    private static final Duration EVERY = Duration.ofMinutes(20);

    private static final int PACKS = 20;
    private static final Duration LONGEST_ORDER = Duration.ofMinutes(2);
    /** So many times more may send than are read at once: sending takes a network's time, and place on disk. */
    private static final int SENDING = 16;
    /** In which a client that is refused at the end of its time may send what is left. */
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private final PushedRepositories repositories;
    private final PushLimits limits;
    private final DoorFilter filter;
    private final Unnoted unnoted;
    private final Housekeeping housekeeping;
    private final Receiving.Ground ground;
    private final FileChannel own;
    private final Semaphore reading;
    private final Semaphore sending;
    private final ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    /**
     * @param home the state folder
     * @param archive keeps what is handed in
     * @param version of the program
     */
    public GitEndpoint(
            LiveCourses courses,
            Database database,
            Path home,
            Archive archive,
            Gradings queue,
            Links links,
            PushLimits limits,
            String version,
            InstantSource clock) {
        this.limits = limits;
        this.repositories = new PushedRepositories(home, limits);
        this.own = repositories.own();
        PushGate gate = new PushGate(database, repositories, limits);
        this.filter = new DoorFilter(
                new TokenStore(database),
                new Doors(courses, database),
                gate,
                limits.time().plus(REFUSED),
                clock);
        Submissions submissions = new Submissions(database, archive, queue, links, version, clock);
        this.reading = new Semaphore(limits.atOnce(), true);
        this.sending = new Semaphore(limits.atOnce() * SENDING, true);
        this.unnoted = new Unnoted(
                repositories, submissions, course -> courses.now(course).isPresent(), limits, PAUSE);
        this.housekeeping = new Housekeeping(repositories, limits, reading, PACKS, LONGEST_ORDER);
        AfterPush after = new AfterPush(
                submissions,
                new Inspector(home.resolve("tmp"), Map.of()),
                queue,
                new VerdictStore(database),
                links,
                limits,
                clock,
                beside,
                unnoted::later,
                () -> stopping || Shutdown.underway());
        this.ground = new Receiving.Ground(courses, repositories, gate, unnoted, after, limits, clock);
    }

    /** To stand before {@link #servlet}. */
    public Filter filter() {
        return filter;
    }

    /** To be reached through {@link #filter} alone. */
    public HttpServlet servlet() {
        GitServlet servlet = new GitServlet();
        servlet.setAsIsFileService(AsIsFileService.DISABLED); // of clients that know no smart protocol
        servlet.setRepositoryResolver((request, name) -> repository(request));
        servlet.setReceivePackFactory((request, repository) -> receiving(request, repository));
        servlet.setUploadPackFactory((request, repository) -> new Uploading(
                repository, repositories.reader(repository.getDirectory().toPath()), limits.patience()));
        return servlet;
    }

    private Repository repository(HttpServletRequest request) throws RepositoryNotFoundException {
        Visit visit = visit(request);
        boolean pushes = GitSmartHttpTools.isReceivePack(request)
                || GitSmartHttpTools.RECEIVE_PACK.equals(request.getParameter("service"));
        if (!pushes && !repositories.isThere(visit)) {
            throw new RepositoryNotFoundException("nobody has pushed to " + visit.path() + " yet");
        }
        return repositories.open(visit);
    }

    private static Visit visit(HttpServletRequest request) throws RepositoryNotFoundException {
        if (request.getAttribute(DoorFilter.VISIT) instanceof Visit visit) {
            return visit;
        }
        throw new RepositoryNotFoundException("nobody has let this request in");
    }

    private ReceivePack receiving(HttpServletRequest request, Repository repository) throws ServiceNotEnabledException {
        try {
            Visit visit = visit(request);
            if (repository instanceof PushedRepository pushed) {
                Path directory = repositories.directory(visit);
                Turn turn = new Turn(
                        new Turn.Places(repositories.sender(directory), sending, repositories.turn(directory), reading),
                        limits.patience());
                return new Receiving(pushed, visit, turn, ground);
            }
        } catch (RepositoryNotFoundException unseen) {
            throw new ServiceNotEnabledException("nobody has let this request in", unseen);
        }
        throw new ServiceNotEnabledException("no repository of ours");
    }

    /**
     * Does something with the repository that was pushed here, while nobody changes it.
     *
     * @param with gets where it lies
     * @return empty where nothing was pushed
     * @throws SystemBroke where others hold it for too long
     */
    public <T> Optional<T> pushed(CourseId course, LabId lab, Owner owner, Function<Path, T> with) {
        Path directory = repositories.directory(course, lab, owner);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Semaphore turn = repositories.turn(directory);
        try {
            if (!turn.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SystemBroke(
                        Breakdown.TIMED_OUT,
                        "A push to this repository is being read for more than "
                                + limits.patience().toSeconds() + " s.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "The server is being stopped.", stopped);
        }
        try {
            return Optional.of(with.apply(directory));
        } finally {
            turn.release();
        }
    }

    /** Notes what had come when an earlier process was killed before it could note it. Called before anybody may push. */
    public void recover() {
        unnoted.ofEarlierProcess();
        housekeeping.start(EVERY);
    }

    /** Ends the answers that are being given; gradings go on. */
    public void stop() {
        stopping = true;
        beside.shutdown();
    }

    /** When nobody pushes any more. */
    @Override
    public void close() {
        stop();
        housekeeping.close();
        unnoted.close();
        try {
            own.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

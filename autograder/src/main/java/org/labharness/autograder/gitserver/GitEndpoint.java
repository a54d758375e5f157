package org.labharness.autograder.gitserver;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.resolver.ServiceNotEnabledException;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Inspector;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git over HTTP at {@code /git/COURSE/STUDENT-OR-TEAM/LAB.git}: a servlet, and the filter that stands before it. Nothing that is pushed
 * is ever run or read as settings by Git here: no hooks, no configuration, no attributes.
 */
public final class GitEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitEndpoint.class);

    private final PushedRepositories repositories;
    private final PushLimits limits;
    private final PushGate gate;
    private final DoorFilter filter;
    private final Submissions submissions;
    private final AfterPush after;
    private final Semaphore machine;
    private final ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServedCourse> courses;
    private volatile boolean stopping;

    /**
     * @param home the state folder
     * @param archive keeps what is handed in
     * @param version of the program
     */
    public GitEndpoint(
            List<ServedCourse> courses,
            Database database,
            Path home,
            Archive archive,
            Gradings queue,
            Links links,
            PushLimits limits,
            String version,
            InstantSource clock) {
        this.courses = List.copyOf(courses);
        this.limits = limits;
        this.repositories = new PushedRepositories(home, limits);
        this.gate = new PushGate(database, repositories, limits);
        this.filter = new DoorFilter(new TokenStore(database), new Doors(courses, database), gate, clock);
        this.submissions = new Submissions(database, archive, queue, links, version, clock);
        this.machine = new Semaphore(limits.atOnce(), true);
        this.after = new AfterPush(
                submissions,
                new Inspector(home.resolve("tmp"), Map.of()),
                queue,
                new VerdictStore(database),
                links,
                limits,
                clock,
                beside,
                () -> stopping);
    }

    /** To stand before {@link #servlet}. */
    public Filter filter() {
        return filter;
    }

    /** To be reached through {@link #filter} alone. */
    public HttpServlet servlet() {
        GitServlet servlet = new GitServlet();
        servlet.setRepositoryResolver((request, name) -> repository(request));
        servlet.setReceivePackFactory((request, repository) -> receiving(request, repository));
        servlet.setUploadPackFactory((request, repository) -> uploading(repository));
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
                Turn turn = new Turn(repositories.turn(visit), machine, limits.patience());
                return new Receiving(pushed, visit, gate, turn, limits, after);
            }
        } catch (RepositoryNotFoundException unseen) {
            throw new ServiceNotEnabledException("nobody has let this request in", unseen);
        }
        throw new ServiceNotEnabledException("no repository of ours");
    }

    private static UploadPack uploading(Repository repository) {
        UploadPack uploading = new UploadPack(repository);
        uploading.setTimeout(120);
        return uploading;
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
        for (Path directory : repositories.all()) {
            Arrival.read(directory).ifPresent(arrival -> recover(arrival, directory));
        }
    }

    private void recover(Arrival arrival, Path directory) {
        if (courses.stream().noneMatch(one -> one.course().id().equals(arrival.course()))) {
            return;
        }
        try (Repository repository = PushedRepository.of(directory, limits)) {
            long number = submissions.take(arrival, repository).submission();
            LOG.info("noted what had come before the last end: submission {} of {}", number, arrival.owner());
        } catch (SubmissionRefused refused) {
            LOG.info("what had come before the last end cannot be graded: {}", refused.getMessage());
        } catch (SystemBroke | java.io.IOException problem) {
            LOG.error("what had come before the last end is still not noted: {}", problem.getMessage());
        }
    }

    /** Ends the answers that are being given; gradings go on. */
    @Override
    public void close() {
        stopping = true;
        beside.shutdown();
    }
}

package org.labharness.autograder.gitserver;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gitserver.Submissions.Taken;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.store.VerdictStore;
import org.labharness.lab.course.CourseClock;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Inspection;
import org.labharness.pipeline.Inspector;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What comes after a push was taken: it becomes a submission, and whoever pushed is told what becomes of it. */
final class AfterPush {
    private static final Logger LOG = LoggerFactory.getLogger(AfterPush.class);
    private static final long PREFLIGHT_SECONDS = 20;

    private final Submissions submissions;
    private final Inspector inspector;
    private final Gradings queue;
    private final VerdictStore verdicts;
    private final Links links;
    private final PushLimits limits;
    private final InstantSource clock;
    private final Executor beside;
    private final Consumer<Path> unnoted;
    private final BooleanSupplier stopping;

    /** @param unnoted where what could not be noted now is noted later */
    AfterPush(
            Submissions submissions,
            Inspector inspector,
            Gradings queue,
            VerdictStore verdicts,
            Links links,
            PushLimits limits,
            InstantSource clock,
            Executor beside,
            Consumer<Path> unnoted,
            BooleanSupplier stopping) {
        this.submissions = submissions;
        this.inspector = inspector;
        this.queue = queue;
        this.verdicts = verdicts;
        this.links = links;
        this.limits = limits;
        this.clock = clock;
        this.beside = beside;
        this.unnoted = unnoted;
        this.stopping = stopping;
    }

    /** Returns when there is nothing more to tell. Whatever fails in here, the push itself was taken. */
    void taken(Visit visit, Receiving receiving, LiveAnswer answer, Turn turn, Collection<ReceiveCommand> commands) {
        if (commands.isEmpty()) {
            return;
        }
        Path directory = receiving.getRepository().getDirectory().toPath();
        Arrival arrival = Arrival.of(visit);
        answer.line("received " + commands.size() + (commands.size() == 1 ? " ref" : " refs") + " for " + visit.path()
                + " at " + new CourseClock(visit.served().course().zone()).moment(visit.arrived()));
        CompletableFuture<Inspection> reading = reading(arrival, directory, visit);
        try {
            Taken taken = submissions.take(arrival, receiving.getRepository());
            turn.end();
            MDC.put("submission", String.valueOf(taken.submission()));
            LOG.info("pushed: {} at {}", visit.path(), taken.fact().commit());
            answer.line("submission " + taken.submission() + ": " + taken.fact().ref() + " at "
                    + taken.fact().commit().substring(0, 10));
            tell(reading, answer);
            follow(taken, answer);
        } catch (SubmissionRefused refused) {
            answer.line("Not graded (" + refused.code().code() + "): " + refused.getMessage());
            if (refused.code() == Refusal.REF_NOT_FOUND) {
                answer.line(
                        "-> What is graded is main, else master, else the only branch. Push the one that you mean under"
                                + " one of these names, such as git push lab HEAD:main.");
            }
            answer.line("What you pushed is kept; nothing was counted.");
        } catch (SystemBroke broke) {
            broke(visit, directory, broke.code(), broke, answer);
        } catch (RuntimeException bug) {
            // Whatever it is, the push was taken, and its author must not be told otherwise.
            broke(visit, directory, Breakdown.INTERNAL, bug, answer);
        } finally {
            MDC.remove("submission");
        }
    }

    /** Reading alone, beside everything else; it is no matter where there is no time for it. */
    private CompletableFuture<Inspection> reading(Arrival arrival, Path directory, Visit visit) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> inspector.inspect(submissions.source(arrival, directory), visit.lab()), beside);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    private void broke(Visit visit, Path directory, Breakdown code, RuntimeException problem, LiveAnswer answer) {
        if (stopping.getAsBoolean()) {
            LOG.info(
                    "a push to {} was taken while the server was being stopped: {}",
                    visit.path(),
                    problem.getMessage());
            answer.line("The server is being stopped. Your push is kept as received now, and is graded when it is back."
                    + " You need not push again.");
        } else if (Arrival.isThere(directory)) {
            LOG.error("a push to {} was taken and not noted yet", visit.path(), problem);
            unnoted.accept(directory);
            answer.line(
                    "The system broke (" + code.code() + ") after your push was taken. It is kept as received now, and"
                            + " is tried again until it is graded. You need not push again.");
        } else {
            LOG.error("the answer of a push to {} broke off", visit.path(), problem);
            answer.line(
                    "The system broke (" + code.code() + ") while it told you what becomes of your push. It is kept,"
                            + " and is graded. You need not push again.");
        }
    }

    /** Reading is quick; where it is not, or where it fails, the run will tell. */
    private static void tell(CompletableFuture<Inspection> reading, LiveAnswer answer) {
        try {
            answer.lines(PushWords.inspection(reading.get(PREFLIGHT_SECONDS, TimeUnit.SECONDS)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            answer.line("It was not read before its run: " + reason(failed.getCause()));
        } catch (TimeoutException slow) {
            answer.line("Reading it takes longer than " + PREFLIGHT_SECONDS + " s; the report says what was found.");
        }
    }

    private static String reason(@Nullable Throwable problem) {
        return problem instanceof SubmissionRefused refused
                ? String.valueOf(refused.getMessage())
                : "it could not be read to its end.";
    }

    private void follow(Taken taken, LiveAnswer answer) {
        Optional<String> over = new Follow(queue, taken.grading(), answer, clock, stopping)
                .until(clock.instant().plus(limits.answer()));
        String link = links.report(taken.submission());
        if (over.isPresent()) {
            verdicts.shown(taken.submission())
                    .ifPresentOrElse(
                            judged -> PushWords.judged(judged).forEach(answer::line), () -> answer.line(over.get()));
            answer.lines(List.of("report: " + link));
        } else {
            answer.line(
                    stopping.getAsBoolean()
                            ? "The server is being stopped. Your push is kept, and is graded when it is back."
                            : "It goes on without this answer; you may close the terminal.");
            answer.lines(List.of(
                    "report: " + link, "or: ./lab status --server " + links.server() + " " + taken.submission()));
        }
    }
}

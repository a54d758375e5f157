package org.labharness.autograder.api;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.enrolment.RepositoryText;
import org.labharness.autograder.gitserver.Window;
import org.labharness.autograder.intake.Errand;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.Freezer.Kept;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.PushStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.course.CourseClock;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is handed in: judged by the same rules as a push, frozen, noted, and asked to be graded. */
final class HandIn {
    private static final Logger LOG = LoggerFactory.getLogger(HandIn.class);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ApiGround ground;
    private final Freezer freezer;
    private final Semaphore machine;
    /** One owner's work for one lab is taken one after the other; others seldom share their lock. */
    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    HandIn(ApiGround ground) {
        this.ground = ground;
        this.freezer = new Freezer(ground.archive(), ground.variables(), ground.clock());
        this.machine = new Semaphore(ground.push().atOnce(), true);
    }

    /**
     * @throws Problem where it is not taken
     * @throws SubmissionRefused where there is nothing that could be graded
     */
    SubmissionView take(Visitor visitor, Target target, SubmissionRequest asked) {
        if (asked.repository() != null && !visitor.staff()) {
            throw new Problem(
                    Reason.NOT_ALLOWED,
                    "'repository' is for staff: what is graded is the repository of the roster, or what was pushed here.");
        }
        ReentrantLock turn =
                turns.get(Math.floorMod((target.owner() + " " + target.offered().id()).hashCode(), turns.size()));
        boolean mine = false;
        boolean place = false;
        try {
            mine = turn.tryLock(ground.push().patience().toMillis(), TimeUnit.MILLISECONDS);
            place = mine && machine.tryAcquire(ground.push().patience().toMillis(), TimeUnit.MILLISECONDS);
            if (!place) {
                throw new Problem(
                        Reason.BUSY,
                        "Others have been handing in for more than "
                                + ground.push().patience().toSeconds() + " s.",
                        Map.of("Retry-After", "10"));
            }
            return noted(visitor, target, asked);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Problem(Reason.BUSY, "The server is being stopped.", Map.of("Retry-After", "30"));
        } finally {
            if (place) {
                machine.release();
            }
            if (mine) {
                turn.unlock();
            }
        }
    }

    /** What was refused counts for how often somebody hands in, as a push that was refused does. */
    private SubmissionView noted(Visitor visitor, Target target, SubmissionRequest asked) {
        if (!visitor.staff()) {
            quota(visitor, target);
        }
        try {
            if (!visitor.staff()) {
                window(visitor, target);
            }
            return taken(visitor, target, asked);
        } catch (Problem refused) {
            note(visitor, target, refused.code(), null);
            throw refused;
        } catch (SubmissionRefused refused) {
            note(visitor, target, refused.code().code(), null);
            throw refused;
        }
    }

    private void quota(Visitor visitor, Target target) {
        int most = ground.push().perHour();
        List<Instant> before = pushes(visitor)
                .since(target.offered().id(), target.owner(), visitor.arrived().minus(HOUR));
        if (before.size() >= most) {
            Instant next = before.get(before.size() - most).plus(HOUR);
            throw new Problem(
                    Reason.TOO_OFTEN,
                    target.owner().id() + " has pushed or handed in " + before.size() + " times for "
                            + target.offered().id() + " within an hour, the limit is " + most
                            + ". The next is taken at "
                            + new CourseClock(visitor.served().course().zone()).moment(next.plusSeconds(59)) + ".",
                    Map.of(
                            "Retry-After",
                            String.valueOf(Math.max(
                                    1, Duration.between(visitor.arrived(), next).toSeconds() + 1))));
        }
    }

    private void window(Visitor visitor, Target target) {
        Window.shut(
                        ground.database(),
                        visitor.served().course(),
                        target.offered(),
                        target.owner(),
                        target.people(),
                        visitor.arrived())
                .ifPresent(shut -> {
                    throw new Problem(Reason.of(shut.code()).orElse(Reason.CLOSED), shut.sentence());
                });
    }

    private SubmissionView taken(Visitor visitor, Target target, SubmissionRequest asked) {
        CourseId course = visitor.token().course();
        Kept kept = frozen(course, target, asked).received(visitor.arrived());
        long number = new Filing(ground.database(), ground.archive(), course, ground.version(), ground.clock())
                .submitted(kept);
        // What staff hand in, perhaps an older commit, is no newer work of the student.
        long grading = (visitor.staff()
                        ? ground.queue().askBeside(course, number, kept.fact(), visitor.who(), "", false)
                        : ground.queue().ask(course, number, kept.fact(), Way.API, visitor.who(), "", false))
                .grading();
        note(visitor, target, PushFact.ACCEPTED, number);
        LOG.info(
                "handed in: submission {}, {} of {} at {}",
                number,
                target.offered().id(),
                target.owner(),
                kept.fact().commit());
        return view(course, number, grading);
    }

    private Kept frozen(CourseId course, Target target, SubmissionRequest asked) {
        if (asked.repository() != null) {
            return frozen(target, asked.repository(), asked);
        }
        return switch (Errand.of(target.offered(), target.owner(), target.people())
                .place()) {
            case Errand.Place.At(var repository) -> frozen(target, repository, asked);
            case Errand.Place.Nowhere nowhere -> pushed(course, target, asked);
            case Errand.Place.Unclear(var ambiguous, var sentence) ->
                throw new Problem(Reason.NO_REPOSITORY, target.owner().id() + ": " + sentence);
        };
    }

    private Kept frozen(Target target, String repository, SubmissionRequest asked) {
        return freezer.keep(target.offered().id(), target.owner(), new Source(repository, asked.what()));
    }

    /** What was pushed to this server. */
    private Kept pushed(CourseId course, Target target, SubmissionRequest asked) {
        return ground.pushed()
                .pushed(
                        course,
                        target.offered().id(),
                        target.owner(),
                        directory -> freezer.keep(
                                target.offered().id(), target.owner(), source(course, target, directory, asked)))
                .orElseThrow(() -> new Problem(
                        Reason.NO_REPOSITORY,
                        "The roster knows no repository of " + target.owner().id() + " for "
                                + target.offered().id() + ", and nothing was pushed to "
                                + address(course, target) + "."));
    }

    private Source source(CourseId course, Target target, Path directory, SubmissionRequest asked) {
        return new Source(directory.toString(), asked.what(), address(course, target));
    }

    private String address(CourseId course, Target target) {
        return ground.links()
                .repository(course, target.owner(), target.offered().id());
    }

    /** What was taken, as it is answered at once and later. */
    SubmissionView view(CourseId course, long number, long grading) {
        SubmissionFact fact =
                new SubmissionStore(ground.database()).fact(course, number).orElseThrow();
        String self = "/api/v1/gradings/" + grading;
        return new SubmissionView(
                number,
                grading,
                course.value(),
                fact.lab().value(),
                fact.owner().toString(),
                RepositoryText.shown(fact.repository()),
                fact.ref(),
                fact.commit(),
                fact.received() == null ? null : fact.received().toString(),
                new SubmissionView.Links(
                        self,
                        self + "/events",
                        self + "/verdict",
                        ground.links().report(number)));
    }

    private void note(Visitor visitor, Target target, String code, @Nullable Long submission) {
        pushes(visitor)
                .note(new PushFact(
                        target.offered().id(),
                        target.owner(),
                        visitor.token().student(),
                        visitor.token().id(),
                        visitor.arrived(),
                        code,
                        submission));
    }

    private PushStore pushes(Visitor visitor) {
        return new PushStore(ground.database(), visitor.token().course());
    }
}

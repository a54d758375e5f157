package org.labharness.autograder.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.forge.ForgeTroubles;
import org.labharness.autograder.gradebook.Undated;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.staffpage.Board;
import org.labharness.autograder.staffpage.Queued;
import org.labharness.autograder.staffpage.StaffPage;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.LedgerStore;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.StaffStore;
import org.labharness.autograder.store.StaffStore.Untimed;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;

/** What staff see of their course, and have run again. */
final class StaffDesk {
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final LiveCourses courses;
    private final QueueStore queue;
    private final StaffStore staff;
    private final RosterStore rosters;
    private final SubmissionStore submissions;
    private final LedgerStore ledger;
    private final ForgeTroubles forges;
    private final Worker worker;
    private final ReportLinks links;
    private final FormSeal seal;
    private final InstantSource clock;

    StaffDesk(
            LiveCourses courses,
            Database database,
            Worker worker,
            ReportLinks links,
            FormSeal seal,
            InstantSource clock) {
        this.courses = courses;
        this.queue = new QueueStore(database);
        this.staff = new StaffStore(database);
        this.rosters = new RosterStore(database);
        this.submissions = new SubmissionStore(database);
        this.ledger = new LedgerStore(database);
        this.forges = new ForgeTroubles(database);
        this.worker = worker;
        this.links = links;
        this.seal = seal;
        this.clock = clock;
    }

    /** @param still whether it is not to load itself anew */
    String page(Course course, AccessToken token, boolean still) {
        Instant now = clock.instant();
        Roster roster = rosters.read(course.id());
        Board board = new Board(
                course,
                now,
                still,
                courses.refused().stream()
                        .filter(edit -> edit.course().equals(course.id()))
                        .findFirst(),
                roster,
                Queued.of(course.id(), queue.unfinished(), staff.stepsBegan(course.id())),
                worker.stopped(),
                staff.failures(course.id(), now.minus(REMEMBERED)),
                staff.held(course.id()),
                untimed(course, roster),
                unread(course),
                forges.of(course, now),
                staff.graded(course.id(), now.minus(REMEMBERED)));
        return StaffPage.of(board, links::staffReport, submission -> seal.of(token.id(), action(course, submission)));
    }

    /** Newest first. */
    private List<Untimed> untimed(Course course, Roster roster) {
        Map<LabId, Instant> deadlines = new HashMap<>();
        for (CourseLab lab : course.labs()) {
            Instant due = lab.schedule().due();
            if (due != null) {
                deadlines.put(lab.id(), due);
            }
        }
        Undated undated = new Undated(course, roster, ledger.overrides(course.id()));
        return staff.untimed(course.id(), deadlines).stream()
                .filter(one -> undated.waits(one.work().lab(), one.work().owner(), one.received()))
                .limit(StaffStore.MOST)
                .toList();
    }

    /** Newest first; pushes that could not be taken are among what came to nothing between forges and here. */
    private List<NotTaken> unread(Course course) {
        return ledger.notTaken(course.id()).stream()
                .filter(one -> one.commit() == null && one.excuses() && one.stands(null))
                .sorted(Comparator.comparing(NotTaken::at).reversed())
                .limit(StaffStore.MOST)
                .toList();
    }

    /** What came of asking that something be run again. */
    enum Answer {
        /** It waits now, or did already. */
        ASKED,
        NOT_OF_OUR_PAGE,
        NOT_THERE,
        /** Nothing is kept that could be run. */
        NOT_KEPT
    }

    Answer again(Course course, AccessToken token, @Nullable String number, @Nullable String shown) {
        if (number == null
                || !NUMBER.matcher(number).matches()
                || !seal.good(shown, token.id(), action(course, Long.parseLong(number)))) {
            return Answer.NOT_OF_OUR_PAGE;
        }
        long submission = Long.parseLong(number);
        Optional<SubmissionFact> fact = submissions.fact(course.id(), submission);
        if (fact.isEmpty()) {
            return Answer.NOT_THERE;
        }
        if (fact.get().bundle() == null) {
            return Answer.NOT_KEPT;
        }
        String by = token.remark().isBlank() ? "token " + token.id() : token.remark();
        worker.gradings().askBeside(course.id(), submission, fact.get(), by, "run again by staff", true);
        return Answer.ASKED;
    }

    private static String action(Course course, long submission) {
        return "again " + course.id() + " " + submission;
    }
}

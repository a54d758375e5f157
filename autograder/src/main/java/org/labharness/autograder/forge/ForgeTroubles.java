package org.labharness.autograder.forge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.store.WebhookStore.Status;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;

/** What came to nothing between forges and here: pushes that are no submission, and statuses that no forge has. For staff. */
public final class ForgeTroubles {
    /** How many of a kind are told, the newest. */
    public static final int MOST = 20;

    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final int LONGEST = 1_000;
    private static final int COMMIT = 10;

    private final WebhookStore receipts;
    private final ForgeReportStore reports;

    public ForgeTroubles(Database database) {
        this.receipts = new WebhookStore(database);
        this.reports = new ForgeReportStore(database);
    }

    /** @param words what came to nothing, and why: plain text in one line */
    public record Trouble(Owner owner, LabId lab, String words) {}

    /**
     * Those of one kind, at least one.
     *
     * @param title what they are
     */
    public record Kind(String title, List<Trouble> troubles) {
        public Kind {
            troubles = List.copyOf(troubles);
        }
    }

    /** Those of the last seven days, of the kinds of which there are any, newest first. */
    public List<Kind> of(Course course, Instant now) {
        Instant since = now.minus(REMEMBERED);
        CourseClock clock = new CourseClock(course.zone());
        Kind pushes = new Kind(
                "Pushes of the last 7 days that forges told of and that are no submission",
                receipts.troubled(course.id(), since, MOST).stream()
                        .map(one -> trouble(one, clock))
                        .toList());
        Kind statuses = new Kind(
                "Statuses of the last 7 days that forges do not have",
                reports.untold(course.id(), since, MOST).stream()
                        .map(ForgeTroubles::trouble)
                        .toList());
        return List.of(pushes, statuses).stream()
                .filter(kind -> !kind.troubles().isEmpty())
                .toList();
    }

    private static Trouble trouble(Receipt receipt, CourseClock clock) {
        int tries = receipt.tries() + receipt.leftBehind();
        return new Trouble(
                receipt.pushed().owner(),
                receipt.pushed().lab(),
                PlainText.line(receipt.pushed().ref(), 100) + " at "
                        + commit(receipt.pushed().commit())
                        + ", received " + clock.moment(receipt.received()) + ": "
                        + (receipt.status() == Status.WAITING
                                ? "tried " + (tries == 1 ? "once" : tries + " times") + ", again "
                                        + clock.moment(receipt.due()) + ". "
                                : receipt.status()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' ') + ". ")
                        + PlainText.line(receipt.message(), LONGEST));
    }

    private static Trouble trouble(Outgoing outgoing) {
        return new Trouble(
                outgoing.report().owner(),
                outgoing.report().lab(),
                outgoing.report().status().name().toLowerCase(Locale.ROOT) + " at "
                        + commit(outgoing.report().commit()) + ": " + PlainText.line(outgoing.why(), LONGEST)
                        + (outgoing.progress() == Progress.DROPPED
                                ? ". It is not told any more."
                                : ". It is tried again."));
    }

    private static String commit(String commit) {
        return commit.substring(0, Math.min(COMMIT, commit.length()));
    }
}

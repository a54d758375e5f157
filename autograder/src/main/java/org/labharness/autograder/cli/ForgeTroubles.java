package org.labharness.autograder.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Receipt;
import org.labharness.autograder.store.WebhookStore.Status;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;

/** What came to nothing between forges and here: pushes that are no submission, and statuses that no forge has. */
final class ForgeTroubles {
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final int MOST = 20;
    private static final int LONGEST = 1_000;
    private static final int COMMIT = 10;

    private final Course course;
    private final @Nullable String lab;
    private final Database database;
    private final Consumer<String> out;

    /** @param lab those of one lab alone; null: of all */
    ForgeTroubles(Course course, @Nullable String lab, Database database, Consumer<String> out) {
        this.course = course;
        this.lab = lab;
        this.database = database;
        this.out = out;
    }

    void show(Instant now) {
        Instant since = now.minus(REMEMBERED);
        CourseClock clock = new CourseClock(course.zone());
        section(
                "Pushes of the last 7 days that forges told of and that are no submission:",
                new WebhookStore(database)
                        .troubled(course.id(), since, MOST).stream()
                                .filter(one -> isShown(one.pushed().lab().value()))
                                .map(one -> line(one, clock))
                                .toList());
        section(
                "Statuses of the last 7 days that forges do not have:",
                new ForgeReportStore(database)
                        .untold(course.id(), since, MOST).stream()
                                .filter(one -> isShown(one.report().lab().value()))
                                .map(ForgeTroubles::line)
                                .toList());
    }

    private boolean isShown(String one) {
        return lab == null || lab.equals(one);
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.accept(title);
            lines.forEach(line -> out.accept("  " + line));
        }
    }

    private static String line(Receipt receipt, CourseClock clock) {
        return receipt.pushed().owner().id() + "  " + receipt.pushed().lab() + "  "
                + PlainText.line(receipt.pushed().ref(), 100) + " at "
                + commit(receipt.pushed().commit())
                + ", received " + clock.moment(receipt.received()) + ": "
                + (receipt.status() == Status.WAITING
                        ? "tried " + (receipt.tries() == 1 ? "once" : receipt.tries() + " times") + ", again "
                                + clock.moment(receipt.due()) + ". "
                        : receipt.status().name().toLowerCase(Locale.ROOT) + ". ")
                + PlainText.line(receipt.message(), LONGEST);
    }

    private static String line(Outgoing outgoing) {
        return outgoing.report().owner().id() + "  " + outgoing.report().lab() + "  "
                + outgoing.report().status().name().toLowerCase(Locale.ROOT) + " at "
                + commit(outgoing.report().commit()) + ": " + PlainText.line(outgoing.why(), LONGEST)
                + (outgoing.progress() == Progress.DROPPED ? ". It is not told any more." : ". It is tried again.");
    }

    private static String commit(String commit) {
        return commit.substring(0, Math.min(COMMIT, commit.length()));
    }
}

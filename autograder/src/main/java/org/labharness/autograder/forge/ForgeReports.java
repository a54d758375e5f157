package org.labharness.autograder.forge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.forge.ForgeHosts.Host;
import org.labharness.autograder.forge.StatusApi.Result;
import org.labharness.autograder.store.ClaimStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.ForgeReportStore;
import org.labharness.autograder.store.ForgeReportStore.About;
import org.labharness.autograder.store.ForgeReportStore.Outgoing;
import org.labharness.autograder.store.ForgeReportStore.Progress;
import org.labharness.autograder.store.ForgeReportStore.Report;
import org.labharness.autograder.store.PushedGradings;
import org.labharness.autograder.store.PushedGradings.Pushed;
import org.labharness.autograder.store.WebhookStore;
import org.labharness.autograder.store.WebhookStore.Receipt;

/**
 * Tells forges what became of commits. A report is kept in the database until the forge has it; where nobody knows whether it has, the
 * forge is asked before it is told again. Safe for use by several threads and processes.
 */
public final class ForgeReports implements AutoCloseable {
    private static final Duration CLAIMED = Duration.ofSeconds(90);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);
    private static final int TRIES = 40;
    private static final int AT_ONCE = 100;
    /** What is older is news to nobody. */
    private static final Duration NEWS = Duration.ofDays(7);

    private final ForgeReportStore store;
    private final String holder;
    private final PushedGradings gradings;
    private final WebhookStore receipts;
    private final ForgeHosts hosts;
    private final ReportLinks links;
    private final InstantSource clock;
    private final StatusApi api = new StatusApi();
    /** Until when hosts are left alone, whatever is due. */
    private final Map<String, Instant> quiet = new ConcurrentHashMap<>();

    private volatile @Nullable DueWork threads;

    /** @param holder what whoever tells them is called */
    public ForgeReports(Database database, String holder, ForgeHosts hosts, ReportLinks links, InstantSource clock) {
        this.holder = holder;
        this.store = new ForgeReportStore(database);
        this.gradings = new PushedGradings(database);
        this.receipts = new WebhookStore(database);
        this.hosts = hosts;
        this.links = links;
        this.clock = clock;
    }

    /** Begins to tell what is due. */
    public ForgeReports start() {
        threads = new DueWork("forge-reports", 1, this::next);
        return this;
    }

    /** Says that a grading has begun or ended. */
    public void wake() {
        DueWork known = threads;
        if (known != null) {
            known.wake();
        }
    }

    /**
     * Makes reports of what has become of pushes since it was looked last, by whichever process.
     *
     * @return how many are new
     */
    int collect() {
        if (hosts.isEmpty()) {
            return 0;
        }
        Instant since = clock.instant().minus(NEWS);
        int added = 0;
        for (Pushed pushed : gradings.begun(since)) {
            added += report(pushed) ? 1 : 0;
        }
        for (Pushed pushed : gradings.over(since)) {
            added += report(pushed) ? 1 : 0;
        }
        for (Receipt receipt : receipts.unreported(since, AT_ONCE)) {
            added += report(receipt) ? 1 : 0;
        }
        return added;
    }

    private boolean report(Receipt receipt) {
        StatusWords.Told told = StatusWords.of(receipt);
        return report(new Report(
                receipt.course(),
                receipt.pushed().lab(),
                receipt.pushed().owner(),
                new About.OfReceipt(receipt.number()),
                told.status(),
                receipt.pushed().repository(),
                receipt.pushed().commit(),
                told.message(),
                ""));
    }

    private boolean report(Pushed pushed) {
        StatusWords.Told told = StatusWords.of(pushed);
        return report(new Report(
                pushed.course(),
                pushed.lab(),
                pushed.owner(),
                new About.OfGrading(pushed.grading()),
                told.status(),
                pushed.repository(),
                pushed.commit(),
                told.message(),
                links.link(pushed.course(), pushed.submission()).orElse("")));
    }

    /** Whether it is new; where the repository lies on no host that staff named, it is noted as not told. */
    boolean report(Report report) {
        boolean known = WebPlace.spelled(report.repository()).flatMap(hosts::of).isPresent();
        return store.add(report, known ? "" : "its host is not in LAB_FORGES", clock.instant());
    }

    /**
     * Tells what is due longest, or makes reports of what is new.
     *
     * @return whether there was something
     */
    public boolean next() {
        Instant now = clock.instant();
        Optional<Outgoing> claimed = store.claim(holder, now, now.plus(CLAIMED));
        claimed.ifPresent(this::tell);
        return claimed.isPresent() || collect() > 0;
    }

    private void tell(Outgoing outgoing) {
        if (outgoing.leftBehind() >= ClaimStore.MOST_LEFT_BEHIND) {
            store.ended(
                    outgoing,
                    Progress.DROPPED,
                    ClaimStore.MOST_LEFT_BEHIND + " times in a row the process that told it ended before it was done");
            return;
        }
        Optional<WebPlace> place = WebPlace.spelled(outgoing.report().repository());
        Optional<Host> host = place.flatMap(hosts::of);
        if (host.isEmpty()) {
            store.ended(outgoing, Progress.DROPPED, "its host is not in LAB_FORGES any more");
            return;
        }
        Instant until = quiet.getOrDefault(host.get().name(), Instant.MIN);
        if (clock.instant().isBefore(until)) {
            store.untouched(outgoing, until);
            return;
        }
        try {
            tell(outgoing, host.get(), place.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it stays claimed, and is looked for before it is told again
        }
    }

    private void tell(Outgoing outgoing, Host host, WebPlace place) throws InterruptedException {
        Report report = outgoing.report();
        if (outgoing.progress() == Progress.ASKED) {
            Optional<Boolean> there = api.has(host, place, report);
            if (there.isEmpty()) {
                leave(host, FIRST);
                later(outgoing, true, Duration.ZERO, host + " does not say whether it was told");
                return;
            }
            if (there.get()) {
                store.ended(outgoing, Progress.TOLD, "");
                return;
            }
        }
        if (outgoing.superseded()) {
            store.ended(outgoing, Progress.DROPPED, ForgeReportStore.LATER_ONE);
            return;
        }
        switch (api.tell(host, place, report, clock.instant())) {
            case Result.Done done -> store.ended(outgoing, Progress.TOLD, "");
            case Result.Refused(var why) -> store.ended(outgoing, Progress.DROPPED, why);
            case Result.Busy(var after, var why) -> {
                leave(host, after.compareTo(FIRST) > 0 ? after : FIRST);
                later(outgoing, false, after, why);
            }
            case Result.Unknown(var why) -> {
                leave(host, FIRST);
                later(outgoing, true, Duration.ZERO, why);
            }
        }
    }

    /** Whoever is busy is asked nothing else either, and whoever does not answer keeps other hosts waiting no longer than once. */
    private void leave(Host host, Duration time) {
        quiet.put(host.name(), clock.instant().plus(time.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : time));
    }

    private void later(Outgoing outgoing, boolean unknown, Duration asked, String why) {
        if (outgoing.tries() >= TRIES) {
            store.ended(outgoing, Progress.DROPPED, "it was tried " + TRIES + " times. Last: " + why);
            return;
        }
        Duration own = FIRST.multipliedBy(1L << Math.min(outgoing.tries(), 10));
        Duration pause = own.compareTo(LONGEST) > 0 ? LONGEST : own;
        Duration wait = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        store.later(outgoing, unknown, clock.instant().plus(wait.compareTo(pause) > 0 ? wait : pause), why);
    }

    @Override
    public void close() {
        DueWork known = threads;
        if (known != null) {
            known.close();
        }
        api.close();
    }
}

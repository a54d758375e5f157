package org.labharness.autograder.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.grading.GradeRequest;
import org.labharness.autograder.report.Outcome;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;

/**
 * The machinery of gradings for a program that outlives a failure of the container engine: what was made with an engine that failed is
 * let go when its last grading has ended, and the next grading begins with a new one.
 */
final class SharedHarness implements AutoCloseable {
    private final Supplier<Harness> start;
    /** Those that are not closed yet, for who asks without waiting. */
    private final Set<Harness> living = ConcurrentHashMap.newKeySet();

    private @Nullable Lease current;

    SharedHarness(Supplier<Harness> start) {
        this.start = start;
    }

    /** One harness, and how many gradings use it. */
    private static final class Lease {
        private final Harness harness;
        private int users;
        private boolean failed;

        Lease(Harness harness) {
            this.harness = harness;
        }
    }

    Outcome grade(GradeRequest request, Progress progress) {
        Lease lease = begin();
        boolean failed = false;
        try {
            Outcome outcome = lease.harness.grade(request, progress);
            failed = outcome instanceof Outcome.Broken broken && stopsAll(broken.reason());
            return outcome;
        } finally {
            end(lease, failed);
        }
    }

    private static boolean stopsAll(Breakdown reason) {
        return switch (reason) {
            case ENGINE_UNREACHABLE, ENGINE_FAILED, IMAGE_MISSING, SANDBOX_TOO_WEAK, TRACKING_SERVER -> true;
            case NETWORK, LOGIN, PACKAGE_INDEX, DISK_FULL, TIMED_OUT, INTERRUPTED, DATABASE, INTERNAL -> false;
        };
    }

    private synchronized Lease begin() {
        Lease lease = current;
        if (lease == null) {
            lease = new Lease(start.get());
            current = lease;
            living.add(lease.harness);
        }
        lease.users++;
        return lease;
    }

    private void end(Lease lease, boolean failed) {
        if (leaves(lease, failed)) {
            close(lease.harness);
        }
    }

    private synchronized boolean leaves(Lease lease, boolean failed) {
        lease.users--;
        lease.failed |= failed;
        if (lease.failed && current == lease) {
            current = null;
        }
        return lease.failed && lease.users == 0;
    }

    /** What they share is removed beside whatever the caller does next. */
    synchronized void noMore() {
        if (current != null) {
            current.harness.noMore();
        }
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            close(current.harness);
            current = null;
        }
    }

    private void close(Harness harness) {
        harness.close();
        living.remove(harness);
    }

    /** How many containers were started and are not removed yet; answered at once. */
    int containers() {
        return living.stream().mapToInt(Harness::containers).sum();
    }
}

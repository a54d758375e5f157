package org.labharness.autograder.queue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of the machine gradings may use at once. Memory is never promised twice. Processors are, to twice their number: half of the
 * time of a grading goes by with starting containers and waiting for them. One grading always fits, however large. Whoever came first is
 * served first, so that a large one is not kept out by many small ones.
 */
public final class Budget {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final double MEMORY_SHARE = 0.8;
    private static final double PROCESSORS_TWICE = 2;

    private final long memory;
    private final double cpus;
    /** Whoever is the next to be served. */
    private final Semaphore turn = new Semaphore(1, true);

    private long memoryUsed;
    private double cpusUsed;
    private int running;

    /**
     * @param memory in bytes
     * @param cpus processors' worth of time that may be promised
     */
    public Budget(long memory, double cpus) {
        this.memory = memory;
        this.cpus = cpus;
    }

    /** That of this machine. */
    public static Budget ofMachine() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Budget(
                (long) (system.getTotalMemorySize() * MEMORY_SHARE),
                system.getAvailableProcessors() * PROCESSORS_TWICE);
    }

    /** How many of the same need fit at once; at least 1. */
    public int fits(Need need) {
        double byMemory = memory / (double) Math.max(1, need.memory());
        return Math.max(1, (int) Math.min(byMemory, cpus / need.cpus()));
    }

    /** What is said of something that needs more than there is: it is run, by itself, and may not fare well. */
    public Optional<String> complaint(Need need) {
        List<String> more = new ArrayList<>();
        if (need.memory() > memory) {
            more.add(gibibytes(need.memory()) + " of memory with what runs beside it, of " + gibibytes(memory)
                    + " that this machine gives gradings");
        }
        if (need.cpus() * PROCESSORS_TWICE > cpus) {
            more.add(number(need.cpus()) + " processors of " + number(cpus / PROCESSORS_TWICE));
        }
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of("asks for " + String.join(" and ", more)
                        + ". Its gradings run one at a time, and may end at limits that are this machine's.");
    }

    private static String gibibytes(long bytes) {
        return number(bytes / (double) (1L << 30)) + " GiB";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** What is done within the budget. */
    interface Spending<T> {
        T spend() throws InterruptedException;
    }

    /** Waits until it fits, and has it while something is done. */
    <T> T within(Need need, Spending<T> spending) throws InterruptedException {
        turn.acquire();
        try {
            take(need, () -> {});
        } finally {
            turn.release();
        }
        try {
            return spending.spend();
        } finally {
            giveBack(need);
        }
    }

    /**
     * Gives back what a grading has while something else is done, and takes it again.
     *
     * @param alive called now and then while it waits
     */
    void aside(Need need, Runnable meanwhile, Runnable alive) throws InterruptedException {
        giveBack(need);
        boolean taken = false;
        try {
            meanwhile.run();
            while (!turn.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                alive.run();
            }
            try {
                take(need, alive);
                taken = true;
            } finally {
                turn.release();
            }
        } finally {
            if (!taken) {
                count(need); // whoever ends now gives it back once more
            }
        }
    }

    private synchronized void take(Need need, Runnable alive) throws InterruptedException {
        while (!fitsNow(need)) {
            wait(LOOK.toMillis());
            alive.run();
        }
        count(need);
    }

    private synchronized void count(Need need) {
        memoryUsed += need.memory();
        cpusUsed += need.cpus();
        running++;
    }

    private boolean fitsNow(Need need) {
        return running == 0 || (memoryUsed + need.memory() <= memory && cpusUsed + need.cpus() <= cpus);
    }

    private synchronized void giveBack(Need need) {
        memoryUsed -= need.memory();
        cpusUsed -= need.cpus();
        running--;
        notifyAll();
    }
}

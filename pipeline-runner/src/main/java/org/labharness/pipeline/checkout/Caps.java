package org.labharness.pipeline.checkout;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Watches one checkout's limits; the first that is passed is remembered, for JGit wraps what is thrown at it. */
final class Caps {
    private static final int PACK_HEADER = 12;

    private final CheckoutLimits limits;
    private final InstantSource clock;
    private final Instant deadline;
    private final AtomicReference<SubmissionRefused> passed = new AtomicReference<>();
    private long inflated;

    Caps(CheckoutLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.deadline = clock.instant().plus(limits.time());
    }

    CheckoutLimits limits() {
        return limits;
    }

    /** The refusal, where a limit was passed. */
    Optional<SubmissionRefused> passed() {
        return Optional.ofNullable(passed.get());
    }

    SubmissionRefused refuse(String what, String seen, String limit) {
        SubmissionRefused refused = new SubmissionRefused(
                Refusal.TOO_LARGE,
                "The repository is too large: " + what + " is " + seen + ", the limit is " + limit
                        + ". Keep data, models and environments out of Git (track data with DVC), also in its history.");
        passed.compareAndSet(null, refused);
        return refused;
    }

    /** What a failed write means: a full disk that is smaller than the limits is the submission's own, and the repository too large. */
    RuntimeException unwritable(File directory, Exception failure) {
        long total = directory.getTotalSpace();
        return FetchFailure.isFullDisk(failure)
                        && total < limits.pack().bytes() + limits.tree().bytes()
                ? refuse("the clone", "larger than a submission's disk", new Memory(total).toString())
                : new SystemBroke(
                        Breakdown.DISK_FULL,
                        "The clone in " + directory + " cannot be written: " + failure.getMessage(),
                        failure);
    }

    private SubmissionRefused late() {
        SubmissionRefused refused = new SubmissionRefused(
                Refusal.TOO_LARGE,
                "Fetching the repository took longer than the limit of "
                        + limits.time().toSeconds() + " s. Make it smaller, or try again if the network was slow.");
        passed.compareAndSet(null, refused);
        return refused;
    }

    boolean isLate() {
        return clock.instant().isAfter(deadline);
    }

    void checkTime() {
        if (isLate()) {
            throw late();
        }
    }

    int secondsLeft() {
        return (int) Math.max(1, Duration.between(clock.instant(), deadline).toSeconds());
    }

    private void inflate(long bytes) {
        inflated += bytes;
        if (inflated > limits.inflated().bytes()) {
            throw refuse(
                    "what Git stores, unpacked,",
                    "more than " + new Memory(inflated),
                    limits.inflated().toString());
        }
        checkTime();
    }

    EmptyProgressMonitor monitor() {
        return new EmptyProgressMonitor() {
            @Override
            public boolean isCancelled() {
                if (isLate()) {
                    passed.compareAndSet(null, late());
                }
                return passed.get() != null || Thread.currentThread().isInterrupted();
            }
        };
    }

    /** Checks no contents, counts their sizes only: what is unsafe is noticed where it would be written. */
    ObjectChecker counter() {
        return new ObjectChecker() {
            @Override
            public void check(AnyObjectId id, int type, byte[] raw) {
                inflate(raw.length);
            }

            @Override
            public BlobObjectChecker newBlobObjectChecker() {
                return new BlobObjectChecker() {
                    @Override
                    public void update(byte[] bytes, int offset, int length) {
                        inflate(length);
                    }

                    @Override
                    public void endBlob(AnyObjectId id) {
                        // counted already
                    }
                };
            }
        };
    }

    /** Counts a pack's bytes and reads the number of objects that its header claims, before JGit makes room for them. */
    InputStream pack(InputStream in) {
        return new PackStream(in);
    }

    private final class PackStream extends FilterInputStream {
        private final byte[] header = new byte[PACK_HEADER];
        private long seen;

        PackStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            for (int i = 0; i < count && seen + i < PACK_HEADER; i++) {
                header[(int) seen + i] = bytes[offset + i];
            }
            if (count > 0) {
                boolean wasHeader = seen < PACK_HEADER;
                seen += count;
                check(wasHeader);
            }
            return count;
        }

        private void check(boolean wasHeader) {
            checkTime();
            if (seen > limits.pack().bytes()) {
                throw refuse(
                        "what Git sends",
                        "more than " + new Memory(seen),
                        limits.pack().toString());
            }
            if (wasHeader && seen >= PACK_HEADER) {
                long objects = java.nio.ByteBuffer.wrap(header, 8, 4).getInt() & 0xFFFF_FFFFL;
                if (objects > limits.objects()) {
                    throw refuse(
                            "the number of objects in Git", String.valueOf(objects), String.valueOf(limits.objects()));
                }
            }
        }
    }
}

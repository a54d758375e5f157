package org.labharness.pipeline.checkout;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
    /** Bytes a second. */
    private static final long FAIR_PACE = 256 << 10;

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final CheckoutLimits limits;
    private final InstantSource clock;
    private final String shown;
    private final Instant deadline;
    private final AtomicReference<RuntimeException> passed = new AtomicReference<>();
    private final AtomicLong received = new AtomicLong();
    private final DeltaMemory deltas = new DeltaMemory();
    private long inflated;

    /** @param shown the repository, as shown to people */
    Caps(CheckoutLimits limits, InstantSource clock, String shown) {
        this.shown = shown;
        this.limits = limits;
        this.clock = clock;
        this.deadline = clock.instant().plus(limits.time());
    }

    CheckoutLimits limits() {
        return limits;
    }

    /** What it ends with, where a limit was passed. */
    Optional<RuntimeException> passed() {
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
        if (FetchFailure.isNameTooLong(failure)) {
            return new SubmissionRefused(
                    Refusal.UNSAFE_CONTENT,
                    "The repository holds a file or folder whose name is longer than the 255 bytes that file systems take."
                            + " Rename it (git mv), then commit and push again.");
        }
        long total = directory.getTotalSpace();
        return FetchFailure.isFullDisk(failure)
                        && total < limits.pack().bytes() + limits.tree().bytes()
                ? refuse("the clone", "larger than a submission's disk", new Memory(total).toString())
                : new SystemBroke(
                        Breakdown.DISK_FULL,
                        "The clone in " + directory + " cannot be written: " + failure.getMessage(),
                        failure);
    }

    /** Out of time: a repository is too large only where it came at a fair pace; else the network is at fault. */
    RuntimeException late() {
        long seconds = limits.time().toSeconds();
        Memory came = new Memory(Math.max(received.get(), inflated)); // a small pack may unpack to much
        RuntimeException ending = came.bytes() < FAIR_PACE * seconds
                ? new SystemBroke(
                        Breakdown.NETWORK,
                        "Fetching '" + shown + "' failed: only " + came + " came in " + seconds
                                + " s. Check the network and try again.")
                : new SubmissionRefused(
                        Refusal.TOO_LARGE,
                        "The repository is too large: fetching took longer than the limit of " + seconds
                                + " s, in which "
                                + came + " came. Keep data, models and environments out of Git (track data with DVC),"
                                + " also in its history.");
        passed.compareAndSet(null, ending);
        return ending;
    }

    /** Counts what came over the network. */
    void receive(int bytes) {
        received.addAndGet(bytes);
        checkTime();
    }

    boolean isLate() {
        return clock.instant().isAfter(deadline);
    }

    void checkTime() {
        if (isLate()) {
            throw late();
        }
    }

    /** What of a time is left of the whole; a moment at least. */
    Duration soonest(Duration time) {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.compareTo(time) > 0 ? time : left.compareTo(MOMENT) > 0 ? left : MOMENT;
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

    /** Files that Git stores as changes to others need more memory at once than there is. */
    SubmissionRefused tooMuchMemory() {
        return refuse(
                "what Git stores as changes to large files",
                "more than can be unpacked at once",
                deltas.most().toString());
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
                if (!deltas.hasRoomFor(raw)) {
                    throw tooMuchMemory();
                }
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

        private boolean isPack() {
            return header[0] == 'P' && header[1] == 'A' && header[2] == 'C' && header[3] == 'K';
        }

        private void check(boolean wasHeader) {
            received.accumulateAndGet(seen, Math::max); // over HTTP they are counted already
            checkTime();
            if (seen > limits.pack().bytes()) {
                throw refuse(
                        "what Git sends",
                        "more than " + new Memory(seen),
                        limits.pack().toString());
            }
            if (wasHeader && seen >= PACK_HEADER && isPack()) {
                long objects = java.nio.ByteBuffer.wrap(header, 8, 4).getInt() & 0xFFFF_FFFFL;
                if (objects > limits.objects()) {
                    throw refuse(
                            "the number of objects in Git", String.valueOf(objects), String.valueOf(limits.objects()));
                }
            }
        }
    }
}

package org.labharness.autograder.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.intake.Freezer.Kept;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.autograder.store.CollectionStore;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.Database;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/**
 * Freezes repositories as they are at their owners' deadlines. A forge does not say when something was pushed, so what is found counts
 * as received at the deadline only where it is read at once; what was received before keeps the time of then; what is found later for
 * the first time has no trusted time, and staff decide. Safe for use by several threads.
 */
public final class Collector {
    /** For so long after a deadline what is found counts as received at it: a class cannot be read in one moment. */
    public static final Duration PUNCTUAL = Duration.ofMinutes(15);

    private final Freezer freezer;
    private final Filing filing;
    private final CollectionStore store;
    private final InstantSource clock;

    /**
     * That of a course.
     *
     * @param variables of the process: logins are read from it
     * @param version of the program
     */
    public static Collector of(
            CourseId course,
            Database database,
            Archive archive,
            Map<String, String> variables,
            String version,
            InstantSource clock) {
        return new Collector(
                new Freezer(archive, variables, clock),
                new Filing(database, archive, course, version, clock),
                new CollectionStore(database, course),
                clock);
    }

    Collector(Freezer freezer, Filing filing, CollectionStore store, InstantSource clock) {
        this.freezer = freezer;
        this.filing = filing;
        this.store = store;
        this.clock = clock;
    }

    /**
     * What came of an errand.
     *
     * @param trouble why nothing was found; null where something was
     * @param message what was seen and what to do; where something was found, its commit and when it counts as received
     */
    public record Result(Errand errand, @Nullable Trouble trouble, String message) {
        /** Whether another try may find it. */
        public boolean again() {
            return trouble != null && trouble.mayPass();
        }
    }

    /**
     * Reads one repository, and notes what was found.
     *
     * @param moment that it is read for, such as the owner's deadline; null: as it is now
     */
    public Result collect(Errand errand, @Nullable Instant moment) {
        Instant began = clock.instant();
        Result result;
        @Nullable Long submission = null;
        try {
            String address = address(errand);
            Kept kept = freezer.keep(errand.lab().id(), errand.owner(), new Source(address, null));
            Instant received = received(began, moment);
            submission = filing.submitted(kept.received(received));
            Instant due = errand.due();
            if (received != null && due != null && !received.isAfter(due)) {
                // It may have been found before, too late for a deadline that was moved since.
                filing.wasThere(submission, received);
            }
            result = new Result(errand, null, kept.fact().commit().substring(0, 10));
        } catch (NoAddress none) {
            result = new Result(errand, none.trouble, none.words);
        } catch (SubmissionRefused refused) {
            result = new Result(errand, Trouble.of(refused.code()), String.valueOf(refused.getMessage()));
        } catch (SystemBroke broke) {
            if (broke.code() == Breakdown.DISK_FULL || broke.code() == Breakdown.DATABASE) {
                throw broke; // the next one would not fare better
            }
            result = new Result(errand, Trouble.of(broke.code()), String.valueOf(broke.getMessage()));
        }
        Trouble trouble = result.trouble();
        store.note(
                errand.lab().id(),
                errand.owner(),
                new Collected(
                        moment,
                        began,
                        submission,
                        trouble == null ? "" : trouble.code(),
                        trouble == null ? "" : result.message()));
        return result;
    }

    /** When something that is found now counts as received, unless it was received before. */
    static @Nullable Instant received(Instant now, @Nullable Instant moment) {
        if (moment == null || now.isBefore(moment)) {
            return now;
        }
        return now.isAfter(moment.plus(PUNCTUAL)) ? null : moment;
    }

    private static String address(Errand errand) throws NoAddress {
        return switch (errand.place()) {
            case Errand.Place.At(var address) -> address;
            case Errand.Place.Nowhere nowhere ->
                throw new NoAddress(Trouble.NOT_KNOWN, "The roster knows no repository.");
            case Errand.Place.Unclear(var ambiguous, var sentence) ->
                throw new NoAddress(ambiguous ? Trouble.AMBIGUOUS : Trouble.UNSAFE_ADDRESS, sentence);
        };
    }

    private static final class NoAddress extends Exception {
        private static final long serialVersionUID = 1L;

        private final Trouble trouble;
        private final String words;

        NoAddress(Trouble trouble, String words) {
            super(words);
            this.trouble = trouble;
            this.words = words;
        }
    }
}

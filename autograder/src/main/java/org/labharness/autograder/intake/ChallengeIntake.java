package org.labharness.autograder.intake;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.challenge.Decision;
import org.labharness.autograder.challenge.Entrants;
import org.labharness.autograder.challenge.Entry;
import org.labharness.autograder.challenge.EntryRule;
import org.labharness.autograder.challenge.Guesses;
import org.labharness.autograder.challenge.Measured;
import org.labharness.autograder.challenge.PredictionsFile;
import org.labharness.autograder.challenge.Ranking;
import org.labharness.autograder.challenge.Received;
import org.labharness.autograder.challenge.Refused;
import org.labharness.autograder.challenge.Refused.Code;
import org.labharness.autograder.challenge.Truth;
import org.labharness.autograder.challenge.TruthFile;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.store.ChallengeStore;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.table.InvalidTable;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.Sha256;
import org.labharness.lab.challenge.Challenge;
import org.labharness.lab.challenge.Venue;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.predict.CourseSeed;

/** Takes predictions for a challenge: looks whether it is open, reads, measures and notes them, or refuses them with the reason. */
public final class ChallengeIntake {
    private static final int LONGEST_NAME = 200;

    private final Challenge challenge;
    private final Venue.Here venue;
    private final ZoneId zone;
    private final Truth truth;
    private final String labels;
    private final ChallengeStore store;
    private final Archive archive;
    private final InstantSource clock;

    /**
     * @param home the state folder
     * @throws InvalidTable where the labels cannot measure anything
     * @throws SystemBroke where the split is not that of earlier entries
     */
    public ChallengeIntake(
            Database database,
            Course course,
            Challenge challenge,
            Venue.Here venue,
            Path home,
            Archive archive,
            InstantSource clock) {
        this.challenge = challenge;
        this.venue = venue;
        this.zone = course.zone();
        this.truth = TruthFile.read(course.id(), challenge, venue, CourseSeed.of(home));
        this.labels = truth.digest();
        this.store = new ChallengeStore(database, course.id(), challenge.id());
        this.archive = archive;
        this.clock = clock;
        new RosterStore(database).note(course, clock.instant());
        if (!store.note(truth.split(), clock.instant()).equals(truth.split())) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    "Other rows of " + challenge.id() + " are public now than when it was first used, so rows that were"
                            + " public would be private. Were ids, 'split' or the file course-seed in the state folder"
                            + " changed? Restore them, or begin a challenge with another id.");
        }
    }

    public Truth truth() {
        return truth;
    }

    public ChallengeStore store() {
        return store;
    }

    /** All entries with the public scores that the labels give now. */
    public List<Entry> entries() {
        return store.entries(labels);
    }

    /** Private scores, for those who show that the challenge is closed. */
    public Map<Long, Map<QualityMetric, BigDecimal>> privateScores(Challenge.Closed closed) {
        return store.privateScores(labels, closed);
    }

    /**
     * Takes a file of predictions, or refuses it.
     *
     * @param student who hands it in; the roster says for whom
     * @param name of the file
     * @param arrived server time, taken before anything was read
     */
    public Receipt submit(Student student, String name, byte[] bytes, Instant arrived) {
        Received received = received(student, name, bytes, arrived);
        Optional<Refused> early = window(received.at());
        if (early.isPresent()) {
            return refused(received, early.get());
        }
        try {
            return measured(received, PredictionsFile.read(received.file(), bytes, truth, venue), bytes);
        } catch (InvalidTable malformed) {
            return refused(received, new Refused(Code.MALFORMED, String.valueOf(malformed.getMessage())));
        }
    }

    /** Cut to microseconds as databases keep it: rounded up it might pass the close. */
    private Received received(Student student, String name, byte[] bytes, Instant arrived) {
        String plain = PlainText.line(name, LONGEST_NAME);
        return new Received(
                Entrants.of(challenge, student),
                student.id(),
                arrived.truncatedTo(ChronoUnit.MICROS),
                plain.isEmpty() ? "predictions" : plain,
                Sha256.hex(bytes));
    }

    private Optional<Refused> window(Instant moment) {
        if (challenge.takes(moment)) {
            return Optional.empty();
        }
        Instant opens = challenge.opens();
        return Optional.of(
                opens != null && moment.isBefore(opens)
                        ? new Refused(Code.NOT_OPEN, challenge.title() + " opens " + time(opens) + ".")
                        : new Refused(
                                Code.CLOSED,
                                challenge.title() + " closed " + time(challenge.closes()) + "; this came "
                                        + time(moment) + "."));
    }

    private String time(Instant moment) {
        return new CourseClock(zone).moment(moment);
    }

    private Receipt measured(Received received, Guesses guesses, byte[] bytes) {
        Measured measured = Measured.of(guesses, truth, venue);
        archive.keepPredictions(bytes);
        Decision decision =
                store.enter(received, guesses.digest(), labels, measured, new EntryRule(venue.quota(), zone));
        return switch (decision) {
            case Decision.NotTaken not -> new Receipt.NotTaken(received.owner(), not.refused());
            case Decision.Taken taken ->
                new Receipt.Taken(received.owner(), taken.entry(), shown(measured), taken.today(), taken.inAll());
        };
    }

    private Map<QualityMetric, BigDecimal> shown(Measured measured) {
        Map<QualityMetric, BigDecimal> shown = new EnumMap<>(QualityMetric.class);
        Ranking ranking = new Ranking(venue);
        measured.onPublicRows().forEach((metric, value) -> shown.put(metric, ranking.shown(Measured.exact(value))));
        return shown;
    }

    private Receipt refused(Received received, Refused refused) {
        store.refuse(received, refused, new EntryRule(venue.quota(), zone).day(received.at()));
        return new Receipt.NotTaken(received.owner(), refused);
    }

    /** Whether an entry lacks a score that the challenge asks for. */
    public boolean stale(Entry entry) {
        return !entry.scores().containsKey(venue.ranking());
    }

    /** Those of some entries that {@link #rescore} can measure no more: their files are gone or damaged. */
    public List<Long> lost(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> stale(entry) && again(entry).isEmpty())
                .map(Entry::id)
                .toList();
    }

    /** Measures what was not measured by the labels and metrics as they are now. Earlier scores stay in the database. */
    public Receipt.Rescored rescore() {
        int done = 0;
        List<Long> lost = new ArrayList<>();
        for (Entry entry : entries()) {
            if (entry.scores().keySet().containsAll(venue.metrics())) {
                continue;
            }
            Optional<Guesses> guesses = again(entry);
            if (guesses.isEmpty()) {
                lost.add(entry.id());
                continue;
            }
            Measured measured = Measured.of(guesses.get(), truth, venue);
            if (!entry.scores().keySet().containsAll(measured.onPublicRows().keySet())) {
                store.scores(entry.id(), labels, measured, clock.instant());
                done++;
            }
        }
        return new Receipt.Rescored(done, lost);
    }

    /** Empty where the file is gone (also with a person who was forgotten) or damaged, or fits the labels no more. */
    private Optional<Guesses> again(Entry entry) {
        if (entry.digest().isEmpty() || !archive.holds(Kind.PREDICTIONS, entry.digest())) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(archive.verified(Kind.PREDICTIONS, entry.digest()));
            return Optional.of(PredictionsFile.read(entry.file(), bytes, truth, venue));
        } catch (IOException | SystemBroke | InvalidTable lost) {
            return Optional.empty();
        }
    }
}

package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.intake.Freezer;
import org.labharness.autograder.intake.Freezer.Kept;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.PushStore;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Shutdown;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

/** Makes submissions of what was pushed: kept, noted, and asked to be graded. */
final class Submissions {
    static final String R_EXPS = "refs/exps/";

    private final Database database;
    private final Freezer freezer;
    private final Archive archive;
    private final Gradings queue;
    private final Links links;
    private final String version;
    private final InstantSource clock;

    Submissions(Database database, Archive archive, Gradings queue, Links links, String version, InstantSource clock) {
        this.database = database;
        this.archive = archive;
        this.freezer = new Freezer(archive, Map.of(), clock);
        this.queue = queue;
        this.links = links;
        this.version = version;
        this.clock = clock;
    }

    /** A submission, and the grading that was asked for. */
    record Taken(long submission, SubmissionFact fact, long grading) {}

    /** Where Git reads it, shown to people as where it was pushed to. */
    Source source(Arrival arrival, Path directory) {
        return new Source(
                directory.toString(), null, links.repository(arrival.course(), arrival.owner(), arrival.lab()));
    }

    /**
     * The caller sees to it that nobody else changes the repository meanwhile.
     *
     * @throws SubmissionRefused where there is nothing in it that could be graded
     * @throws SystemBroke where it could not be kept; it is to be tried again
     */
    Taken take(Arrival arrival, Repository repository) {
        Path directory = repository.getDirectory().toPath();
        Kept kept;
        try {
            kept = freezer.keep(arrival.lab(), arrival.owner(), source(arrival, directory))
                    .received(arrival.at());
        } catch (SubmissionRefused refused) {
            requireReadable(refused, directory);
            note(arrival, refused.code().code(), null);
            Arrival.remove(directory);
            throw refused;
        }
        SubmissionFact fact = kept.fact();
        long number = new Filing(database, archive, arrival.course(), version, clock).submitted(kept);
        new GradedRefs(directory).note(refs(repository));
        long grading = queue.ask(arrival.course(), number, fact, Way.PUSH, arrival.who(), "", false)
                .grading();
        note(arrival, PushFact.ACCEPTED, number);
        Arrival.remove(directory);
        return new Taken(number, fact, grading);
    }

    /** A repository of ours that cannot be read is our matter: what came is not taken for refused by that. */
    private static void requireReadable(SubmissionRefused refused, Path directory) {
        if (Shutdown.underway()) {
            throw new SystemBroke(Breakdown.INTERRUPTED, "The server is being stopped.", refused);
        }
        switch (refused.code()) {
            case REPOSITORY_NOT_FOUND, NOT_A_REPOSITORY, ACCESS_DENIED ->
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "The repository " + directory + " cannot be read: " + refused.getMessage(),
                        refused);
            case REF_NOT_FOUND, EMPTY_REPOSITORY, TOO_LARGE, UNSAFE_CONTENT, NOTHING_TO_GRADE -> {
                // what its author can mend
            }
        }
    }

    private void note(Arrival arrival, String code, @Nullable Long submission) {
        new PushStore(database, arrival.course())
                .note(new PushFact(
                        arrival.lab(), arrival.owner(), arrival.by(), arrival.token(), arrival.at(), code, submission));
    }

    /** Branches, tags and experiments. */
    static List<Ref> refs(Repository repository) {
        return Stream.of(Constants.R_HEADS, Constants.R_TAGS, R_EXPS)
                .flatMap(prefix -> named(repository, prefix).stream())
                .toList();
    }

    private static List<Ref> named(Repository repository, String prefix) {
        try {
            return repository.getRefDatabase().getRefsByPrefix(prefix);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

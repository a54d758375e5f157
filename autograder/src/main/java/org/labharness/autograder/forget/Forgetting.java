package org.labharness.autograder.forget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kept;
import org.labharness.autograder.archive.Removal;
import org.labharness.autograder.dvcremote.DvcFolders;
import org.labharness.autograder.gitserver.PushedFolders;
import org.labharness.autograder.grading.Grader;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.PersonStore;
import org.labharness.autograder.store.PersonStore.Forgotten;
import org.labharness.autograder.store.PersonStore.Handed;
import org.labharness.autograder.store.PersonStore.Person;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;

/** Forgets who a student was: in the database, in the store, and in the folder of evidence. */
public final class Forgetting {
    private final PersonStore store;
    private final Archive archive;
    private final Path evidence;

    /** @param evidence the folder that gradings leave evidence in */
    public Forgetting(Database database, Archive archive, Path evidence) {
        this.store = new PersonStore(database);
        this.archive = archive;
        this.evidence = evidence;
    }

    /**
     * What becomes of it.
     *
     * @param token what the student is called from then on
     * @param files of the store that nobody else's work needs
     * @param folders that gradings left
     */
    public record Plan(Person person, StudentId token, Forgotten facts, List<Kept> files, List<Path> folders) {
        public Plan {
            files = List.copyOf(files);
            folders = List.copyOf(folders);
        }
    }

    /** What forgetting would come to; nothing is changed. */
    public Plan plan(Person person) {
        StudentId token = token();
        return plan(person, token, store.preview(person, token));
    }

    private Plan plan(Person person, StudentId token, Forgotten facts) {
        List<Kept> files = archive.list().stream()
                .filter(kept -> facts.digests().contains(kept.digest()))
                .toList();
        return new Plan(person, token, facts, files, folders(person, facts));
    }

    /** Nothing of the student can be guessed from it. */
    private static StudentId token() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return StudentId.parse("forgotten-" + HexFormat.of().formatHex(random));
    }

    private List<Path> folders(Person person, Forgotten facts) {
        List<Path> folders = new ArrayList<>();
        for (Handed handed : facts.submissions()) {
            Path folder = evidence.resolve(handed.lab())
                    .resolve(Grader.folder(person.id().value(), handed.commit(), handed.refsDigest()));
            if (Files.isDirectory(folder)) {
                folders.add(folder);
            }
        }
        data(person).filter(Files::isDirectory).forEach(folders::add);
        return folders;
    }

    /** What was pushed to repositories and DVC remotes of the student, and of a team that nobody else is in. */
    private Stream<Path> data(Person person) {
        Path home = Objects.requireNonNull(evidence.getParent());
        DvcFolders remotes = new DvcFolders(home, "");
        PushedFolders pushed = new PushedFolders(home);
        String team = person.team();
        Stream<Owner> owners = team != null && person.teammates() == 0
                ? Stream.of(new Owner.OfStudent(person.id()), new Owner.OfTeam(TeamId.parse(team)))
                : Stream.of(new Owner.OfStudent(person.id()));
        return owners.flatMap(
                owner -> Stream.of(pushed.ofOwner(person.course(), owner), remotes.ofOwner(person.course(), owner)));
    }

    /**
     * Forgets. Facts first: where removing files fails, {@code ./lab gc} finds them, for no fact names them any more.
     *
     * @return what was done
     * @throws PersonStore.BeingGraded where something of theirs is graded at this moment
     */
    public Plan forget(Plan planned) {
        Plan done = plan(planned.person(), planned.token(), store.forget(planned.person(), planned.token()));
        Removal.now(archive, done.files());
        for (Path folder : done.folders()) {
            try {
                ThrowawayFolder.delete(folder);
            } catch (IOException e) {
                throw new SystemBroke(
                        Breakdown.DATABASE,
                        "The student is forgotten, but " + folder + " cannot be removed: " + e.getMessage()
                                + ". Remove it by hand.",
                        e);
            }
        }
        return done;
    }
}

package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;

/**
 * That a push has come. It lies beside the repository from before the push changes anything until its submission is noted, so that
 * nothing that came is lost when this process is killed between the two.
 *
 * @param by the student who pushed; null where staff did
 * @param token the id of the token
 * @param at server time
 */
record Arrival(
        CourseId course, LabId lab, Owner owner, @Nullable StudentId by, String token, Instant at) {
    private static final String FILE = "lab-arrived";

    static Arrival of(Visit visit) {
        return new Arrival(
                visit.served().course().id(),
                visit.offered().id(),
                visit.owner(),
                visit.token().student(),
                visit.token().id(),
                visit.arrived());
    }

    /** Who pushed, in words. */
    String who() {
        return by == null ? "staff (token " + token + ")" : by.value();
    }

    void write(Path directory) {
        GradedRefs.whole(
                directory.resolve(FILE),
                String.join(
                                "\n",
                                course.value(),
                                lab.value(),
                                owner.toString(),
                                by == null ? "" : by.value(),
                                token,
                                at.toString())
                        + "\n");
    }

    static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static boolean isThere(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    /** What has come to a repository and was not noted. */
    static Optional<Arrival> read(Path directory) {
        try {
            Path file = directory.resolve(FILE);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new Arrival(
                    CourseId.parse(lines.get(0)),
                    LabId.parse(lines.get(1)),
                    Owner.parse(lines.get(2)),
                    lines.get(3).isEmpty() ? null : StudentId.parse(lines.get(3)),
                    lines.get(4),
                    Instant.parse(lines.get(5))));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

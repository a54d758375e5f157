package org.labharness.autograder.cli;

import static org.labharness.autograder.table.CsvText.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.table.CsvText;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab token issue}. */
@Command(
        name = "issue",
        description =
                "Makes a token and shows it, once: what is kept of it does not lead back to it. Earlier tokens stay good until they"
                        + " are revoked.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab token issue --student CS21B001",
            "  ./lab token issue --all-students --csv tokens.csv --expires 2026-12-31",
            "  ./lab token issue --scope staff --remark \"Asha's laptop\" --expires 180d",
            "  ./lab token issue --scope ci --student CS21B001     a pipeline that hands in for one student",
            "",
            "With --all-students everybody gets one who has none that is good; --csv names the file for them, which nobody but you",
            "may read. Send each student their own line, and delete the file."
        })
final class TokenIssue implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Option(names = "--student", paramLabel = "ID", description = "Whose work it is for.")
    private @Nullable String student;

    @Option(
            names = "--scope",
            paramLabel = "S",
            defaultValue = "student",
            description =
                    "student: one's own work. staff: everybody's. ci: a pipeline hands in and waits, without a repository."
                            + " Default: ${DEFAULT-VALUE}.")
    private Scope scope = Scope.STUDENT;

    @Option(names = "--all-students", description = "One for each student who has none that is good.")
    private boolean everybody;

    @Option(names = "--csv", paramLabel = "F", description = "Write the tokens of --all-students into this new file.")
    private @Nullable Path csv;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description =
                    "Until the end of a day such as 2026-12-31, or for a time such as 90d. Default: until revoked.")
    private @Nullable String expires;

    @Option(names = "--remark", paramLabel = "TEXT", description = "What it is for, to know it by in the list.")
    private String remark = "";

    TokenIssue(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        remark = Remark.of("--remark", remark);
        requireSense();
        Course course = options.load(settings);
        Instant now = InstantSource.system().instant();
        Instant end = expires == null ? null : Expiry.of(expires, course.zone(), now);
        String by = author.name(settings);
        try (Database database = options.open(settings, console)) {
            new RosterStore(database).note(course, now);
            Roster roster = new RosterStore(database).read(course.id());
            TokenStore store = new TokenStore(database);
            if (everybody) {
                toEverybody(course, roster, store, end, by, now);
            } else {
                StudentId whose = student == null
                        ? null
                        : CourseOptions.student(roster, student).id();
                one(course, store, whose, end, by, now);
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private void requireSense() {
        if (everybody == (csv == null)) {
            throw new WrongUse("--all-students and --csv F go together: the file takes what is shown only once.");
        }
        if (everybody && (student != null || scope != Scope.STUDENT)) {
            throw new WrongUse("--all-students gives each student one of their own; leave --student and --scope away.");
        }
        if (!everybody && scope == Scope.STUDENT && student == null) {
            throw new WrongUse("Say whose token it is: --student ID, --all-students --csv F, or --scope staff.");
        }
        if (scope == Scope.STAFF && student != null) {
            throw new WrongUse("A token of staff is for no student in particular: leave --student away.");
        }
    }

    private void one(
            Course course, TokenStore store, @Nullable StudentId whose, @Nullable Instant end, String by, Instant now) {
        TokenText text = TokenText.random();
        AccessToken token = token(course, text, whose, end, by, now);
        store.issue(Map.of(token, text));
        console.err()
                .println("A token for " + TokenWords.holder(token) + " of " + course.id() + ", good "
                        + TokenWords.until(token, new CourseClock(course.zone()))
                        + ". It is shown this once; take it back with ./lab token revoke " + text.id() + ".");
        console.out().println(text.reveal());
    }

    private AccessToken token(
            Course course, TokenText text, @Nullable StudentId whose, @Nullable Instant end, String by, Instant now) {
        return new AccessToken(text.id(), course.id(), whose, scope, remark, by, now, end, null, null);
    }

    private void toEverybody(
            Course course, Roster roster, TokenStore store, @Nullable Instant end, String by, Instant now) {
        Set<StudentId> served = store.list(course.id()).stream()
                .filter(token -> token.scope() == Scope.STUDENT && token.good(now))
                .flatMap(token -> Stream.ofNullable(token.student()))
                .collect(Collectors.toSet());
        List<Student> without = roster.students().stream()
                .filter(one -> !served.contains(one.id()))
                .toList();
        if (without.isEmpty()) {
            throw new WrongUse(
                    roster.students().isEmpty()
                            ? "Nobody takes the course " + course.id() + " yet. Import a roster with ./lab roster."
                            : "Each of the " + roster.students().size()
                                    + " students has a token that is good already. Give one more to somebody with --student ID.");
        }
        Map<AccessToken, TokenText> tokens = new LinkedHashMap<>();
        CsvText table = new CsvText().line(List.of(words("id"), words("name"), words("mail"), words("token")));
        for (Student one : without) {
            TokenText text = TokenText.random();
            tokens.put(token(course, text, one.id(), end, by, now), text);
            table.line(List.of(
                    words(one.id().value()),
                    words(one.name()),
                    words(one.mail() == null ? "" : one.mail()),
                    words(text.reveal())));
        }
        Path file = forNobodyElse(java.util.Objects.requireNonNull(csv), table.write(true));
        try {
            store.issue(tokens);
        } catch (RuntimeException problem) {
            file.toFile().delete(); // its tokens are good for nothing
            throw problem;
        }
        console.out()
                .println(
                        tokens.size() + (tokens.size() == 1 ? " token is in " : " tokens are in ") + file
                                + (served.isEmpty() ? "" : "; " + served.size() + " students had one already")
                                + ". Send each student their own line, and delete the file: it holds what nobody can show again.");
    }

    /** A file that is new and that its owner alone may read. */
    private static Path forNobodyElse(Path file, String text) {
        OutputFiles.requireFile(file, "tokens.csv");
        if (Files.exists(file)) {
            throw new WrongUse(file + " is there already. Name a new file: others may be reading that one.");
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException problem) {
            throw new WrongUse(
                    "Cannot write " + file + ": " + problem.getMessage() + ". Name a file that can be written.");
        }
        OutputFiles.save(file, text);
        return file;
    }
}

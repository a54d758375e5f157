package org.labharness.autograder.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lab token list}. */
@Command(
        name = "list",
        description =
                "Tokens of a course: whom they are for, whether they are good, when they were last used. No secrets.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab token list",
            "  ./lab token list --student CS21B001",
            "  ./lab token list --all              also those that are good no more"
        })
final class TokenList implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Option(names = "--student", paramLabel = "ID", description = "Those of one student. Default: all.")
    private @Nullable String student;

    @Option(names = "--all", description = "Also those that are good no more.")
    private boolean all;

    TokenList(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        Instant now = InstantSource.system().instant();
        try (Database database = options.open(settings, console)) {
            Roster roster = new RosterStore(database).read(course.id());
            List<AccessToken> shown = new TokenStore(database)
                    .list(course.id()).stream()
                            .filter(token -> student == null
                                    || (token.student() != null
                                            && token.student().value().equals(student)))
                            .filter(token -> all || token.good(now))
                            .toList();
            shown.forEach(token -> console.out().println(line(token, roster, now, new CourseClock(course.zone()))));
            if (shown.isEmpty()) {
                console.out()
                        .println("No token" + (all ? "" : " that is good") + " for "
                                + (student == null ? "the course " + course.id() : "'" + student + "'")
                                + ". Issue one with ./lab token issue.");
            }
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private static String line(AccessToken token, Roster roster, Instant now, CourseClock clock) {
        boolean leaver =
                token.student() != null && roster.student(token.student()).isEmpty();
        String remark = PlainText.line(token.remark(), 100);
        return token.id() + "  " + TokenWords.holder(token) + "  " + TokenWords.state(token, leaver, now, clock) + ", "
                + (token.used() == null ? "never used" : "last used about " + clock.time(token.used()))
                + ", issued " + clock.time(token.issued()) + " by " + PlainText.line(token.by(), 100)
                + (remark.isEmpty() ? "" : ": " + remark);
    }
}

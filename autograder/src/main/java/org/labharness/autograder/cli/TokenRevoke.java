package org.labharness.autograder.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.TokenText;
import org.labharness.lab.course.Course;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./lab token revoke}. */
@Command(
        name = "revoke",
        description = "Ends tokens for good, from the next request on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./lab token revoke k7f3m2qd",
            "",
            "The id is the token's part between lab_ and the secret; ./lab token list shows it."
        })
final class TokenRevoke implements Callable<Integer> {
    private final Console console;
    private final Settings settings;

    @Mixin
    private CourseOptions options = new CourseOptions();

    @Mixin
    private Author author = new Author();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Of a token, or the token itself.")
    private List<String> ids = new ArrayList<>();

    TokenRevoke(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Course course = options.load(settings);
        Instant now = InstantSource.system().instant();
        String by = author.name(settings);
        try (Database database = options.open(settings, console)) {
            TokenStore store = new TokenStore(database);
            List<String> known =
                    store.list(course.id()).stream().map(token -> token.id()).toList();
            List<String> named = ids.stream()
                    .map(id -> TokenText.parse(id).map(TokenText::id).orElse(id))
                    .toList();
            named.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
                throw new WrongUse("The course " + course.id() + " has no token '" + id
                        + "'. See ./lab token list --all; nothing was revoked.");
            });
            named.forEach(id -> console.out()
                    .println(
                            store.revoke(course.id(), id, by, now)
                                    ? id + " is revoked."
                                    : id + " was revoked already."));
        }
        console.out().flush();
        return ExitCode.DONE.code();
    }
}

package org.labharness.autograder.cli;

import org.jspecify.annotations.Nullable;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import picocli.CommandLine.Option;

/** Where facts are kept. */
final class DatabaseOption {
    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "A PostgreSQL database, such as jdbc:postgresql://host/grades?user=lab; the variable LAB_DATABASE says"
                            + " the same. Default: a file in the state folder.")
    private @Nullable String database;

    /** Opens the database, and says so where it is another process that holds it. */
    Database open(Settings settings, Console console) {
        Database opened = Database.open(address(settings));
        if (opened.throughAnother()) {
            console.err().println("Another lab process holds the database; going through it.");
        }
        return opened;
    }

    DatabaseAddress address(Settings settings) {
        String url = database == null ? settings.variables().getOrDefault("LAB_DATABASE", "") : database;
        try {
            return url.isBlank() ? DatabaseAddress.file(settings.home()) : DatabaseAddress.parse(url);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("The database: " + wrong.getMessage() + ".");
        }
    }
}

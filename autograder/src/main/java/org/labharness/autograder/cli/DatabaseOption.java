package org.labharness.autograder.cli;

import org.jspecify.annotations.Nullable;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.StoreIdentity;
import org.labharness.pipeline.SystemBroke;
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

    /**
     * Opens the database for a command that keeps or reads bundles and evidence.
     *
     * @throws SystemBroke where a server keeps it, and the store of this machine is not the one that belongs to it
     */
    Database openWithStore(Settings settings, Console console) {
        Database opened = open(settings, console);
        if (!address(settings).embedded()) {
            requireStore(opened, settings);
        }
        return opened;
    }

    /**
     * The same, where a file of settings may name one; the option stands above it.
     *
     * @param settled what that file names; null where it names none
     */
    Database open(Settings settings, Console console, @Nullable String settled) {
        if (database == null) {
            database = settled;
        }
        return open(settings, console);
    }

    /** Opens the database, and says so where another process holds it, or where it seems to have got lost. */
    Database open(Settings settings, Console console) {
        DatabaseAddress address = address(settings);
        int orphans = address.isNew() ? settings.archive().list().size() : 0;
        Database opened = Database.open(address);
        if (orphans > 0) {
            console.err()
                    .println("The database " + address.shown() + " was not there and begins anew, and "
                            + settings.archive().folder() + " holds files of an earlier one (" + orphans
                            + "). Was it deleted, or is another one meant (--database)? The last backup comes back with"
                            + " ./lab restore FILE.");
        }
        if (opened.throughAnother()) {
            console.err().println("Another lab process holds the database; going through it.");
        }
        return opened;
    }

    /** What one machine keeps of a submission, the others must find. */
    private static void requireStore(Database opened, Settings settings) {
        try {
            new StoreIdentity(opened).require(settings.archive());
        } catch (RuntimeException problem) {
            opened.close();
            throw problem;
        }
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

package org.labharness.autograder.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * Where the facts are kept.
 *
 * @param url as JDBC takes it
 * @param shown the same without credentials
 * @param file the embedded database's file without its endings; null where a server keeps it
 */
public record DatabaseAddress(
        String url, String shown, @Nullable Path file) {
    /** Who owns an embedded database; it has no password, for whoever may read the file may read the facts. */
    static final String OWNER = "lab";

    static {
        SteadyFilePath.register();
    }

    /**
     * An H2 file in the folder {@code database} of a state folder, which only one process opens at a time; others on the same machine
     * go through that one. What was committed is on disk: by default H2 may take half a second for it, in which a kill loses it.
     * Rows are handed on while they are found: by default H2 gathers a result first, and writes one of more than some thousand rows to disk.
     * An interrupted thread harms nobody but itself: a file as H2 opens it by default closes when a thread is interrupted that uses it, and
     * with it the database for everybody.
     */
    public static DatabaseAddress file(Path home) {
        Path file = home.toAbsolutePath().normalize().resolve("database").resolve("courses");
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("the folder of the database must not hold a semicolon: " + file);
        }
        return new DatabaseAddress(
                "jdbc:h2:" + SteadyFilePath.SCHEME + ":" + file
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0"
                        + ";LAZY_QUERY_EXECUTION=1",
                file + ".mv.db",
                file);
    }

    /**
     * A PostgreSQL database.
     *
     * @throws IllegalArgumentException if the URL is of no such one
     */
    public static DatabaseAddress parse(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("'" + withoutSecrets(url)
                    + "' is no address of a database: expected one such as jdbc:postgresql://host/grades?user=lab");
        }
        if (url.matches("jdbc:postgresql://[^/?]*@.*")) {
            throw new IllegalArgumentException("in '" + withoutSecrets(url)
                    + "' a login stands before the host, where PostgreSQL's driver takes none: expected one such as"
                    + " jdbc:postgresql://host/grades?user=lab&password=...");
        }
        return new DatabaseAddress(url, withoutSecrets(url), null);
    }

    private static String withoutSecrets(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…").replaceAll("//[^/@]*@", "//…@");
    }

    /** Whether it is a file of this machine, not a server. */
    public boolean embedded() {
        return file != null;
    }

    /** Beside the embedded database while a process holds it; what it says lets others in. */
    Path lockFile() {
        return Path.of(file + ".lock.db");
    }

    /** Whether it is an embedded database that is still to be made, or holds nothing at all. */
    public boolean isNew() {
        return file != null && Path.of(shown).toFile().length() == 0;
    }

    /** There where the embedded database is to be written anew, without what was deleted from it. */
    Path compactFile() {
        return Path.of(file + ".compact");
    }

    /** What a process locks while it opens or closes the embedded database. */
    Path gateFile() {
        return Path.of(file + ".gate");
    }

    /**
     * Makes the folder of an embedded database, which nobody but its owner may enter: whoever can read the lock file can write facts.
     *
     * @throws SystemBroke where it cannot be made
     */
    void makeFolder() {
        Path folder = file == null ? null : file.getParent();
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        try {
            Path home = folder.getParent();
            if (home != null) {
                Files.createDirectories(home);
            }
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException problem) {
            if (!Files.isDirectory(folder)) { // another process may have been quicker
                throw new SystemBroke(
                        Breakdown.DATABASE,
                        "The folder of the database cannot be made: " + folder + " (" + problem.getMessage()
                                + "). Set LAB_HOME to a folder that you can write.",
                        problem);
            }
        }
    }
}

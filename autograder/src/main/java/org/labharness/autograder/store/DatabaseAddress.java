package org.labharness.autograder.store;

import java.nio.file.Path;

/**
 * Where the facts are kept.
 *
 * @param url as JDBC takes it
 * @param shown the same without credentials
 */
public record DatabaseAddress(String url, String shown) {
    /**
     * An H2 file that only one process opens at a time; others on the same machine go through that one. What was committed is on disk:
     * by default H2 may take half a second for it, in which a kill loses it.
     */
    public static DatabaseAddress file(Path folder) {
        Path file = folder.toAbsolutePath().normalize().resolve("courses");
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("the folder of the database must not hold a semicolon: " + file);
        }
        return new DatabaseAddress(
                "jdbc:h2:file:" + file
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0",
                file + ".mv.db");
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
        return new DatabaseAddress(url, withoutSecrets(url));
    }

    private static String withoutSecrets(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…").replaceAll("//[^/@]*@", "//…@");
    }

    boolean embedded() {
        return url.startsWith("jdbc:h2:");
    }
}

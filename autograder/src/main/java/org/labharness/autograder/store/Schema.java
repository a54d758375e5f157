package org.labharness.autograder.store;

import java.util.Arrays;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.springframework.dao.DataAccessException;

/** The tables of a database, and which version they are of. */
final class Schema {
    /** As Flyway calls it. */
    static final String LATEST = "latest";

    private Schema() {}

    private static Flyway flyway(DataSource data, String version) {
        return Flyway.configure()
                .dataSource(data)
                .locations("classpath:org/labharness/autograder/store")
                .target(version)
                .load();
    }

    static void migrate(DataSource data, DatabaseAddress address, String version) {
        Flyway flyway = flyway(data, version);
        try {
            Arrays.stream(flyway.info().all())
                    .filter(one -> one.getState().isApplied() && !one.getState().isResolved())
                    .findFirst()
                    .ifPresent(unknown -> {
                        throw tooNew(address, unknown);
                    });
            flyway.migrate();
        } catch (FlywayException | DataAccessException problem) {
            throw DatabaseFailure.of(address, problem);
        }
    }

    private static SystemBroke tooNew(DatabaseAddress address, MigrationInfo unknown) {
        return new SystemBroke(
                Breakdown.DATABASE,
                "The database " + address.shown() + " was written by a newer program: it is of version "
                        + unknown.getVersion() + " (" + unknown.getDescription()
                        + "), which this one does not know. Use the newer program, or a backup from before.");
    }

    static String version(DataSource data) {
        return Objects.requireNonNull(flyway(data, LATEST).info().current())
                .getVersion()
                .toString();
    }

    /** Whether this program can make tables of a version. */
    static boolean knows(DataSource data, String version) {
        MigrationVersion asked = MigrationVersion.fromVersion(version);
        return Arrays.stream(flyway(data, LATEST).info().all())
                .anyMatch(one -> one.getState().isResolved() && asked.equals(one.getVersion()));
    }
}

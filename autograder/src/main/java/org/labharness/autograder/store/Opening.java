package org.labharness.autograder.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.labharness.pipeline.SystemBroke;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Opens the pool of connections. Where another process is about to end that held the embedded database, it is tried again until it has.
 */
final class Opening {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static {
        // A connection through another process is of no use any more when that one has ended, however lately it was
        // used.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    }

    private Opening() {}

    /** @throws SystemBroke where it cannot be opened */
    static HikariDataSource of(DatabaseAddress address) {
        long start = System.nanoTime();
        while (true) {
            try {
                return new HikariDataSource(config(address));
            } catch (RuntimeException problem) { // whatever the pool or the driver calls it
                if (!DatabaseFailure.passes(address, problem) || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw DatabaseFailure.of(address, problem);
                }
                Gate.pause();
            }
        }
    }

    private static HikariConfig config(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        if (address.embedded()) {
            config.setDataSource(oneByOne(address));
        } else {
            config.setJdbcUrl(address.url());
        }
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(address.embedded() ? 30_000 : 10_000); // others may stand at the gate
        config.setPoolName("courses");
        config.setExceptionOverrideClassName(LostConnections.class.getName());
        return config;
    }

    private static DataSource oneByOne(DatabaseAddress address) {
        return new DriverManagerDataSource(address.url(), DatabaseAddress.OWNER, "") {
            @Override
            public Connection getConnection() throws SQLException {
                return Gate.<Connection, SQLException>inside(address, super::getConnection);
            }

            @Override
            public void setLoginTimeout(int seconds) {
                // H2 knows none
            }
        };
    }
}

package org.labharness.autograder.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** The database, open and of this program's version. Safe for use by several threads. */
public final class Database implements AutoCloseable {
    static {
        // What lets other processes of this machine in; H2 reads it once, and would else listen to the network.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private final HikariDataSource pool;
    private final DatabaseAddress address;
    private final boolean shared;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final JdbcTransactionManager manager;
    private final TransactionTemplate transactions;

    private Database(HikariDataSource pool, DatabaseAddress address, boolean shared) {
        this.pool = pool;
        this.address = address;
        this.shared = shared;
        this.template = new JdbcTemplate(pool);
        this.client = JdbcClient.create(template);
        this.manager = new JdbcTransactionManager(pool);
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * Opens the database, makes it where it is missing, and brings an older one up to this program's version.
     *
     * @throws SystemBroke where it cannot be reached, or a newer program has written it
     */
    public static Database open(DatabaseAddress address) {
        address.makeFolder();
        boolean shared = address.embedded() && Holder.of(address).isPresent();
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config(address));
        } catch (RuntimeException problem) {
            throw DatabaseFailure.of(address, problem);
        }
        try {
            migrate(pool, address);
            return new Database(pool, address, shared);
        } catch (RuntimeException problem) {
            pool.close();
            throw problem;
        }
    }

    private static HikariConfig config(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        if (address.embedded()) {
            config.setUsername(DatabaseAddress.OWNER);
            config.setPassword("");
        }
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        config.setPoolName("courses");
        config.setExceptionOverrideClassName(LostConnections.class.getName());
        return config;
    }

    private static void migrate(HikariDataSource pool, DatabaseAddress address) {
        Flyway flyway = Flyway.configure()
                .dataSource(pool)
                .locations("classpath:org/labharness/autograder/store")
                .load();
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

    /** Whether another process of this machine holds the embedded database, so that everything goes through it. */
    public boolean throughAnother() {
        return shared;
    }

    JdbcClient client() {
        return client;
    }

    JdbcTemplate template() {
        return template;
    }

    /** All that is written in it, or nothing. */
    <T> T inTransaction(Supplier<T> writing) {
        return within(transactions, writing);
    }

    /** Reads from one moment: what others add meanwhile is not seen. */
    <T> T reading(Supplier<T> reading) {
        TransactionTemplate transaction = new TransactionTemplate(manager);
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return within(transaction, reading);
    }

    private <T> T within(TransactionTemplate transaction, Supplier<T> work) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> work.get()));
        } catch (TransactionSystemException problem) {
            // Where the rollback fails as well, what was the matter in the first place is told.
            throw DatabaseFailure.of(
                    address, problem.getApplicationException() instanceof RuntimeException first ? first : problem);
        } catch (DataAccessException | TransactionException problem) {
            throw DatabaseFailure.of(address, problem);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}

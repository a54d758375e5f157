package org.labharness.autograder.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
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

    private Database(HikariDataSource pool, DatabaseAddress address) {
        this.pool = pool;
        this.address = address;
        DataSource data = SpeakingTemplate.speaking(pool, address);
        this.template = new SpeakingTemplate(data, address);
        this.client = JdbcClient.create(template);
        this.manager = new JdbcTransactionManager(data);
        this.transactions = new TransactionTemplate(manager);
        this.shared = address.embedded()
                && Boolean.TRUE.equals(template.queryForObject("select " + Leaving.MINE, Boolean.class));
    }

    /**
     * Opens the database, makes it where it is missing, and brings an older one up to this program's version.
     *
     * @throws SystemBroke where it cannot be reached, or a newer program has written it
     */
    public static Database open(DatabaseAddress address) {
        return open(address, Schema.LATEST);
    }

    /** Opens one that is to be of an earlier version, such as that of a backup. */
    static Database open(DatabaseAddress address, String version) {
        address.makeFolder();
        HikariDataSource pool = Opening.of(address);
        try {
            Schema.migrate(pool, address, version);
            return new Database(pool, address);
        } catch (RuntimeException problem) {
            pool.close();
            throw problem;
        }
    }

    /**
     * Asks it something that it knows by heart.
     *
     * @throws SystemBroke where it does not answer
     */
    public void ping() {
        reading(() -> client.sql("select 1").query(Integer.class).single());
    }

    /** Which version its tables are of, such as {@code 1.1}. */
    public String version() {
        return Schema.version(pool);
    }

    /** Whether this program can make tables of a version: of this one's or an earlier one's. */
    public boolean knows(String version) {
        return Schema.knows(pool, version);
    }

    /** Whether another process of this machine holds the embedded database, so that everything goes through it. */
    public boolean throughAnother() {
        return shared;
    }

    /**
     * Has the file of an embedded database written anew when it is closed, without what was deleted from it: by this process, or by the one
     * that holds the file.
     */
    public void compactAtTheEnd() {
        if (address.embedded()) {
            Leaving.owe(address);
        }
    }

    /** For libraries that keep tables of their own in it. */
    public DataSource dataSource() {
        return Objects.requireNonNull(template.getDataSource());
    }

    /** What a library that works in it failed of: the system's failure in a sentence, or the same where it is none. */
    public RuntimeException explained(RuntimeException problem) {
        return DatabaseFailure.concerns(problem) ? DatabaseFailure.of(address, problem) : problem;
    }

    JdbcClient client() {
        return client;
    }

    JdbcTemplate template() {
        return template;
    }

    /** All that is written in it, or nothing. */
    public <T> T inTransaction(Supplier<T> writing) {
        return within(transactions, writing);
    }

    /** Reads from one moment: what others add meanwhile is not seen. */
    <T> T reading(Supplier<T> reading) {
        TransactionTemplate transaction = new TransactionTemplate(manager);
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return within(transaction, reading);
    }

    /** What a piece of work would come to; nothing of it is kept. */
    <T> T withoutEffect(Supplier<T> work) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                status.setRollbackOnly();
                return work.get();
            }));
        } catch (DataAccessException | TransactionException problem) {
            throw DatabaseFailure.of(address, problem);
        }
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
        if (address.embedded()) {
            new Leaving(pool, address).leave();
        } else {
            pool.close();
        }
    }
}

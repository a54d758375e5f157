package org.labharness.autograder.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server for tests: from programs of this machine where they are, else from the image that {@code docker/} builds for
 * it. It listens on 127.0.0.1 only, keeps its data in a folder of its own, and ends with this process.
 */
public final class PostgresServer {
    static final String USER = "lab";
    static final String PASSWORD = "only for tests";

    private final Running running;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Running running) {
        this.running = running;
    }

    /** A server that was started. */
    interface Running {
        int port();

        void stop();
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    /** The one of this process; it is started when it is first asked for. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static PostgresServer start() {
        Optional<LocalPostgres> local =
                System.getProperty("test.postgres", "").equals("container") ? Optional.empty() : LocalPostgres.find();
        Running running = local.<Running>map(LocalPostgres::start).orElseGet(PostgresContainer::start);
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "end of PostgreSQL"));
        return new PostgresServer(running);
    }

    /** A server of its own, which a test may stop. */
    static Running own() {
        return LocalPostgres.find().<Running>map(LocalPostgres::start).orElseGet(PostgresContainer::start);
    }

    /** A database that holds nothing yet. */
    public DatabaseAddress fresh() {
        return fresh(running.port());
    }

    /** The same, reached by way of another port. */
    DatabaseAddress fresh(int port) {
        String name = "t" + databases.incrementAndGet();
        execute("create database " + name + " template template0");
        return DatabaseAddress.parse(url(port, name, USER, PASSWORD));
    }

    /** Has the server do something as its owner. */
    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url(running.port(), "postgres", USER, PASSWORD));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL was asked: " + sql, e);
        }
    }

    int port() {
        return running.port();
    }

    static String url(int port, String database, String user, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + user + "&password="
                + password.replace(" ", "%20");
    }
}

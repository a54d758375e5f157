package org.labharness.autograder.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.SystemBroke;

/**
 * Ends the use of an embedded database. A process that holds the file waits for those who go through it, as long as most commands take:
 * what is closed under their hands fails.
 */
record Leaving(HikariDataSource pool, DatabaseAddress address) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** H2's sessions that came through the process that holds the file. */
    private static final String THROUGH = "from information_schema.sessions where client_addr is not null";

    /** Whether the session that asks is one of them. */
    static final String MINE = "exists (select 1 " + THROUGH + " and session_id = session_id())";

    private static final String OTHERS = "exists (select 1 " + THROUGH + ") and not " + MINE;

    /** @param last a statement before the end, such as one that ends the database; null: none */
    void leave(@Nullable String last) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!pool.isClosed() && !left(last, end)) {
            Gate.pause();
        }
    }

    /** Nobody comes in between the question and the end. Whoever asks has its connection before, for a new one goes through the gate as well. */
    private boolean left(@Nullable String last, long end) {
        try {
            Connection connection = pool.getConnection();
            return Gate.inside(address, () -> left(connection, last, end));
        } catch (SQLException | SystemBroke lost) {
            pool.close(); // another process held it and has ended, or does not come to its end
            return true;
        }
    }

    private boolean left(Connection connection, @Nullable String last, long end) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            if (System.nanoTime() < end && isTrue(statement, OTHERS)) {
                return false;
            }
            execute(statement, last);
        }
        pool.close();
        return true;
    }

    private static boolean isTrue(Statement statement, String condition) throws SQLException {
        try (ResultSet answer = statement.executeQuery("select " + condition)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static void execute(Statement statement, @Nullable String sql) {
        try {
            if (sql != null) {
                statement.execute(sql);
            }
        } catch (SQLException ended) {
            // a statement that ends the database ends its connection
        }
    }
}

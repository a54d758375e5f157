package org.labharness.autograder.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.labharness.pipeline.Breakdown;
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

    /** Notes that the file is to be written anew by whoever closes it, also after a kill. */
    static void owe(DatabaseAddress address) {
        try {
            Files.writeString(address.compactFile(), "The next lab process that closes the database writes it anew.\n");
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DATABASE,
                    "What was deleted from the database " + address.shown() + " may still be found in its file: "
                            + address.compactFile() + " cannot be written (" + e.getMessage() + "). Make a backup, and"
                            + " restore it into an empty state folder.",
                    e);
        }
    }

    void leave() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!pool.isClosed() && !left(end)) {
            Gate.pause();
        }
    }

    /** Nobody comes in between the question and the end. Whoever asks has its connection before, for a new one goes through the gate as well. */
    private boolean left(long end) {
        try {
            Connection connection = pool.getConnection();
            return Gate.inside(address, () -> left(connection, end));
        } catch (SQLException | SystemBroke lost) {
            pool.close(); // another process held it and has ended, or does not come to its end
            return true;
        }
    }

    private boolean left(Connection connection, long end) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            boolean others = isTrue(statement, OTHERS);
            if (others && System.nanoTime() < end) {
                return false;
            }
            if (!others && Files.exists(address.compactFile()) && !isTrue(statement, MINE)) {
                compact(statement);
            }
        }
        pool.close();
        return true;
    }

    private static boolean isTrue(Statement statement, String condition) throws SQLException {
        try (ResultSet answer = statement.executeQuery("select " + condition)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    /** Where it fails it is still owed; all that was written is there. */
    private void compact(Statement statement) {
        try {
            statement.execute("shutdown compact");
        } catch (SQLException ended) {
            if (!LostConnections.isLost(ended.getErrorCode())) {
                return;
            }
        }
        try {
            Files.deleteIfExists(address.compactFile());
        } catch (IOException stays) {
            // then it is written anew once more
        }
    }
}

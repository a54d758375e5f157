package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.labharness.pipeline.document.TreeReader;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A copy of a student's SQLite file in a folder of its own, opened as hostile input: MLflow would migrate the original in place, and
 * SQLite itself would replay its journal. The copy includes what an interrupted writer left beside it.
 */
final class SqliteCopy implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> BESIDE = List.of("", "-wal", "-journal");
    /** Instructions of SQLite's machine between looks at the clock. */
    private static final int INSTRUCTIONS = 20_000;

    /** Bytes of a value that SQLite may hold while it is cut. */
    private static final int LONGEST = 32 << 20;

    private final Path folder;
    private final Connection connection;

    private SqliteCopy(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** Whether a file begins as SQLite's do. */
    static boolean isSqlite(TreeReader tree, String path) {
        try (InputStream in = tree.stream(path)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param allowance after whose time every query fails
     * @throws IOException with words where it is larger than what is read
     */
    static SqliteCopy open(TreeStores stores, String path, Allowance allowance) throws IOException, SQLException {
        TreeReader tree = stores.tree();
        long most = allowance.caps().database();
        long size = size(stores, path);
        if (size > most) {
            throw new IOException(
                    "it has " + (size >> 20) + " MiB, more than the " + (most >> 20) + " MiB that are read");
        }
        Path folder = Files.createTempDirectory("labharness-sqlite");
        try {
            for (String suffix : BESIDE) {
                if (tree.isFile(path + suffix)) {
                    copy(tree, path + suffix, folder.resolve("copy.db" + suffix));
                }
            }
            return new SqliteCopy(folder, connect(folder.resolve("copy.db").toString(), allowance));
        } catch (IOException | SQLException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static long size(TreeStores stores, String path) {
        return BESIDE.stream()
                .mapToLong(suffix -> Math.max(0, stores.size(path + suffix)))
                .sum();
    }

    /** Whether a database that is too large to be copied has tables of something else: read where it lies, without its log. */
    static boolean isOther(TreeStores stores, String path, Allowance allowance) {
        if (size(stores, path) <= allowance.caps().database() || !stores.tree().isFile(path)) {
            return false;
        }
        String place = stores.tree().root().resolve(path).toUri().getRawPath();
        try (Connection connection = connect("file:" + place + "?immutable=1", allowance)) {
            return !new SqliteTables(connection, 1).has("runs");
        } catch (SQLException e) {
            return false;
        }
    }

    private static void copy(TreeReader tree, String path, Path target) throws IOException {
        try (InputStream in = tree.stream(path);
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
        }
    }

    private static Connection connect(String file, Allowance allowance) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.enableLoadExtension(false);
        config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, 100_000);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, 100);
            ProgressHandler.setHandler(connection, INSTRUCTIONS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return allowance.timeUp() ? 1 : 0;
                }
            });
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA trusted_schema = OFF");
                statement.execute("PRAGMA cell_size_check = ON");
                statement.execute("PRAGMA mmap_size = 0");
                statement.execute("PRAGMA query_only = ON");
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws IOException, SQLException {
        try {
            connection.close();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

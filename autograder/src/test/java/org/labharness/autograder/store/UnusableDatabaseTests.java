package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** Embedded databases that cannot be used, or not yet. */
class UnusableDatabaseTests {
    @TempDir
    Path home;

    private String opening(DatabaseAddress address) {
        SystemBroke broke = catchThrowableOfType(
                SystemBroke.class, () -> Database.open(address).close());
        assertThat(broke.code()).isEqualTo(Breakdown.DATABASE);
        return String.valueOf(broke.getMessage());
    }

    private DatabaseAddress made() {
        DatabaseAddress address = DatabaseAddress.file(home);
        try (Database database = Database.open(address)) {
            new RosterStore(database).note(SampleCourse.named("mlops"), OnDatabase.NOON);
        }
        return address;
    }

    private static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.url(), "lab", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** H2 commits each statement of a migration by itself: a full disk or a kill leaves some of them done and the migration not noted. */
    @Test
    void aMigrationThatWasCutOffIsBegunAnew() throws Exception {
        DatabaseAddress address = made();
        execute(address, "delete from \"flyway_schema_history\" where \"version\" in ('8', '9', '10')");

        try (Database database = Database.open(address)) {
            assertThat(new LedgerStore(database).read(OnDatabase.COURSE).attempts())
                    .isEmpty();
        }
    }

    /** It makes a column anew that holds something. */
    @Test
    void theTenthLosesNoPushWhereverItWasCutOff() throws Exception {
        List<String> statements;
        try (InputStream in =
                Objects.requireNonNull(Database.class.getResourceAsStream("V10__left_behind_receipts.sql"))) {
            statements = Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?m)^--.*$", "")
                            .split(";"))
                    .filter(statement -> !statement.isBlank())
                    .toList();
        }
        for (int done = 0; done <= statements.size(); done++) {
            DatabaseAddress address = DatabaseAddress.file(Files.createDirectory(home.resolve("cut" + done)));
            try (Database database = Database.open(address, "9")) {
                new RosterStore(database).note(SampleCourse.named("mlops"), OnDatabase.NOON);
                for (String status : List.of("waiting", "gone")) {
                    database.client()
                            .sql("insert into webhook_receipt (course, lab, owner, repository, ref, commit_id, head,"
                                    + " received, status, tries, due, message) values ('mlops', 'dvc-pipeline',"
                                    + " 'student:ada', 'r', 'main', 'c0', true, now(), ?, 0, now(), '')")
                            .param(status)
                            .update();
                }
            }
            for (String statement : statements.subList(0, done)) {
                execute(address, statement);
            }

            try (Database database = Database.open(address)) {
                assertThat(new WebhookStore(database).newest(OnDatabase.COURSE, 9))
                        .as("cut off after " + done)
                        .extracting(WebhookStore.Receipt::status)
                        .containsExactlyInAnyOrder(WebhookStore.Status.WAITING, WebhookStore.Status.GONE);
            }
        }
    }

    @Test
    void oneOfANewerProgramIsRefusedAndNotChanged() throws Exception {
        DatabaseAddress address = made();
        execute(
                address,
                "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\","
                        + " \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (99, '99', 'peer review', 'SQL', 'V99__peer_review.sql', 1, 'lab', 1, true)");

        assertThat(opening(address))
                .isEqualTo("The database " + home + "/database/courses.mv.db was written by a newer program: it is of"
                        + " version 99 (peer review), which this one does not know. Use the newer program, or a backup from"
                        + " before.");
    }

    @Test
    void oneOfAnOlderProgramIsBroughtUpWithWhatIsInIt() throws Exception {
        DatabaseAddress address = DatabaseAddress.file(home);
        Files.createDirectories(home.resolve("database"));
        Flyway.configure()
                .dataSource(address.url(), "lab", "")
                .locations("classpath:org/labharness/autograder/store")
                .target("1")
                .load()
                .migrate();
        execute(address, "insert into course (id, title, noted) values ('mlops', 'Old', now())");

        try (Database database = Database.open(address)) {
            assertThat(database.client()
                            .sql("select title from course")
                            .query(String.class)
                            .list())
                    .containsExactly("Old");
            assertThat(new LedgerStore(database).read(OnDatabase.COURSE).attempts())
                    .isEmpty();
        }
    }

    @Test
    void aDamagedFileIsNamedWithTheWayBack() throws IOException {
        DatabaseAddress address = made();
        Path file = home.resolve("database/courses.mv.db");
        byte[] bytes = Files.readAllBytes(file);
        byte[] text = "this is no database ".repeat(bytes.length / 20).getBytes(StandardCharsets.UTF_8);
        byte[] scrambled = bytes.clone();
        Arrays.fill(scrambled, 0, scrambled.length, (byte) 0x55);
        for (byte[] bad : new byte[][] {text, scrambled, Arrays.copyOf(bytes, 100), Arrays.copyOf(bytes, 5_000)}) {
            Files.write(file, bad);
            assertThat(opening(address)).contains(file.toString(), "is damaged", "./lab restore");
            assertThat(file).hasBinaryContent(bad);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(opening(DatabaseAddress.file(file)))
                .startsWith("The folder of the database cannot be made: " + file + "/database (")
                .endsWith("). Set LAB_HOME to a folder that you can write.");
    }

    @Test
    void aFolderThatNobodyCanWriteIsNamed() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("database"), Path.of("/proc/self"));
        assertThat(opening(DatabaseAddress.file(home)))
                .contains(link.toString(), "cannot be used", "May this user read and write its folder?");
    }

    @Test
    void oneOfAnotherProgramIsNotTakenOver() throws Exception {
        DatabaseAddress address = DatabaseAddress.file(home);
        Files.createDirectories(home.resolve("database"));
        try (Connection connection = DriverManager.getConnection(address.url(), "sa", "secret")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(opening(address)).contains("was not made by this program", "LAB_HOME");
    }
}

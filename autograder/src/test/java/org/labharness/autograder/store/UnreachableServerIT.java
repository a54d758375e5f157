package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** PostgreSQL servers that refuse, are down, or go down. */
class UnreachableServerIT {
    private static String broke(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        SystemBroke broke = catchThrowableOfType(SystemBroke.class, work);
        assertThat(broke.code()).isEqualTo(Breakdown.DATABASE);
        return String.valueOf(broke.getMessage());
    }

    private static String opening(String url) {
        return broke(() -> Database.open(DatabaseAddress.parse(url)).close());
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        int port = PostgresServer.shared().port();
        assertThat(opening(PostgresServer.url(port, "postgres", "lab", "geheim")))
                .contains("refuses the login", "Check user and password", "LAB_DATABASE", "password=…")
                .doesNotContain("geheim");
        assertThat(opening(PostgresServer.url(port, "postgres", "nobody", "geheim")))
                .contains("refuses the login");
    }

    @Test
    void aMissingPasswordAndALoginInTheWrongPlaceAreNamed() {
        int port = PostgresServer.shared().port();
        assertThat(opening("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=lab"))
                .contains("refuses the login", "no password was provided", "Check user and password");
        assertThatThrownBy(() -> DatabaseAddress.parse("jdbc:postgresql://lab:geheim@127.0.0.1:" + port + "/postgres"))
                .hasMessageContaining("a login stands before the host")
                .hasMessageContaining("?user=lab&password=...")
                .hasMessageNotContaining("geheim");
        assertThat(opening(PostgresServer.url(port, "postgres", "lab", PostgresServer.PASSWORD) + "&sslmode=bogus"))
                .doesNotContain("any more");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        PostgresServer server = PostgresServer.shared();
        assertThat(opening(PostgresServer.url(server.port(), "grdaes", "lab", PostgresServer.PASSWORD)))
                .contains("does not exist on that server", "grdaes", "createdb");
    }

    @Test
    void aUserWhoMayMakeNoTablesIsNamed() {
        PostgresServer server = PostgresServer.shared();
        server.execute("drop role if exists reader");
        server.execute("create role reader login password 'x'");
        assertThat(opening(PostgresServer.url(server.port(), "postgres", "reader", "x")))
                .contains("does not let this user make tables", "owner");
    }

    @Test
    void aServerThatIsDownOrUnknownIsNamed() {
        assertThat(opening("jdbc:postgresql://127.0.0.1:9/grades?user=lab"))
                .isEqualTo(
                        "The database jdbc:postgresql://127.0.0.1:9/grades?user=lab cannot be reached: nothing answers at"
                                + " that host and port. Is the server running?");
        assertThat(opening("jdbc:postgresql://no-such-host.invalid/grades?user=lab"))
                .contains("cannot be reached: there is no such host");
    }

    @Test
    void aServerThatGoesDownMeanwhileIsNamed() {
        PostgresServer.Running own = PostgresServer.own();
        try (Database database = Database.open(
                DatabaseAddress.parse(PostgresServer.url(own.port(), "postgres", "lab", PostgresServer.PASSWORD)))) {
            RosterStore store = new RosterStore(database);
            store.note(SampleCourse.named("mlops"), OnDatabase.NOON);
            assertThat(broke(() -> database.inTransaction(() -> {
                        store.note(SampleCourse.named("other"), OnDatabase.NOON);
                        own.stop();
                        return store.read(OnDatabase.COURSE);
                    })))
                    .contains("Is the server running?");
            assertThat(broke(() -> store.read(OnDatabase.COURSE))).contains("Is the server running?");
            assertThat(broke(() -> new ReleaseStore(database).releases(OnDatabase.COURSE)))
                    .contains("Is the server running?");
        } finally {
            own.stop();
        }
    }
}

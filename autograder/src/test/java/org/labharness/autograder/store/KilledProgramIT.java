package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** The embedded database between processes, some of which are killed. */
class KilledProgramIT {
    private static final int ROUNDS = 4;

    @TempDir
    Path home;

    private DatabaseAddress address;

    @BeforeEach
    void noteTheCourse() {
        address = DatabaseAddress.file(home);
        try (Database database = Database.open(address)) {
            new RosterStore(database).note(SampleCourse.named("mlops"), OnDatabase.NOON);
        }
    }

    private Set<String> commits(Database database) {
        return new LedgerStore(database)
                .read(OnDatabase.COURSE).attempts().stream()
                        .map(Attempt::commit)
                        .collect(Collectors.toSet());
    }

    @Test
    void whatWasCommittedIsThereWhateverMomentItsProgramIsKilledAt() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int written = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (OtherProgram program = OtherProgram.open(home)) {
                program.tell("write " + (written + 1));
                int reads = random.nextInt(200);
                for (int i = 0; i < reads; i++) {
                    written = Integer.parseInt(Objects.requireNonNull(program.line()));
                }
                // A last line may be half printed: then its fact was committed all the same.
                for (String line : program.kill().lines().toList()) {
                    written = Math.max(written, Integer.parseInt(line));
                }
            }
            assertThat(address.lockFile()).exists();

            Instant start = Instant.now();
            try (Database database = Database.open(address)) {
                assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
                assertThat(database.throughAnother()).isFalse();
                Set<String> there = commits(database);
                for (int number = 1; number <= written; number++) {
                    assertThat(there).as("round %s of seed %s", round, seed).contains("c" + number);
                }
                // What was committed and not yet printed may be there as well.
                written = there.size();
            }
        }
        assertThat(written).isPositive();
    }

    @Test
    void whoComesSecondGoesThroughTheFirstAndSaysSo() throws Exception {
        try (OtherProgram first = OtherProgram.open(home);
                Database second = Database.open(address)) {
            assertThat(second.throughAnother()).isTrue();
            first.tell("one 1");
            assertThat(first.line()).isEqualTo("1");
            new SubmissionStore(second).submission(OnDatabase.COURSE, SampleFacts.submission("c2"), OnDatabase.NOON);

            assertThat(commits(second)).containsExactlyInAnyOrder("c1", "c2");
        }
    }

    @Test
    void whereTheFirstIsKilledTheSecondSaysSoOrGoesOnAndNothingCommittedIsLost() throws Exception {
        try (OtherProgram first = OtherProgram.open(home);
                Database second = Database.open(address)) {
            SubmissionStore store = new SubmissionStore(second);
            store.submission(OnDatabase.COURSE, SampleFacts.submission("c1"), OnDatabase.NOON);

            assertThatThrownBy(() -> second.inTransaction(() -> {
                        store.submission(OnDatabase.COURSE, SampleFacts.submission("c2"), OnDatabase.NOON);
                        kill(first);
                        return store.submission(OnDatabase.COURSE, SampleFacts.submission("c3"), OnDatabase.NOON);
                    }))
                    .isInstanceOfSatisfying(
                            SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.DATABASE))
                    .hasMessageContaining("the process that held it has ended")
                    .hasMessageContaining("Run the command again");

            // From now on it holds the file itself.
            store.submission(OnDatabase.COURSE, SampleFacts.submission("c4"), OnDatabase.NOON);
            assertThat(commits(second)).containsExactlyInAnyOrder("c1", "c4");
        }
        try (Database again = Database.open(address)) {
            assertThat(commits(again)).containsExactlyInAnyOrder("c1", "c4");
        }
    }

    private static void kill(OtherProgram program) {
        try {
            program.kill();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theHolderListensToThisMachineAloneAndOnlyToWhoKnowsItsKey() throws Exception {
        try (OtherProgram holder = OtherProgram.open(home)) {
            Properties lock = new Properties();
            try (var in = Files.newInputStream(address.lockFile())) {
                lock.load(in);
            }
            String server = lock.getProperty("server");
            int port = Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));

            assertThat(server).matches("(127\\.0\\.0\\.1|localhost):\\d+");
            assertThat(listening(holder.pid()))
                    .isNotEmpty()
                    .allSatisfy(place -> assertThat(place)
                            .isIn("0100007F:" + hex(port), "0000000000000000FFFF00000100007F:" + hex(port)));
            String file = address.shown().replace(".mv.db", "");
            for (String guess : List.of(file, "courses", "0".repeat(40), "mem:test", lock.getProperty("id") + "x")) {
                assertThatThrownBy(() -> DriverManager.getConnection("jdbc:h2:tcp://" + server + "/" + guess, "lab", "")
                                .close())
                        .as(guess)
                        .isInstanceOf(SQLException.class);
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            Objects.requireNonNull(address.lockFile().getParent()))))
                    .isEqualTo("rwx------");
        }
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, "%04X", port);
    }

    /** Addresses that a process listens at, as the kernel writes them. */
    private static List<String> listening(long pid) throws IOException {
        Set<String> sockets;
        try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            sockets = open.map(KilledProgramIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring(8, target.length() - 1))
                    .collect(Collectors.toSet());
        }
        return java.util.stream.Stream.of("tcp", "tcp6")
                .flatMap(name -> lines("/proc/" + pid + "/net/" + name).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 9 && words[3].equals("0A") && sockets.contains(words[9]))
                .map(words -> words[1])
                .toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}

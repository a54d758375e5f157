package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;
import org.labharness.autograder.hostile.WeakEngine.Weakness;

/** A stage that looks for whatever is not its own, and tells what it found by an error that reports quote. */
class ReachIT {
    /** Followed by what it is of, and a number of this run. */
    private static final String CANARY = "canary-of-";

    private static final Pattern TOLD = Pattern.compile("reached ([a-z_ -]+) and ");
    private static final String NUMBER =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    @TempDir
    static Path folder;

    private static Path home;
    private static Path lab;
    private static Street street;
    private static Path repository;
    private static Path shared;
    private static ServerSocket server;
    private static DatagramSocket datagrams;
    private static final Set<String> HEARD = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void hide() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        lab = Tiny.lab(folder.resolve("lab"), "20s");
        street = Street.handingOut(canary("neighbour"));
        secret(home.resolve("course-seed"), "seed");
        secret(home.resolve("hidden/rows.csv"), "rows");
        secret(home.resolve("evidence/neighbour/evidence.json"), "evidence");
        secret(lab.resolve("solution/train.py"), "solution");
        shared = secret(Path.of("/dev/shm/labharness-" + NUMBER), "memory");
        server = new ServerSocket(0);
        datagrams = new DatagramSocket(0);
        serve();
        repository = Tiny.with(
                folder.resolve("thief"),
                "cat > /tmp/thief.py <<'END'\n" + thief() + "END\npython3 /tmp/thief.py || exit 1\n" + Tiny.DOUBLE);
    }

    @AfterAll
    static void clear() throws IOException {
        Files.deleteIfExists(shared);
        server.close();
        datagrams.close();
        street.close();
    }

    private static String canary(String of) {
        return CANARY + of + "-" + NUMBER;
    }

    /** Everybody may read it who gets there: no permission is what protects it in this test. */
    private static Path secret(Path file, String of) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, canary(of) + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    /** A server of the host that hands out a secret, and one that hears what is thrown at it. */
    private static void serve() {
        Thread.ofVirtual().start(() -> {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(canary("host-server").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    return;
                }
            }
        });
        Thread.ofVirtual().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            while (true) {
                try {
                    datagrams.receive(packet);
                    HEARD.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static String thief() throws IOException {
        try (var program = Objects.requireNonNull(ReachIT.class.getResourceAsStream("thief.py"))) {
            return new String(program.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("SERVER_PORT", "" + server.getLocalPort())
                    .replace("DATAGRAM_PORT", "" + datagrams.getLocalPort());
        }
    }

    private static Set<String> reached(Grading grading) {
        return TOLD.matcher(grading.visible())
                .results()
                .flatMap(told -> Set.of(told.group(1).split(" ")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nothing_is_reached_and_honest_work_beside_it_earns_its_points() throws Exception {
        Grading grading = Grading.of(home, repository, lab);

        assertThat(reached(grading)).as("%s", grading).isEmpty();
        assertThat(grading.points()).isEqualTo("6");
        assertThat(grading.visible()).doesNotContain(CANARY);
        assertThat(HEARD).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "KERNEL", mode = EnumSource.Mode.EXCLUDE)
    @Tag("full")
    void where_its_one_protection_is_missing_each_is_reached(Reach reach) throws Exception {
        where_it_is_missing(reach);
    }

    @Test
    void the_kernel_s_calls_are_reached_with_the_engine_s_own_profile() throws Exception {
        where_it_is_missing(Reach.KERNEL);
    }

    private static void where_it_is_missing(Reach reach) throws IOException {
        try (WeakEngine plain = new WeakEngine((role, container, host) -> {});
                WeakEngine engine = new WeakEngine(Weakness.ofStages(
                        reach.without(new Reach.Outside(home, lab, street.network(), plain.socket()))))) {
            Grading grading = Grading.of(home, repository, lab, engine.variables());

            assertThat(reached(grading)).as("%s", grading).isEqualTo(reach.prizes());
            assertThat(grading.points()).isNotEqualTo("6");
        }
    }
}

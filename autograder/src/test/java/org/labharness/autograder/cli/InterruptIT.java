package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.pipeline.sandbox.docker.Eventually;
import org.labharness.pipeline.sandbox.docker.Remains;

/** The whole program as a process of its own, ended in the middle: nothing of it may be left, and nobody starts another one to see to it. */
class InterruptIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration CLEAN_WITHIN = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    /** Where it is ended. */
    enum Moment {
        /** A Git server has been asked and does not answer. */
        CHECKOUT,
        /** A package index has been asked and does not answer. */
        ENVIRONMENT,
        /** A student's command runs. */
        STAGE,
        /** The last stage has ended. */
        COLLECT,
        /** A stage runs again after a change, in a copy. */
        CHANGE
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private record Program(Process process, Path err, Remains remains) {
        List<String> said() throws IOException {
            return Files.readAllLines(err);
        }
    }

    private Program start(Path home, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "grade",
                "--lab",
                Tiny.changingLab(folder.resolve("tiny"), "90s").toString(),
                "--json",
                folder.resolve("verdict.json").toString()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile());
        builder.environment().put("LAB_HOME", home.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        open.add(() -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS));
        Eventually.holds(
                LONGEST,
                "that it has an instance",
                () -> Remains.of(home, process.pid()).isPresent());
        return new Program(process, err, Remains.of(home, process.pid()).orElseThrow());
    }

    private ServerSocket silentServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.setSoTimeout((int) LONGEST.toMillis());
        open.add(server);
        return server;
    }

    private Program reach(Moment moment) throws IOException {
        String good = Tiny.good(folder.resolve("student-07")).toString();
        return switch (moment) {
            case CHECKOUT -> {
                ServerSocket git = silentServer();
                String url = "http://127.0.0.1:" + git.getLocalPort() + "/student-07.git";
                yield asked(start(warm(), Map.of(), url), git);
            }
            case ENVIRONMENT -> {
                ServerSocket index = silentServer();
                Map<String, String> variables =
                        Map.of("UV_DEFAULT_INDEX", "http://127.0.0.1:" + index.getLocalPort() + "/simple");
                yield asked(start(RealHome.empty(folder.resolve("home")), variables, good), index);
            }
            case STAGE -> {
                Program program = start(
                        warm(), Map.of(), Tiny.slow(folder.resolve("slow")).toString());
                Eventually.holds(
                        LONGEST, "that a stage runs", () -> program.remains().has("stage"));
                yield program;
            }
            case COLLECT -> {
                Program program = start(warm(), Map.of(), good);
                Eventually.holds(LONGEST, "that the last stage has ended", () -> says(program, "stage total"));
                yield program;
            }
            case CHANGE -> {
                Program program = start(
                        warm(),
                        Map.of(),
                        Tiny.slowWhenEdited(folder.resolve("edited")).toString());
                Eventually.holds(
                        LONGEST,
                        "that an edited stage runs",
                        () -> says(program, " on changes, each followed by a run now")
                                && program.remains().has("stage"));
                yield program;
            }
        };
    }

    private Path warm() {
        return RealHome.warm(folder.resolve("home"));
    }

    private Program asked(Program program, ServerSocket server) throws IOException {
        Socket held = server.accept();
        open.add(held);
        return program;
    }

    private static boolean says(Program program, String words) {
        try {
            return program.said().stream().anyMatch(line -> line.contains(words));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void nothingIsLeft(Program program) {
        Eventually.holds(
                CLEAN_WITHIN,
                "that nothing is left",
                () -> program.remains().found().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void nothing_is_left_of_a_killed_program(Moment moment) throws Exception {
        Program program = reach(moment);
        assertThat(program.remains().found()).isNotEmpty();

        program.process().destroyForcibly();

        assertThat(program.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        nothingIsLeft(program);
        assertThat(folder.resolve("verdict.json")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void ctrl_c_is_answered_with_one_sentence_and_leaves_nothing(Moment moment) throws Exception {
        Program program = reach(moment);

        new ProcessBuilder("kill", "-INT", "" + program.process().pid()).start().waitFor();

        assertThat(program.process().waitFor(CLEAN_WITHIN.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(program.process().exitValue()).isEqualTo(130);
        assertThat(program.said())
                .as(String.join("\n", program.said()))
                .last()
                .asString()
                .startsWith("Interrupted: ");
        assertThat(program.said()).noneMatch(line -> line.contains("Exception") || line.contains("broke"));
        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(folder.resolve("verdict.json")).doesNotExist();
        assertThat(program.remains().found()).isEmpty();
    }

    @Test
    void ctrl_c_while_only_reading_leaves_no_clone() throws Exception {
        ServerSocket git = silentServer();
        Path home = Files.createDirectories(folder.resolve("home"));
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "inspect",
                        "http://127.0.0.1:" + git.getLocalPort() + "/student-07.git")
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put("LAB_HOME", home.toString());
        Process process = builder.start();
        open.add(() -> process.destroyForcibly().waitFor(10, TimeUnit.SECONDS));
        open.add(git.accept());
        Path clones = home.resolve("inspect");

        new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();

        assertThat(process.waitFor(CLEAN_WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(folder.resolve("err")).content().startsWith("Interrupted: ").hasLineCount(1);
        assertThat(clones).isEmptyDirectory();
    }
}

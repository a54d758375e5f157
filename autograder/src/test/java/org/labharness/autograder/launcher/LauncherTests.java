package org.labharness.autograder.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.launcher.Checkout.Result;
import org.labharness.autograder.launcher.Checkout.Running;

class LauncherTests {
    static Path jar;

    Checkout checkout;

    @BeforeAll
    static void compileProgram(@TempDir Path folder) throws IOException {
        jar = ProgramJar.make(folder);
    }

    @BeforeEach
    void makeCheckout(@TempDir Path folder) {
        checkout = new Checkout(folder, jar);
    }

    @Nested
    class Starting {
        @Test
        void nothing_but_path_and_home_is_needed_and_stdout_belongs_to_the_program() {
            Result result = checkout.lab("inspect", "a repository", "--json");
            assertThat(result.err()).contains("Building the program: done");
            assertThat(result.out().lines())
                    .containsExactly(
                            "arguments [inspect, a repository, --json]",
                            "state " + checkout.root().resolve(".lab"),
                            "root " + checkout.root(),
                            "locale C.UTF-8",
                            "accents \u00e9t\u00e9");
            assertThat(result.exit()).isZero();
        }

        @Test
        void images_of_another_version_are_replaced_however_young_they_are_and_looked_at_once() throws IOException {
            Path asked = checkout.home().resolve("asked");
            checkout.program("docker", "echo \"$*\" >> " + asked);
            Path properties = checkout.root().resolve(".lab/images.properties");
            Files.createDirectories(properties.getParent());
            Files.writeString(properties, "# made from 1 2\ntools.py311=labharness/tools-py311:another\n");
            Files.setLastModifiedTime(properties, FileTime.from(Instant.now().plus(Duration.ofDays(1))));

            checkout.lab("inspect", ".");
            assertThat(asked).as("reading needs no image").doesNotExist();
            assertThat(checkout.lab("new-course", "c").exit()).isZero();

            assertThat(properties)
                    .content()
                    .containsPattern("(?m)^# made from [0-9]+ [0-9]+$")
                    .containsPattern("(?m)^tools.py311=labharness/tools-py311:[0-9a-f]{12}$");
            Files.delete(asked);
            Files.writeString(checkout.root().resolve("docker/deploy/postgres-password"), "secret");
            checkout.lab("new-course", "c");
            assertThat(asked).doesNotExist();

            Files.writeString(checkout.root().resolve("docker/lab/labinit.c"), "\n", StandardOpenOption.APPEND);
            checkout.lab("new-course", "c");
            assertThat(asked).isNotEmptyFile();
        }

        @Test
        void a_link_in_another_folder_works_from_anywhere() throws IOException {
            checkout.scriptedJdk("99.0.2");
            Path link = Files.createDirectories(checkout.home().resolve("bin")).resolve("lab");
            Files.createSymbolicLink(link, checkout.root().resolve("lab"));
            Result result = checkout.run(checkout.home(), link.toString(), "inspect", ".");
            assertThat(result.out()).contains("root " + checkout.root());
        }

        @Test
        void the_doctor_of_a_course_is_the_programs_and_that_of_the_machine_is_not() {
            checkout.scriptedJdk("99.0.2");
            assertThat(checkout.lab("doctor", "--lab", "a", "--course", "c.yaml")
                            .out())
                    .startsWith("99.0.2 [doctor --lab a --course c.yaml]\n");
            assertThat(checkout.lab("doctor", "--course=c.yaml").out()).startsWith("99.0.2 [doctor --course=c.yaml]\n");
            assertThat(checkout.lab("doctor", "--help").out()).contains("Explains this machine", "--course F");
        }

        @Test
        void the_exit_code_is_the_programs() {
            checkout.scriptedJdk("99.0.2");
            assertThat(checkout.lab("exit", "3").exit()).isEqualTo(3);
        }

        @Test
        void a_cache_for_fast_starts_that_is_damaged_costs_nothing_but_time() throws IOException {
            checkout.lab("inspect");
            List<Path> caches = caches();
            assertThat(caches)
                    .as("this test needs a JDK that writes such caches")
                    .hasSize(1);
            Files.write(caches.getFirst(), new byte[4096]);
            Result result = checkout.lab("inspect");
            assertThat(result.out().lines()).first().isEqualTo("arguments [inspect]");
            assertThat(result.exit()).isZero();
        }

        private List<Path> caches() throws IOException {
            try (Stream<Path> files = Files.walk(checkout.root().resolve(".lab/app"))) {
                return files.filter(file -> file.toString().endsWith(".aot")).toList();
            }
        }

        @Test
        void the_state_may_lie_elsewhere() {
            String elsewhere = checkout.home().resolve("state").toString();
            Result result =
                    checkout.scriptedJdk("99.0.2").with("LAB_HOME", elsewhere).lab("inspect");
            assertThat(result.out()).contains("state " + elsewhere);
            assertThat(checkout.root().resolve(".lab")).doesNotExist();
        }
    }

    @Nested
    class FindingTools {
        @Test
        void the_newest_jdk_is_taken_wherever_it_is() {
            checkout.scriptedJdk("99.0.2");
            assertThat(checkout.lab("inspect", "x").out()).startsWith("99.0.2 [inspect x]\n");
        }

        @Test
        void the_wrapper_builds_where_maven_is_too_old() {
            checkout.program("mvn", "echo 'Apache Maven 3.6.3'");
            Checkout.executable(checkout.root().resolve("mvnw"), "echo wrapper; [[ $1 == -v ]]");
            Result result = checkout.lab("inspect");
            assertThat(result.err()).contains("Building the program failed").contains("Whole log:");
            assertThat(checkout.root().resolve(".lab/logs/Building-the-program.log"))
                    .content()
                    .contains("wrapper");
        }

        @Test
        void no_maven_at_all_is_said_in_one_sentence() {
            checkout.program("mvn", "exit 1");
            Checkout.executable(checkout.root().resolve("mvnw"), "exit 1");
            Result result = checkout.lab("inspect");
            assertThat(result.err()).isEqualTo("""
                            Fetching Maven ...
                            Maven 3.8.6 or newer is needed to build the program, and the wrapper could not fetch one. Run ./lab setup.
                            """);
            assertThat(result.exit()).isEqualTo(4);
        }
    }

    @Nested
    class Building {
        @BeforeEach
        void startNothingHeavy() {
            checkout.scriptedJdk("99.0.2");
        }

        @Test
        void unchanged_sources_are_built_once() {
            checkout.lab("inspect");
            Result second = checkout.lab("inspect");
            assertThat(second.err()).isEmpty();
            assertThat(checkout.builds()).isEqualTo(1);
        }

        @Test
        void a_changed_source_is_built_again() {
            checkout.lab("inspect");
            Checkout.write(checkout.root().resolve("autograder/src/main/java/Some.java"), "class Some { int more; }");
            checkout.lab("inspect");
            assertThat(checkout.builds()).isEqualTo(2);
        }

        @Test
        void a_removed_source_is_noticed() throws IOException {
            checkout.lab("inspect");
            Files.delete(checkout.root().resolve("autograder/src/main/java/Some.java"));
            checkout.lab("inspect");
            assertThat(checkout.builds()).isEqualTo(2);
        }

        @Test
        void two_first_starts_at_once_build_once() {
            Running first = checkout.start("inspect", "first");
            Running second = checkout.start("inspect", "second");
            assertThat(first.result().out()).startsWith("99.0.2 [inspect first]\n");
            assertThat(second.result().out()).startsWith("99.0.2 [inspect second]\n");
            assertThat(checkout.builds()).isEqualTo(1);
        }

        @Test
        void a_failed_build_shows_its_last_error_line_and_is_tried_again() {
            checkout.program(
                    "mvn",
                    "[[ $1 == -v ]] && echo 'Apache Maven 3.9.16' && exit; echo '[ERROR] Some.java: no such type'; exit 1");
            Result failed = checkout.lab("inspect");
            assertThat(failed.err())
                    .contains("Building the program failed: [ERROR] Some.java: no such type")
                    .contains("Whole log: " + checkout.root().resolve(".lab/logs"));
            assertThat(failed.out()).isEmpty();
            assertThat(failed.exit()).isEqualTo(4);
            assertThat(checkout.lab("inspect").err()).contains("Building the program ...");
        }
    }

    @Nested
    class Commands {
        @Test
        void alone_it_prints_the_commands_and_builds_nothing() {
            Result result = checkout.lab();
            assertThat(result.out()).contains("Usage: ./lab COMMAND", "demo ", "inspect ", "doctor ", "Exit codes:");
            assertThat(result.exit()).isZero();
            assertThat(checkout.builds()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"setup", "doctor", "test"})
        void each_has_help_with_examples(String command) {
            Result result = checkout.lab(command, "--help");
            assertThat(result.out()).startsWith("Usage: ./lab " + command).contains("Examples:", "Exit codes:");
            assertThat(result.exit()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"setup", "doctor", "test"})
        void an_unknown_word_is_wrong_use(String command) {
            Result result = checkout.lab(command, "--fsat");
            assertThat(result.err())
                    .isEqualTo("./lab " + command + ": does not know '--fsat'. See ./lab " + command + " --help\n");
            assertThat(result.exit()).isEqualTo(2);
        }

        @Test
        void continuous_integration_runs_the_tests_and_nothing_else() throws IOException {
            Checkout.executable(checkout.root().resolve("lab"), "echo \"called with $*\"");
            Path script =
                    Files.createDirectories(checkout.root().resolve(".ci")).resolve("run");
            Files.copy(Checkout.repository().resolve(".ci/run"), script, StandardCopyOption.COPY_ATTRIBUTES);
            assertThat(checkout.run(checkout.home(), script.toString()).out()).isEqualTo("called with test\n");
        }
    }

    @Nested
    class Testing {
        @BeforeEach
        void startNothingHeavy() {
            checkout.scriptedJdk("99.0.2");
        }

        private Result testsWithMaven(String script) {
            checkout.program("mvn", "[[ $1 == -v ]] && echo 'Apache Maven 3.9.16' && exit; " + script);
            return checkout.lab("test", "--fast");
        }

        @Test
        void fast_tests_need_no_engine_and_show_how_far_they_are() {
            Result result = testsWithMaven("echo \"words $*\"; echo '[INFO] Tests run: 7, Failures: 0'; echo noise");
            assertThat(result.out())
                    .containsPattern("^ +\\d+ s  \\[INFO] Tests run: 7")
                    .doesNotContain("noise");
            assertThat(result.err()).containsPattern("^All tests passed in \\d+ s. Whole log: /");
            assertThat(checkout.root().resolve(".lab/logs/test.log"))
                    .content()
                    .contains("verify -Dquick -DskipITs", "noise");
            assertThat(result.exit()).isZero();
        }

        @Test
        void a_failed_test_is_shown_and_ends_with_four() {
            Result result = testsWithMaven("echo '[ERROR] SomeTests.a_thing:12 expected 1'; exit 1");
            assertThat(result.out()).contains("[ERROR] SomeTests.a_thing:12 expected 1");
            assertThat(result.err()).containsPattern("^Tests failed after \\d+ s. Whole log: /");
            assertThat(result.exit()).isEqualTo(4);
        }
    }

    @Nested
    class Machines {
        @BeforeEach
        void engineOutOfReach() {
            checkout.with("DOCKER_HOST", "tcp://user:secret@127.0.0.1:1");
            for (String tool : List.of("docker", "dockerd", "apt-get")) {
                checkout.program(tool, "echo called >> " + checkout.home() + "/" + tool + ".txt; exit 1");
            }
            for (String tool : List.of("iptables", "mmdebstrap", "mkfs.ext4", "losetup")) {
                checkout.program(tool, "exit 0");
            }
        }

        @Test
        void setup_without_an_engine_it_may_start_installs_nothing_and_says_what_would_mend_it() {
            Result result = checkout.lab("setup");
            assertThat(result.err())
                    .contains("the container engine is installed and does not run", "unset DOCKER_HOST");
            assertThat(result.err()).doesNotContain("secret");
            assertThat(result.exit()).isEqualTo(4);
            assertThat(checkout.home().resolve("apt-get.txt")).doesNotExist();
            assertThat(checkout.home().resolve("dockerd.txt")).doesNotExist();
        }

        @Test
        void doctor_lists_what_is_there_and_what_is_missing() {
            Result result = checkout.lab("doctor");
            assertThat(result.out())
                    .containsPattern("(?m)^ok +JDK +\\d+")
                    .containsPattern("(?m)^missing +engine +installed, does not run$")
                    .containsPattern("(?m)^ok +CA bundle +/")
                    .contains("Missing:");
            assertThat(result.exit()).isEqualTo(4);
        }

        @Test
        void doctor_hides_the_passwords_of_proxy_and_index() {
            checkout.with("https_proxy", "http://user:hidden@proxy.example:3128")
                    .with("PIP_INDEX_URL", "https://user:hidden@index.example/simple");
            assertThat(checkout.lab("doctor").out())
                    .contains("http://***@proxy.example:3128", "https://***@index.example/simple")
                    .doesNotContain("hidden");
        }
    }
}

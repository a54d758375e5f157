package org.labharness.autograder.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.launcher.Checkout.Result;

class ImagesTests {
    Checkout checkout;

    @BeforeEach
    void makeCheckout(@TempDir Path folder) {
        checkout = new Checkout(folder, Path.of("unused.jar"));
    }

    @Test
    void the_same_inputs_give_the_same_names() {
        assertThat(names())
                .isEqualTo(names())
                .hasSize(6)
                .allSatisfy((key, name) ->
                        assertThat(name).matches("labharness/" + key.replace('.', '-') + ":[0-9a-f]{12}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base/packages.txt             | base.py311 base.py313 custom tools.py311 tools.py313 tracking
            tools/uv-requirements.txt     | custom tools.py311 tools.py313 tracking
            tools/dvc-requirements.txt    | tools.py311 tools.py313
            tracking/mlflow-requirements.txt | tracking
            lab/labinit.c                 | custom tools.py311 tools.py313 tracking
            tracking/server.py            | tracking
            custom/pytest-requirements.txt | custom
            custom/custom_check.py        | custom
            postgres/serve.sh             | ''
            launcher/say.sh               | ''
            """)
    void a_changed_input_renames_what_depends_on_it_and_nothing_else(String input, String renamed) throws IOException {
        Map<String, String> before = names();
        Path file = checkout.root().resolve("docker").resolve(input);
        Files.writeString(file, Files.readString(file) + "\n");
        Map<String, String> after = names();
        assertThat(after.entrySet().stream()
                        .filter(image -> !before.containsValue(image.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(renamed);
    }

    @Test
    void an_image_that_only_tests_need_is_named_when_it_is_asked_for() {
        assertThat(images("print", "postgres").out()).matches("postgres=labharness/postgres:[0-9a-f]{12}\n");
        Result unknown = images("print", "postgers");
        assertThat(unknown.err()).isEqualTo("there is no image 'postgers'\n");
        assertThat(unknown.exit()).isEqualTo(2);
    }

    @Test
    void an_unknown_command_is_wrong_use() {
        Result result = images("biuld");
        assertThat(result.err()).startsWith("docker/images.sh knows no command 'biuld'.");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void an_engine_that_does_not_answer_is_one_sentence() {
        checkout.program("docker", "exit 1");
        Result result = images("build");
        assertThat(result.err())
                .isEqualTo(
                        "The container engine does not answer. Start it, then run this again (./lab doctor says how).\n");
        assertThat(result.exit()).isEqualTo(4);
    }

    @Test
    void a_full_disk_is_one_sentence_and_leaves_no_names_behind() {
        checkout.program("docker", """
                case "$1 $2" in
                  "image inspect") exit 1 ;;
                  "info -f") echo /var/lib/engine ;;
                  build*) echo 'write /x: no space left on device' >&2; exit 1 ;;
                  "pull --quiet") echo pulled ;;
                esac""");
        Result result = images("build");
        assertThat(result.out())
                .contains(
                        "FAILED: the disk is full. Free some space where the engine keeps its images (/var/lib/engine)");
        assertThat(result.exit()).isEqualTo(4);
        assertThat(checkout.root().resolve(".lab/images.properties")).doesNotExist();
        assertThat(checkout.root().resolve(".lab"))
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("building."));
    }

    @Test
    void what_a_killed_build_left_is_removed_and_what_another_works_with_is_not() throws IOException {
        Path killed = checkout.root().resolve(".lab/building.killed");
        Path alive = checkout.root().resolve(".lab/building.alive");
        for (Path folder : List.of(killed, alive)) {
            Files.createDirectories(folder.resolve("tools"));
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
        checkout.program("docker", """
                [[ $1 != build && "$1 $2" != "image inspect" ]]""");
        String underLock = "exec 5< '" + alive + "'; flock 5; exec '" + checkout.root() + "/docker/images.sh' build";

        checkout.run(checkout.root(), "/bin/bash", "-c", underLock);

        assertThat(killed).doesNotExist();
        assertThat(alive).isDirectory();
    }

    private Result images(String... command) {
        String program = checkout.root().resolve("docker/images.sh").toString();
        return checkout.run(checkout.root(), program, command);
    }

    private Map<String, String> names() {
        return images("print")
                .out()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
    }
}

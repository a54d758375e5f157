package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** One clear sentence, the right exit code, no stack trace, nothing left behind. */
class BadInputTests {
    @TempDir
    Path folder;

    Path home;
    Path repository;

    @BeforeEach
    void handIn() {
        home = folder.resolve("home");
        repository = Tiny.good(folder.resolve("student-07"));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        for (String place : List.of("inspect", "instances", "logs", "evidence")) {
            Path left = home.resolve(place);
            if (Files.exists(left)) {
                try (Stream<Path> files = Files.list(left)) {
                    assertThat(files).as("left in " + place).isEmpty();
                }
            }
        }
    }

    private Result run(Object... arguments) {
        return new Cli(home).run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    private static void said(Result result, int exit, String... words) {
        assertThat(result.err()).contains(words).doesNotContain("Exception").doesNotContainPattern("(?m)^\\s+at ");
        assertThat(result.out()).isEmpty();
        assertThat(result.exit()).isEqualTo(exit);
    }

    private static void saidInOneSentence(Result result, int exit, String... words) {
        said(result, exit, words);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Nested
    class ALab {
        @Test
        void that_is_unknown_is_named_beside_the_known_ones() {
            saidInOneSentence(
                    run("inspect", repository, "--lab", "dvc-pipelin"),
                    2,
                    "'dvc-pipelin'",
                    "dvc-pipeline",
                    "any-pipeline",
                    "mlflow-tracking");
        }

        @Test
        void that_people_mark_is_no_lab_to_grade_with() throws IOException {
            Path viva = Files.createDirectories(folder.resolve("viva"));
            Files.writeString(viva.resolve("lab.yaml"), """
                    id: viva
                    title: Viva
                    points: 2
                    form: {blocks: [{title: Viva, items: [{id: explain, title: Explains it, points: 2}]}]}
                    """);

            saidInOneSentence(
                    run("grade", repository, "--lab", viva),
                    2,
                    "'viva' has no checks",
                    "people give all",
                    "./lab mark");
            saidInOneSentence(run("verify", viva, "--sample", "solution"), 2, "'viva' has no samples");
            Result verified = run("verify", viva);
            assertThat(verified.out()).isEqualTo("""
                    viva: Viva
                      nothing to prove: people give all of its points, and its form is valid.
                    """);
            assertThat(verified.exit()).isZero();
            assertThat(run("inspect", repository, "--lab", viva).exit()).isZero();
        }

        @Test
        void that_is_invalid_is_refused_with_every_problem_and_its_line() throws IOException {
            Path lab = Files.createDirectories(folder.resolve("apples"));
            Files.writeString(lab.resolve("lab.yaml"), """
                    id: apples
                    title: Apples
                    points: 20
                    limit: {time: 20s}
                    run: dvc
                    checks:
                      - {id: runs, title: It runs, points: 18, reproduces: al}
                    """);
            for (String command : List.of("inspect", "grade")) {
                said(
                        run(command, repository, "--lab", lab),
                        2,
                        "has 2 problems",
                        "lab.yaml:4:",
                        "'limits'",
                        "lab.yaml:7:");
            }
            said(run("verify", lab), 2, "has 2 problems");
        }
    }

    @Nested
    class ARepository {
        @Test
        void that_is_missing() {
            saidInOneSentence(run("inspect", folder.resolve("student-70")), 3, "repository-not-found", "student-70");
        }

        @Test
        void without_the_ref_that_was_asked_for() {
            saidInOneSentence(run("inspect", repository, "--ref", "mian"), 3, "ref-not-found", "'mian'", "main");
        }

        @Test
        void without_a_commit() {
            RepositoryBuilder.create(folder.resolve("empty")).close();
            saidInOneSentence(run("inspect", folder.resolve("empty")), 3, "empty-repository", "Commit and push");
        }

        @Test
        void that_is_none_but_a_folder_with_files() throws IOException {
            Path files = Files.createDirectories(folder.resolve("files"));
            Files.writeString(files.resolve("train.py"), "print(1)\n");
            saidInOneSentence(run("inspect", files), 3, "not-a-repository", "git init");
        }

        @Test
        void that_is_an_empty_folder() throws IOException {
            saidInOneSentence(
                    run("inspect", Files.createDirectories(folder.resolve("bare"))), 3, "not-a-repository", "is empty");
        }

        @Test
        void that_is_larger_than_the_cap() throws IOException {
            String commit =
                    Files.readString(repository.resolve(".git/refs/heads/main")).strip();
            Files.writeString(
                    repository.resolve(".git/packed-refs"),
                    IntStream.rangeClosed(1, 10_001)
                            .mapToObj(number -> commit + " refs/tags/t" + number)
                            .sorted()
                            .collect(Collectors.joining("\n", "# pack-refs with: sorted\n", "\n")));
            saidInOneSentence(run("inspect", repository), 3, "too-large", "10002", "the limit is 10000");
        }

        @Test
        void in_the_network_of_nobody() {
            Result result = run("inspect", "http://127.0.0.1:9/student-07.git");
            assertThat(result.exit()).isIn(3, 4);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("127.0.0.1:9").doesNotContain("Exception");
        }
    }

    @Nested
    class Options {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                grade                                | REPO
                inspect REPO --jsn                   | --jsn
                inspect REPO OTHER                   | OTHER
                grade REPO --ref                     | --ref
                grade REPO --min-score many          | --min-score takes points such as 25 or 12.5, not 'many'
                verify dvc-pipeline --parallel 0     | --parallel takes 1 to 64, not 0
                verify dvc-pipeline --sample no-such | The lab 'dvc-pipeline' has no sample 'no-such'
                verify all --sample solution         | --sample names samples of one lab
                verify dvc-pipeline --parallel two   | 'two'
                demo --parallel 65                   | --parallel takes 1 to 64, not 65
                bench --runs 0                       | --runs takes 1 to 100, not 0
                gade REPO                            | gade
                """)
        void that_are_wrong_are_named(String line, String words) {
            Result result = new Cli(home)
                    .run(line.replace("REPO", repository.toString()).split(" ", -1));
            said(result, 2, words);
            assertThat(home.resolve("demo")).doesNotExist();
        }

        @Test
        void that_are_nearly_right_are_suggested() {
            said(run("inspect", repository, "--jsn"), 2, "--json", "./lab inspect --help");
            said(run("inspct", repository), 2, "inspect", "./lab --help");
        }

        @Test
        void whose_report_cannot_be_written_are_refused_before_anything_runs() throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "");
            saidInOneSentence(run("grade", repository, "--json", folder.resolve("no/v.json")), 2, "no/v.json", "Make");
            saidInOneSentence(run("grade", repository, "--junit", file.resolve("v.xml")), 2, "file/v.xml");
            saidInOneSentence(run("grade", repository, "--markdown", folder), 2, "is a folder");
            saidInOneSentence(run("grade", repository, "--html", file), 2, "is a file");
            saidInOneSentence(run("grade", repository, "--html", file.resolve("page")), 2, "is a file");
        }
    }
}

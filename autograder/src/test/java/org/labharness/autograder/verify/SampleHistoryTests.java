package org.labharness.autograder.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Lab;
import org.labharness.lab.load.InvalidLab;
import org.labharness.lab.load.LabLoader;
import org.labharness.lab.load.SampleLoader;
import org.labharness.lab.sample.Sample;
import org.labharness.pipeline.checkout.History;
import org.labharness.pipeline.evidence.HistoryFacts.Author;
import org.labharness.pipeline.evidence.HistoryFacts.Line;
import org.labharness.pipeline.evidence.HistoryFacts.Work;

/** Samples whose repositories have branches, tags and experiments. */
class SampleHistoryTests {
    private static final Instant HANDED_IN = Instant.parse("2026-09-15T12:00:00Z");
    private static final String EXPECTED = """
            solution: full
            starter: none
            history:
              - {commit: First data, write: {data.csv: versions/one.csv}, tag: v1}
              - {branch: scaling, commit: Scale, write: {scale.py: versions/scale.py}, author: Grace}
              - {branch: scaling, commit: Scale again, write: {scale.py: versions/one.csv}, author: Grace}
              - {commit: More data, write: {data.csv: versions/two.csv}, tag: v2}
              - {merge: scaling, write: {data.csv: versions/one.csv}}
              - {experiment: seed-2, commit: Another seed, write: {params.yaml: versions/scale.py}}
            faulty:
              on-main:
                mistake: Everything was done on main.
                history:
                  - {commit: First data, write: {data.csv: versions/one.csv}, tag: v1}
                loses: {work: 0}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("lab/versions"));
        Files.createDirectories(folder.resolve("lab/solution"));
        Files.createDirectories(folder.resolve("lab/starter"));
        Files.writeString(folder.resolve("lab/versions/one.csv"), "1\n");
        Files.writeString(folder.resolve("lab/versions/two.csv"), "2\n");
        Files.writeString(folder.resolve("lab/versions/scale.py"), "seed: 2\n");
        Files.writeString(folder.resolve("lab/solution/train.py"), "print()\n");
        Files.writeString(folder.resolve("lab/starter/train.py"), "\n");
        Files.writeString(folder.resolve("lab/lab.yaml"), """
                id: lab
                title: A lab
                points: 1
                run: dvc
                checks:
                  - {id: work, title: Branches, points: 1, git-history: {branches: 1}}
                """);
    }

    private List<Sample> samples(String expected) throws IOException {
        Files.writeString(folder.resolve("lab/expected.yaml"), expected);
        Lab lab = LabLoader.load(folder.resolve("lab"));
        return SampleLoader.load(lab);
    }

    private Path built(Sample sample) {
        Path repository = folder.resolve("built").resolve(sample.name());
        SampleRepository.build(folder.resolve("lab"), sample, repository, HANDED_IN);
        return repository;
    }

    @Test
    void the_solution_comes_about_step_by_step() throws IOException {
        Path repository = built(samples(EXPECTED).getFirst());

        try (History history = History.of(repository)) {
            Work work = history.work("main").orElseThrow();
            assertThat(work.lines()).containsExactly(new Line("scaling", 2, true));
            assertThat(work.merges()).hasSize(1);
            assertThat(work.authors()).containsExactly(new Author("Student", 3), new Author("Grace", 2));
            assertThat(text(history, "refs/tags/v1", "data.csv")).isEqualTo("1\n");
            assertThat(text(history, "refs/tags/v2", "data.csv")).isEqualTo("2\n");
            assertThat(history.refs("refs/exps/")).singleElement().asString().endsWith("/seed-2");
            assertThat(text(history, history.refs("refs/exps/").getFirst(), "params.yaml"))
                    .isEqualTo("seed: 2\n");
            assertThat(history.at("refs/heads/main").orElseThrow().files("", 10))
                    .extracting(entry -> entry.path())
                    .containsExactly("train.py");
        }
    }

    private static String text(History history, String ref, String path) {
        return new String(history.at(ref).orElseThrow().bytes(path, 100).orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    void a_faulty_submission_has_a_history_of_its_own_and_the_starter_none() throws IOException {
        List<Sample> samples = samples(EXPECTED);

        assertThat(samples.get(1).history()).isEmpty();
        try (History history = History.of(built(samples.get(2)))) {
            assertThat(history.work("main").orElseThrow().lines()).isEmpty();
            assertThat(history.has("refs/tags/v1")).isTrue();
        }
    }

    @Test
    void the_same_steps_give_the_same_commits() throws IOException {
        Sample solution = samples(EXPECTED).getFirst();
        Path first = built(solution);
        SampleRepository.build(folder.resolve("lab"), solution, folder.resolve("again"), HANDED_IN);

        assertThat(tip(folder.resolve("again"))).isEqualTo(tip(first));
    }

    private static String tip(Path repository) {
        try (History history = History.of(repository)) {
            return history.at("refs/heads/main").orElseThrow().commit();
        }
    }

    @Test
    void mistakes_are_named() {
        InvalidLab invalid = catchThrowableOfType(InvalidLab.class, () -> samples("""
                solution: full
                starter: none
                history:
                  - {merge: scaling}
                  - {commit: x, write: {../a: versions/one.csv, b: versions/three.csv}}
                  - {commit: y, branch: a, experiment: b}
                  - {commit: z, tag: "-x y"}
                  - {tag: v1}
                faulty: {}
                """));

        assertThat(Objects.requireNonNull(invalid).findings())
                .extracting(finding -> finding.message())
                .containsExactly(
                        "'merge' is 'scaling'.",
                        "'../a' leaves the repository.",
                        "'b' is 'versions/three.csv'.",
                        "'step 3' is a mapping.",
                        "'tag' is '-x y'.",
                        "'step 5' has no 'commit'.");
    }
}

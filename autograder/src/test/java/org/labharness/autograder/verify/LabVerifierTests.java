package org.labharness.autograder.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.verify.SampleGrader.Graded;
import org.labharness.lab.Check;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.lab.load.InvalidLab;

/** Against a grader that reads the points from the sample's own file {@code scores}. */
class LabVerifierTests {
    private static final String EXPECTED = """
            solution: full
            starter: none
            faulty:
              broken: {mistake: It does not run., loses: {runs: 2.5}}
              no-report: {mistake: The report is missing., delete: [REPORT.md], loses: {report: 0}}
            """;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void writeLab() throws IOException {
        write("lab.yaml", """
                id: small
                title: A small lab
                points: 10
                run: dvc
                checks:
                  - {id: runs, title: It runs, points: 6, reproduces: all}
                  - {id: report, title: It is explained, points: 4, files-present: [REPORT.md]}
                """);
        write("expected.yaml", EXPECTED);
        write("solution/scores", "6 4");
        write("solution/REPORT.md", "Done.");
        write("starter/scores", "0 0");
        write("faulty/broken/scores", "2.5 4");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private LabProof verify(String... names) {
        return new LabVerifier(LabVerifierTests::grade, scratch, 2)
                .verify(
                        folder,
                        Set.of(names),
                        result -> heard.add(result.sample().name()));
    }

    private static Graded grade(Lab lab, Path repository) {
        try {
            assertThat(repository.resolve(".git")).isDirectory();
            String scores = Files.readString(repository.resolve("scores")).strip();
            if (scores.equals("refused")) {
                return new SampleGrader.Refused("nothing-to-grade", "There is nothing.");
            }
            if (scores.equals("broke")) {
                throw new IllegalStateException("the engine is gone");
            }
            List<Verdict> verdicts = new ArrayList<>();
            String[] points = scores.split(" ", -1);
            for (int i = 0; i < points.length; i++) {
                Check check = lab.checks().get(i);
                boolean reportGone = i == 1 && !Files.exists(repository.resolve("REPORT.md"));
                verdicts.add(verdict(check, reportGone ? "0" : points[i]));
            }
            return new SampleGrader.Scored(verdicts);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Verdict verdict(Check check, String points) {
        boolean aside = points.equals("aside");
        boolean ours = points.equals("ours");
        Points earned = aside ? Points.ZERO : ours ? check.points() : Points.parse(points);
        return new Verdict(
                check.id(),
                check.title(),
                earned,
                aside ? Points.ZERO : check.points(),
                aside || ours ? Support.UNTESTABLE : Support.REPRODUCED,
                aside ? Untestable.NOT_APPLICABLE : ours ? Untestable.OURS : null,
                "Check " + check.id() + " earned " + points + ".",
                "",
                null);
    }

    @Test
    void a_lab_whose_samples_earn_what_they_must_holds() throws IOException {
        LabProof proof = verify();

        assertThat(proof.holds()).isTrue();
        assertThat(heard).containsExactlyInAnyOrder("solution", "starter", "broken", "no-report");
        assertThat(ProofTable.render(proof).lines().map(String::stripTrailing))
                .containsExactly(
                        "small: A small lab",
                        "  ok  solution   10 of 10",
                        "  ok  starter    0 of 10       loses report, runs",
                        "  ok  broken     6.5 of 10     loses runs",
                        "  ok  no-report  6 of 10       loses report",
                        "  holds: 4 samples as expected, each of 2 checks lost alone by one of them.");
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    /** An evaluator that is not there gives full points to everybody, and proves nothing. */
    @Test
    void points_that_are_given_because_the_harness_failed_prove_nothing() throws IOException {
        write("solution/scores", "6 ours");

        LabProof proof = verify();

        assertThat(proof.holds()).isFalse();
        assertThat(ProofTable.render(proof)).contains("BAD solution", "report: expected 4, seen could not be tested");
    }

    @Test
    void some_samples_prove_nothing_of_the_lab() throws IOException {
        LabProof proof = verify("broken");

        assertThat(heard).containsExactly("broken");
        assertThat(ProofTable.render(proof).lines().map(String::stripTrailing))
                .containsExactly(
                        "small: A small lab",
                        "  ok  broken  6.5 of 10     loses runs",
                        "  as expected. Only without --sample is the lab itself proved.");

        write("faulty/broken/scores", "6 4");
        LabProof wrong = verify("broken");
        assertThat(wrong.holds()).isFalse();
        assertThat(ProofTable.render(wrong)).contains("BAD broken", "  NOT AS EXPECTED. Only without");
    }

    @Test
    void a_check_that_nobody_loses_alone_is_caught() throws IOException {
        write("expected.yaml", """
                solution: full
                starter: none
                faulty:
                  broken: {mistake: It does not run., loses: {runs: 2.5}}
                """);

        LabProof proof = verify();

        assertThat(proof.holds()).isFalse();
        assertThat(proof.gaps())
                .containsExactly(
                        "No faulty submission loses the check 'report' and keeps all the others. None loses it at"
                                + " all.");
    }

    @Test
    void a_check_that_is_only_lost_together_with_another_is_caught() throws IOException {
        write("faulty/no-report/scores", "5 4");
        write("expected.yaml", EXPECTED.replace("{report: 0}", "{runs: 5, report: 0}"));

        assertThat(verify().gaps())
                .containsExactly("No faulty submission loses the check 'report' and keeps all the others. Nearest:"
                        + " 'no-report' also loses runs.");
    }

    @Test
    void a_wrong_expectation_is_caught_with_what_the_grading_said() throws IOException {
        write("expected.yaml", EXPECTED.replace("{runs: 2.5}", "{runs: 3}"));

        LabProof proof = verify();

        assertThat(proof.holds()).isFalse();
        assertThat(proof.gaps()).isEmpty();
        assertThat(ProofTable.render(proof))
                .contains("BAD broken")
                .contains("        runs: expected 3, seen 2.5\n          Check runs earned 2.5.\n")
                .contains("DOES NOT HOLD: 1 of 4 samples deviate, 0 checks are not proved.");
    }

    @Test
    void a_faulty_submission_that_loses_nothing_though_it_must_is_caught() throws IOException {
        write("faulty/broken/scores", "6 4");

        LabProof proof = verify();

        assertThat(ProofTable.render(proof)).contains("runs: expected 2.5, seen 6");
        assertThat(proof.gaps()).hasSize(1).first().asString().contains("'runs'");
    }

    @Test
    void a_solution_that_loses_points_is_caught() throws IOException {
        write("solution/scores", "5.99 4");

        LabProof proof = verify();

        assertThat(proof.holds()).isFalse();
        assertThat(proof.gaps()).contains("The solution does not keep the check 'runs'.");
        assertThat(ProofTable.render(proof)).contains("BAD solution", "runs: expected 6, seen 5.99");
    }

    @Test
    void a_starter_that_earns_points_is_caught() throws IOException {
        write("starter/REPORT.md", "Something.");
        write("starter/scores", "0 0.5");

        assertThat(ProofTable.render(verify())).contains("BAD starter", "report: expected 0, seen 0.5");
    }

    @Test
    void refused_and_set_aside_are_told_from_no_points() throws IOException {
        write("starter/scores", "refused");
        assertThat(ProofTable.render(verify())).contains("outcome: expected graded, seen refused (nothing-to-grade)");
        write("expected.yaml", EXPECTED.replace("starter: none", "starter: refused"));
        assertThat(verify().holds()).isTrue();
        write("starter/scores", "0 0");
        assertThat(ProofTable.render(verify())).contains("outcome: expected refused, seen graded");

        write("expected.yaml", EXPECTED.replace("{runs: 2.5}", "{runs: set-aside}"));
        assertThat(ProofTable.render(verify())).contains("runs: expected set aside, seen 2.5");
        write("faulty/broken/scores", "aside 4");
        assertThat(ProofTable.render(verify())).contains("ok  broken     4 of 4 (10)");
    }

    @Test
    void a_harness_that_breaks_ends_the_verification() throws IOException {
        write("faulty/broken/scores", "broke");

        assertThatThrownBy(this::verify).hasMessage("the engine is gone");
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void problems_of_expected_yaml_are_named_all_at_once() throws IOException {
        write("faulty/forgotten/scores", "0 0");
        write("expected.yaml", """
                solution: fully
                starter: {rums: 0, report: 5}
                faulty:
                  brocken: {mistake: It does not run., loses: {runs: 2}}
                  no-report: {mistake: Gone., delete: [NOTES.md], loses: {report: none}}
                """);

        assertThatThrownBy(this::verify)
                .isInstanceOf(InvalidLab.class)
                .hasMessageContaining("8 problems")
                .hasMessageContaining("expected.yaml:1: 'solution' is 'fully'.\n      Did you mean 'full'?")
                .hasMessageContaining("expected.yaml:2: 'rums' is no key of 'starter'.\n      Did you mean 'runs'?")
                .hasMessageContaining("'report' is '5' (a number).\n      Expected at most 4, the points of the check.")
                .hasMessageContaining("expected.yaml:4: There is no folder " + folder.resolve("faulty/brocken"))
                .hasMessageContaining("'delete' is 'NOTES.md'.\n      Expected a file of the solution.")
                .hasMessageContaining("'report' is 'none'.\n      Expected points, or 'set-aside'.")
                .hasMessageContaining("The folder faulty/broken is not listed")
                .hasMessageContaining("The folder faulty/forgotten is not listed");
    }
}

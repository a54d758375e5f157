package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.CustomFacts.Outcome;
import org.labharness.pipeline.evidence.CustomFacts.Result;
import org.labharness.pipeline.evidence.Evidence;

/** The lab's own tests as the last step of a run: they see what the stages made and what the harness found out. */
@Timeout(300)
class CustomCheckIT {
    private static final String LAB = """
            id: report
            title: A report
            points: 5
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: report, title: It reports, points: 5, custom: {file: tests/test_report.py, items: {test_numbers: 2, test_ran: 3}}}
            """;
    private static final String TESTS = """
            import json

            def test_numbers(tree):
                f1 = json.loads((tree / "scores.json").read_text())["f1"]
                assert str(f1) in (tree / "report.md").read_text(), f"report.md does not name the F1 of {f1}"

            def test_ran(evidence):
                stages = {stage["name"]: stage["status"] for stage in evidence["run"]["stages"]}
                assert stages == {"train": "RAN"}, stages
                assert evidence["custom"] == []
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @Test
    void sees_what_came_out_of_the_run(@TempDir Path folder) throws Exception {
        Path repository = folder.resolve("student");
        Files.createDirectories(folder.resolve("lab/tests"));
        Files.writeString(folder.resolve("lab/tests/test_report.py"), TESTS);
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write(".dvc/config", "")
                    .write("train.py", "open('scores.json', 'w').write('{\"f1\": 0.75}')\n")
                    .write("report.md", "# Report\nWe got 0.8.\n")
                    .write("conftest.py", "raise SystemExit(0)\n")
                    .write(
                            "dvc.yaml",
                            "stages:\n  train: {cmd: python3 train.py, deps: [train.py], metrics: [scores.json: {cache: false}]}\n")
                    .commit("Hand in", Instant.parse("2026-03-01T12:00:00Z"));
        }

        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);

        assertThat(evidence.custom()).singleElement().satisfies(facts -> {
            assertThat(facts.complete()).isTrue();
            assertThat(facts.tests().get(0).results())
                    .containsExactly(new Result("", Outcome.FAILED, "report.md does not name the F1 of 0.75", 5));
            assertThat(facts.tests().get(1).results()).containsExactly(new Result("", Outcome.PASSED, "", 0));
        });
    }
}

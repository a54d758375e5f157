package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;

/** Notebooks as stages: what runs them asks for the kernel of the author's machine. */
@Tag("full")
@Timeout(600)
class NotebookStageIT {
    private static final String LAB = """
            id: notebooks
            title: Notebooks
            points: 1
            environment: {python: "3.11"}
            limits: {time: 4m, memory: 1GiB, disk: 256MiB, processes: 256}
            run: dvc
            checks:
              - {id: again, title: Again, points: 1, second-run-does-nothing: true}
            """;

    private static final String PIPELINE = """
            stages:
              prepare:
                cmd: jupyter nbconvert --to notebook --execute --inplace prepare.ipynb
                outs: [clean.txt: {cache: false}]
              fit:
                cmd: papermill -p rounds 3 fit.ipynb done.ipynb
                deps: [clean.txt]
                outs: [fit.txt: {cache: false}, done.ipynb]
              check:
                cmd: jupyter execute check.ipynb
                deps: [fit.txt]
                outs: [checked.txt]
              other:
                cmd: jupyter execute other.ipynb
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @Test
    void a_kernel_of_the_authors_machine_is_stood_in_for_where_it_is_a_python(@TempDir Path folder) throws IOException {
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("requirements.txt", "nbconvert\nipykernel\npapermill\n")
                    .write(
                            "prepare.ipynb",
                            notebook("mlops-env", "python", "import sys; open('clean.txt', 'w').write(sys.prefix)"))
                    .write("fit.ipynb", notebook("conda-env-x-py", "python", "open('fit.txt', 'w').write(str(rounds))"))
                    .write("check.ipynb", notebook(".venv", "python", "open('checked.txt', 'w').write('good')"))
                    .write("other.ipynb", notebook("ir", "R", "cat(1)"))
                    .write("dvc.yaml", PIPELINE)
                    .commit("Hand in", Instant.parse("2026-03-01T12:00:00Z"));
        }

        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);

        assertThat(evidence.run().stages())
                .as(evidence.run().toString())
                .filteredOn(stage -> stage.status() == Status.RAN)
                .extracting(StageRun::name)
                .containsExactlyInAnyOrder("prepare", "fit", "check");
        assertThat(evidence.run().stages())
                .filteredOn(stage -> stage.name().equals("other"))
                .singleElement()
                .satisfies(stage -> assertThat(stage.log().lastError()).contains("No such kernel named ir"));
        assertThat(evidence.findings())
                .filteredOn(finding -> finding.code().equals("code.notebook-kernel"))
                .extracting(Finding::where)
                .hasSize(3);
    }

    private static String notebook(String kernel, String language, String code) {
        return """
                {
                 "cells": [
                  {"cell_type": "code", "execution_count": null, "id": "a1", "outputs": [], "source": ["%s"],
                   "metadata": {"tags": []}}
                 ],
                 "metadata": {"kernelspec": {"display_name": "Mine", "language": "%s", "name": "%s"}},
                 "nbformat": 4,
                 "nbformat_minor": 5
                }
                """.formatted(code, language, kernel);
    }
}

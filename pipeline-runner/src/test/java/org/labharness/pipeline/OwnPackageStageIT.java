package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;

/** {@code -e .} with the real setuptools, whose notes ({@code homework.egg-info}, {@code build/}) belong into no clone. */
@Timeout(300)
class OwnPackageStageIT {
    private static final String LAB = """
            id: own
            title: A package
            points: 2
            environment: {python: "3.11"}
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 1, reproduces: all}
              - {id: outputs, title: Every output is declared, points: 1, outputs-declared: true}
            """;
    private static final String PYPROJECT = """
            [build-system]
            requires = ["setuptools>=64", "wheel"]
            build-backend = "setuptools.build_meta"

            [project]
            name = "homework"
            version = "0.7"
            dependencies = ["six"]
            scripts = {make-rows = "homework.rows:main"}

            [tool.setuptools.packages.find]
            where = ["src"]
            """;
    private static final String SETUP = """
            from setuptools import find_packages, setup

            setup(
                name="homework",
                version="0.7",
                packages=find_packages("src"),
                package_dir={"": "src"},
                install_requires=["six"],
                entry_points={"console_scripts": ["make-rows=homework.rows:main"]},
            )
            """;
    private static final String ROWS = """
            import importlib.metadata
            import six

            def main():
                open("rows.txt", "w").write(f"{__file__} {importlib.metadata.version('homework')} {six.PY3}")
            """;

    @RegisterExtension
    static final WholeRun RUN = new WholeRun();

    @ParameterizedTest
    @CsvSource({"pyproject.toml, -e .", "setup.py, -e .", "setup.py, --editable ./"})
    void leaves_nothing_in_the_clone(String file, String requirement, @TempDir Path folder) throws IOException {
        Path repository = folder.resolve("student");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("requirements.txt", requirement + "\n")
                    .write(file, file.equals("setup.py") ? SETUP : PYPROJECT)
                    .write("src/homework/__init__.py", "")
                    .write("src/homework/rows.py", ROWS)
                    .write(".gitignore", "/rows.txt\n/found.txt\n")
                    .write("dvc.yaml", """
                            stages:
                              rows: {cmd: make-rows && grep -x '/work/src/homework/rows.py 0.7 True' rows.txt, outs: [rows.txt]}
                              look:
                                cmd: python -m homework.rows && find . -name '*.egg-info' -o -name build -o -name dist > found.txt && test ! -s found.txt
                                deps: [rows.txt]
                                outs: [found.txt]
                            """)
                    .commit("Hand in", Instant.parse("2026-03-01T12:00:00Z"));
        }

        Evidence evidence = RUN.of(repository, LAB, Progress.SILENT);

        assertThat(evidence.run().stages())
                .as(evidence.run().toString())
                .extracting(StageRun::status)
                .containsExactly(Status.RAN, Status.RAN);
        assertThat(evidence.run().undeclared()).isEmpty();
        EnvironmentFacts environment = Objects.requireNonNull(evidence.environment());
        assertThat(environment.setAside()).isEmpty();
        assertThat(environment.installed()).anyMatch(pin -> pin.startsWith("six=="));
    }
}

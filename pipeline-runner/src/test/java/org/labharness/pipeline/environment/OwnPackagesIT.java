package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;

/** {@code -e .} and other packages of the submission's own. */
@Timeout(300)
class OwnPackagesIT {
    @TempDir
    private Path folder;

    private Shelf shelf;

    @BeforeEach
    void fill() {
        shelf = new Shelf(folder);
        shelf.index.with("six", "1.16.0", "2024-01-01T00:00:00Z");
        shelf.write("src/homework/__init__.py", "def hello():\n    print('hello from', __file__)\n");
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private void project(String before) {
        shelf.write("pyproject.toml", BuildBackend.PROJECT + "[project]\nname = 'homework'\ndependencies = ['six']\n")
                .write("backend.py", BuildBackend.script("homework", "0.7", "src", "six", before));
    }

    @Test
    void areFoundWhereTheyLieWithTheirCommandsAndWhatTheyNeed() {
        project("");

        PreparedEnvironment built = shelf.prepare("-e .\n");

        assertThat(built.facts().setAside()).isEmpty();
        assertThat(built.facts().installed()).contains("six==1.16.0");
        assertThat(shelf.python(
                        built,
                        "import homework, importlib.metadata as m; homework.hello(); print(m.version('homework'))"))
                .isEqualTo("hello from /work/src/homework/__init__.py\n0.7");
        assertThat(shelf.run(built, "say-hello")).isEqualTo("hello from /work/src/homework/__init__.py");
        assertThat(folder.resolve("tree/build")).doesNotExist();
    }

    @Test
    void thatAreNotEditableAreCopied() {
        project("");

        assertThat(shelf.python(shelf.prepare(".\n"), "import homework; homework.hello()"))
                .isEqualTo("hello from /env-own/site/homework/__init__.py");
    }

    @Test
    void thatCannotBeBuiltAreFoundAllTheSame() {
        project("raise SystemExit('Error: README.md is missing')");

        PreparedEnvironment built = shelf.prepare("-e .\n");

        assertThat(shelf.python(built, "import homework; homework.hello()"))
                .isEqualTo("hello from /work/src/homework/__init__.py");
        assertThat(built.findings()).extracting(Finding::code).containsExactly("env.local-package");
        assertThat(built.findings().getFirst().message())
                .contains("README.md is missing")
                .contains("'-e .'");
    }

    @Test
    void bringNothingIntoTheEnvironmentThatOthersUseOrOutOfTheSandbox() {
        project("""
                extra["../../evil.py"] = ""
                extra["/evil.py"] = ""
                extra["homework-0.7.data/scripts/../../../evil"] = ""
                extra["sneaky.pth"] = "import os; print('sneaky')"
                """);

        PreparedEnvironment built = shelf.prepare(".\n");

        assertThat(shelf.python(built, "import homework; homework.hello()")).doesNotContain("sneaky");
        assertThat(folder.resolve("home/environments/evil.py")).doesNotExist();
        assertThat(folder.resolve("home/environments/own/evil.py")).doesNotExist();
        PreparedEnvironment other = shelf.prepare("six\n");
        assertThat(other.venv()).isEqualTo(built.venv());
        assertThat(shelf.python(other, "import importlib.util as u; print(u.find_spec('homework'))"))
                .isEqualTo("None");
    }
}

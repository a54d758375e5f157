package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.Severity;
import org.labharness.pipeline.document.PythonImports;
import org.labharness.pipeline.document.PythonSource;
import org.labharness.pipeline.evidence.EnvironmentFacts;

class LackingPackagesTests {
    private static final List<String> PATHS = List.of("src/plot.py", "src/helpers.py", "notes/mymath/__init__.py");

    @TempDir
    private Path venv;

    private List<String> lacking(String code, String declaredIn, String... told) throws IOException {
        Path site = Files.createDirectories(venv.resolve("lib/python3.11/site-packages"));
        Files.createDirectories(site.resolve("pandas"));
        Files.createDirectories(site.resolve("pandas-2.3.3.dist-info"));
        Files.writeString(site.resolve("six.py"), "");
        Files.writeString(site.resolve("_cffi_backend.cpython-311-x86_64-linux-gnu.so"), "");
        EnvironmentFacts.SetAside windows = new EnvironmentFacts.SetAside(
                "pywin32==306", new Place("requirements.txt", 3), "is for Windows only", false, false);
        EnvironmentFacts facts = new EnvironmentFacts(
                "3.11",
                declaredIn.isEmpty() ? List.of() : List.of(declaredIn),
                List.of("pandas==2.3.3", "six==1.17.0"),
                List.of(windows),
                List.of(),
                null,
                null,
                "x");
        PreparedEnvironment environment = new PreparedEnvironment(facts, venv, PythonVersion.parse("3.11"));
        return LackingPackages.of(
                        environment,
                        PythonImports.of("src/plot.py", PythonSource.of(code)),
                        PATHS,
                        List.of(told),
                        Severity.ADVICE)
                .stream()
                .map(Finding::toString)
                .toList();
    }

    @Test
    void whatIsImportedAndNotInstalledIsNamedWithItsPackageOnce() throws IOException {
        assertThat(lacking(
                        "import pandas\nimport yaml\nfrom sklearn.tree import x\nimport sklearn\n", "requirements.txt"))
                .satisfiesExactly(
                        yaml -> assertThat(yaml)
                                .contains("src/plot.py:2 imports yaml, which comes with the package PyYAML."
                                        + " requirements.txt does not ask for it, and nothing that it asks for brings it along, so a"
                                        + " script that comes to that line ends there.")
                                .contains("Add PyYAML to requirements.txt."),
                        sklearn -> assertThat(sklearn)
                                .contains(":3 imports sklearn.tree")
                                .contains("scikit-learn"));
    }

    @Test
    void nothingIsSaidOfWhatMayBeThereOrIsNotKnownForCertain() throws IOException {
        assertThat(lacking("""
                        import os, six, helpers, mymath, win32api, of_nobody_knows_whom
                        try:
                            import seaborn
                        except ImportError:
                            seaborn = None
                        """, "requirements.txt")).isEmpty();
    }

    @Test
    void whatAStageDiedOfIsToldThere() throws IOException {
        assertThat(lacking(
                        "import yaml\nimport seaborn\n",
                        "requirements.txt",
                        "ModuleNotFoundError: No module named 'yaml'"))
                .singleElement()
                .asString()
                .contains("seaborn");
    }

    @Test
    void theHintFitsWhereThePackagesComeFrom() throws IOException {
        assertThat(lacking("import yaml", "uv.lock").getFirst())
                .contains("Run: uv add PyYAML, and commit pyproject.toml and uv.lock.");
        assertThat(lacking("import yaml", "app/poetry.lock").getFirst()).contains("Run: poetry add PyYAML");
        assertThat(lacking("import yaml", "lab.yaml").getFirst())
                .contains("It is not among the packages of this lab")
                .contains("ask your instructor");
        assertThat(lacking("import yaml", "")).as("imports were all there was").isEmpty();
    }
}

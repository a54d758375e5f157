package org.labharness.pipeline.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.collect.dvc.DataSources;
import org.labharness.pipeline.collect.dvc.LinkTargets;
import org.labharness.pipeline.collect.dvc.Pipelines;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

class PreflightTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private PreflightReport read(String branch, Consumer<RepositoryBuilder> files) {
        Path origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin, branch)) {
            files.accept(builder);
            builder.commit("work", MONDAY);
        }
        CheckedOut out = new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(scratch.resolve("clone"), new Source(origin.toString(), null), CheckoutLimits.DEFAULT);
        List<String> paths = out.tree().files().stream().map(TreeFile::path).toList();
        TreeReader tree = LinkTargets.reader(out.directory(), out.links(), paths, List.of());
        List<PipelineFacts> pipelines = Pipelines.read(tree, paths);
        return Preflight.read(out, tree, pipelines, new DataSources(tree, paths, pipelines).read(List.of()));
    }

    private static String shown(PreflightReport report) {
        return report.findings().stream().map(PreflightTests::shown).collect(Collectors.joining("\n"));
    }

    private static String shown(Finding finding) {
        String where = finding.where() == null ? "-" : finding.where().toString();
        return finding.severity() + " " + finding.code() + " " + where + "\n  " + finding.message() + "\n  > "
                + finding.hint() + "\n";
    }

    private static void golden(String name, String actual) throws IOException {
        Golden.check(name, actual);
    }

    @Test
    void a_sound_repository_gives_no_finding() {
        PreflightReport report = read(
                "main",
                repository -> repository
                        .write(".dvc/config", "")
                        .write("requirements.txt", "mlflow==2.17.2\n")
                        .write("train.py", "import mlflow\nmlflow.log_metric('a', 1)\n# http://localhost:5000\n")
                        .write("dvc.yaml", "stages:\n  train: {cmd: python train.py, deps: [train.py]}\n")
                        .write(
                                "dvc.lock",
                                "schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    deps:\n    - path: train.py\n"
                                        + "      hash: md5\n      md5: " + sum() + "\n"));
        assertThat(report.findings()).isEmpty();
        assertThat(report.tools().dvc()).isTrue();
        assertThat(report.tools().mlflow()).isTrue();
        assertThat(report.trackingUris()).isEmpty();
        assertThat(report.tools().mlproject()).isEmpty();
    }

    private static String sum() {
        return Sums.md5("import mlflow\nmlflow.log_metric('a', 1)\n# http://localhost:5000\n");
    }

    @Test
    void a_pipeline_with_every_slip_gets_these_words() throws IOException {
        PreflightReport report = read("master", repository -> {
            repository.write(
                    ".dvc/config",
                    "[core]\n    remote = disk\n['remote \"disk\"']\n    url = C:\\Users\\ann\\store\n    password = hunter22\n");
            repository.write(
                    "data/raw.csv.dvc",
                    "outs:\n- md5: 00112233445566778899aabbccddeeff\n  size: 10\n  path: raw.csv\n");
            repository.write("params.yaml", "lr: 0.2\n");
            repository.write("prepare.py", "print(1)\n");
            repository.write("train.py", "print(2)\n");
            repository.write("dvc.yaml", """
                    stages:
                      prepare:
                        cmd: git checkout v1 && python prepare.py
                        deps: [prepare.py, data/raw.csv, params.yaml, extra.csv]
                        outs: [out]
                      train:
                        cmd: sudo python train.py --data /home/ann/data.csv
                        deps: [train.py, out, 'src\\x.py']
                        params: [lr, {config.yaml: [a]}]
                        outs: [model.pkl]
                    """);
            repository.write("dvc.lock", """
                    schema: '2.0'
                    stages:
                      prepare:
                        cmd: python prepare.py
                        deps:
                        - path: prepare.py
                          md5: %s
                      train:
                        cmd: sudo python train.py --data /home/ann/data.csv
                        params:
                          params.yaml:
                            lr: 0.1
                        deps:
                        - path: train.py
                          md5: %s
                    """.formatted(Sums.md5("print(1)\r\n"), Sums.md5("print(1)\n")));
            repository.write("out/p.csv", "x");
            repository.write("test_metrics.json", "{}");
            repository.write("requirments.txt", "pandas\n");
        });
        golden("pipeline.txt", shown(report));
    }

    @Test
    void committed_things_and_secrets_get_these_words() throws IOException {
        String token = "ghp_" + "A1b2C3d4E5".repeat(4);
        PreflightReport report = read("main", repository -> {
            repository.write("MLproject", "name: x\nentry_points:\n  main: {command: 'python my code.py'}\n");
            repository.write("my code.py", "TOKEN = '" + token + "'\nURL = 'https://ann:s3cr3tpw@dagshub.com/ann/x'\n");
            repository.write("key.txt", "-----BEGIN RSA PRIVATE KEY-----\n");
            repository
                    .write("venv/pyvenv.cfg", "home = x\n")
                    .write("venv/lib/python3.11/site-packages/a/b.py", "import mlflow\n");
            repository
                    .write("src/__pycache__/a.pyc", "x")
                    .write("mlruns/0/meta.yaml", "x")
                    .write("mlflow.db", "x");
            repository.write("big.bin", new byte[(10 << 20) + 1]);
            repository
                    .write("m.pt", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n")
                    .link("l", "/etc/passwd");
            repository.write(
                    "requirements.txt",
                    "\uFEFFnumpy==1.26\npywin32==306\nscipy @ file:///C:/x\nnumpy=1.26=py311_0\n<<<<<<< HEAD\n"
                            .getBytes(StandardCharsets.UTF_16LE));
        });
        golden("committed.txt", shown(report));
        assertThat(shown(report)).doesNotContain(token, "s3cr3tpw");
        assertThat(report.tools().mlproject()).isEqualTo("MLproject");
        assertThat(report.tools().dvc()).isFalse();
    }

    @Test
    void hard_coded_tracking_addresses_get_these_words() throws IOException {
        PreflightReport report = read("main", repository -> {
            repository.write("requirements.txt", "mlflow\n").write("MLproject", "name: x\n");
            repository.write("train.py", """
                    import mlflow
                    # mlflow.set_tracking_uri("http://localhost:9999")
                    mlflow.set_tracking_uri("http://localhost:5000")
                    API = "http://localhost:8000/predict"
                    """);
            repository.write("serve.py", "import uvicorn\nuvicorn.run(app, port=8080)\n");
            repository.write(
                    "other.py", "from mlflow import MlflowClient\nclient = MlflowClient('http://127.0.0.1:8080')\n");
            repository.write("files.py", "import mlflow\nmlflow.set_tracking_uri('sqlite:///mlflow.db')\n");
            repository.write("hub.py", "import dagshub\ndagshub.init(repo_owner='a', repo_name='b', mlflow=True)\n");
            repository.write("config.yaml", "mlflow:\n  tracking_uri: https://dagshub.com/a/b.mlflow\n");
        });
        golden("tracking.txt", shown(report));
        assertThat(report.trackingUris())
                .extracting(
                        TrackingUri::uri,
                        TrackingUri::host,
                        TrackingUri::port,
                        uri -> uri.where().toString(),
                        TrackingUri::bound)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "http://localhost:5000", "localhost", 5000, "train.py:3", false),
                        org.assertj.core.groups.Tuple.tuple(
                                "http://127.0.0.1:8080", "127.0.0.1", 8080, "other.py:2", true),
                        org.assertj.core.groups.Tuple.tuple("sqlite:///mlflow.db", "", -1, "files.py:2", false),
                        org.assertj.core.groups.Tuple.tuple("dagshub.init(...)", "dagshub.com", 443, "hub.py:2", false),
                        org.assertj.core.groups.Tuple.tuple(
                                "https://dagshub.com/a/b.mlflow", "dagshub.com", 443, "config.yaml:2", false));
    }

    @Test
    void a_repository_with_nothing_to_run_says_so() throws IOException {
        golden(
                "nothing.txt",
                shown(read(
                        "main", repository -> repository.write("README.md", "x").write("a.py", "print(1)"))));
    }

    @Test
    void hostile_files_end_in_findings_and_in_time() {
        String nest = "(".repeat(600_000);
        String quotes = "'''\\".repeat(150_000);
        String nearly = ("https://" + "a:".repeat(40)).repeat(10_000);
        String spaces = (" ".repeat(200) + "password").repeat(80) + "\n";
        PreflightReport report = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> read(
                        "main",
                        repository -> repository
                                .write("deep.py", "import mlflow\n" + nest)
                                .write("quotes.py", quotes)
                                .write("long.yaml", nearly)
                                .write(".dvc/config", spaces.repeat(20))
                                .write("dvc.yaml", "a: ".repeat(100_000))
                                .write("requirements.txt", "x=1=".repeat(100_000))));
        assertThat(report.findings()).extracting(Finding::code).contains("dvc.unreadable");
    }
}

package org.labharness.pipeline.preflight;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

/** A student's repository: a sound one-stage pipeline, until a fixture changes something in it. */
final class Work implements AutoCloseable {
    static final String TRAIN = """
            import json

            import mlflow


            def main():
                with mlflow.start_run():
                    mlflow.log_metric("accuracy", 0.9)
                with open("metrics.json", "w") as out:
                    json.dump({"accuracy": 0.9}, out)


            if __name__ == "__main__":
                main()
            """;
    static final String METRICS = "{\"accuracy\": 0.9}";
    static final String PIPELINE = """
            stages:
              train:
                cmd: python train.py
                deps:
                - train.py
                params:
                - lr
                metrics:
                - metrics.json:
                    cache: false
            """;

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    private final RepositoryBuilder builder;
    private Instant now = MONDAY;
    private boolean done;

    private Work(RepositoryBuilder builder) {
        this.builder = builder;
    }

    /** Makes the repository, clones it and reads the clone. */
    static PreflightReport read(Path scratch, Consumer<Work> changes) {
        return read(scratch, "main", changes);
    }

    static PreflightReport read(Path scratch, String branch, Consumer<Work> changes) {
        Path origin = scratch.resolve("origin");
        try (Work work = new Work(RepositoryBuilder.create(origin, branch))) {
            work.sound();
            changes.accept(work);
            if (!work.done) {
                work.commit("Hand in");
            }
        }
        CheckedOut out = new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(scratch.resolve("clone"), new Source(origin.toString(), null), CheckoutLimits.DEFAULT);
        List<String> paths = out.tree().files().stream().map(TreeFile::path).toList();
        TreeReader tree = LinkTargets.reader(out.directory(), out.links(), paths, List.of());
        List<PipelineFacts> pipelines = Pipelines.read(tree, paths);
        return Preflight.read(out, tree, pipelines, new DataSources(tree, paths, pipelines).read(List.of()));
    }

    static String shown(PreflightReport report) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : report.findings()) {
            out.append(finding.severity())
                    .append(' ')
                    .append(finding.code())
                    .append(' ')
                    .append(finding.where() == null ? "-" : finding.where())
                    .append("\n  ")
                    .append(finding.message())
                    .append("\n  > ")
                    .append(finding.hint())
                    .append('\n');
        }
        return out.toString();
    }

    private void sound() {
        write(".dvc/config", "").write(".gitignore", "/.venv\n");
        write("requirements.txt", "mlflow==2.17.2\n").write("params.yaml", "lr: 0.1\n");
        write("train.py", TRAIN).write("metrics.json", METRICS).write("dvc.yaml", PIPELINE);
        write("dvc.lock", lock(Sums.md5(TRAIN), "0.1"));
    }

    static String lock(String train, String lr) {
        return """
                schema: '2.0'
                stages:
                  train:
                    cmd: python train.py
                    deps:
                    - path: train.py
                      hash: md5
                      md5: %s
                      size: 1
                    params:
                      params.yaml:
                        lr: %s
                    outs:
                    - path: metrics.json
                      hash: md5
                      md5: %s
                      size: 17
                """.formatted(train, lr, Sums.md5(METRICS));
    }

    Work write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Work write(String path, byte[] content) {
        builder.write(path, content);
        return this;
    }

    Work writeExecutable(String path, String text) {
        builder.writeExecutable(path, text);
        return this;
    }

    /** A script and the record of it in the lock. */
    Work script(String text) {
        return write("train.py", text).write("dvc.lock", lock(Sums.md5(text), "0.1"));
    }

    Work delete(String... paths) {
        for (String path : paths) {
            builder.delete(path);
        }
        return this;
    }

    Work link(String path, String target) {
        builder.link(path, target);
        return this;
    }

    Work submodule(String path) {
        builder.submodule(path, "1".repeat(40));
        return this;
    }

    Work commit(String message) {
        builder.commit(message, now);
        now = now.plusSeconds(3600);
        return this;
    }

    Work branch(String name) {
        builder.branch(name);
        return this;
    }

    Work onto(String name) {
        builder.onto(name);
        return this;
    }

    /** What is committed already is all of it. */
    Work done() {
        done = true;
        return this;
    }

    @Override
    public void close() {
        builder.close();
    }
}

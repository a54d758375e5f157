package org.labharness.pipeline.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.labharness.lab.Memory;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.docker.DockerSandbox;
import org.labharness.pipeline.sandbox.docker.DockerSettings;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;
import org.labharness.probe.table.TableFile;

/** Evaluates the models among the test's resources in real containers. */
final class RealEvaluator implements AfterAllCallback {
    private final Path home = Images.home(Path.of(""));
    private final DockerSettings settings = DockerSettings.of(home, false);
    private final Sandbox sandbox = new DockerSandbox(settings);
    private final Evaluator evaluator =
            new Evaluator(sandbox, settings.images().tools(PythonVersion.PY311), new ProbeKit(home));

    /** The lines of a resource, split at commas. */
    static List<String[]> lines(String resource) throws IOException {
        return new String(bytes(resource), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(",", -1))
                .toList();
    }

    static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(RealEvaluator.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        }
    }

    /** Three columns of numbers, called {@code a}, {@code b} and {@code c}. */
    static Table numbers(List<String[]> rows) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < 3; column++) {
            int index = column;
            columns.add(new Column.Numbers(
                    "",
                    "abc".substring(column, column + 1),
                    rows.stream()
                            .mapToDouble(row -> Double.parseDouble(row[index]))
                            .toArray()));
        }
        return new Table(rows.size(), columns);
    }

    Evaluation evaluate(String file, Table features) throws IOException {
        return evaluate(file, features, Duration.ofSeconds(60));
    }

    Evaluation evaluate(String file, Table features, Duration time) throws IOException {
        return evaluate(file, file.contains("weights") ? List.of(file, "weights.bin") : List.of(file), features, time);
    }

    private Evaluation evaluate(String file, List<String> files, Table features, Duration time) throws IOException {
        try (SubmissionSpace space = sandbox.open(new SpaceRequest("model", Memory.mebibytes(64)))) {
            Path work = space.layout().work();
            Path model = Files.createDirectory(work.resolve("model"));
            for (String name : files) {
                Files.write(model.resolve(name), bytes(name));
            }
            TableFile.write(work.resolve("features"), features);
            Path out = Files.createDirectory(work.resolve("out"));
            int uid = space.layout().uid();
            if (!Files.getAttribute(out, "unix:uid").equals(uid)) {
                Files.setAttribute(out, "unix:uid", uid);
            }
            return evaluator.evaluate(
                    new Evaluator.Order(
                            file.endsWith(".onnx") ? Evaluator.Format.ONNX : Evaluator.Format.XGBOOST,
                            model,
                            file,
                            work.resolve("features"),
                            out,
                            uid,
                            time,
                            Memory.mebibytes(1024)),
                    note -> {},
                    sign -> {});
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        sandbox.close();
    }
}

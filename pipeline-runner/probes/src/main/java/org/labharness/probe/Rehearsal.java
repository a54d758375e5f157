package org.labharness.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.labharness.probe.exchange.Request;
import org.labharness.probe.exchange.Script;
import org.labharness.probe.exchange.ScriptFile;
import org.labharness.probe.exchange.Seen;
import org.labharness.probe.exchange.SeenFile;
import org.labharness.probe.http.Probing;
import org.labharness.probe.model.Model;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;
import org.labharness.probe.table.TableFile;

/** Evaluates models of its own, so that a cache of what starts take longest for can be made: {@code FOLDER}, empty, to write into. */
public final class Rehearsal {
    private static final int FEATURES = 4;

    private Rehearsal() {}

    /** Fails where one of them cannot be evaluated, or a service not be asked. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        evaluate(folder);
        ask(folder);
        // Threads of clients and servers are not waited for.
        System.exit(0);
    }

    /** Asks its own stand-in, at a port that this machine has free. */
    private static void ask(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        Request request = new Request("POST", "/predict", Map.of("Content-Type", "application/json"), body, 5_000, 100);
        Path script = folder.resolve("script");
        ScriptFile.write(
                script,
                new Script(
                        new Script.StandIn(port, "application/json", body, 1),
                        new Script.Wait(port, "/", 5_000, List.of(), List.of()),
                        List.of(new Script.Batch(List.of(request, request), 2, 0))));
        Path seen = folder.resolve("seen");
        try (SeenFile file = new SeenFile(seen)) {
            new Probing(file, mark -> {}).follow(ScriptFile.read(script));
        }
        List<Seen> all = SeenFile.read(seen, 1 << 20);
        if (!(all.getLast() instanceof Seen.Done)
                || all.stream().noneMatch(one -> one instanceof Seen.Reply reply && reply.status() == 200)) {
            throw new IllegalStateException("the stand-in was not asked: " + all);
        }
    }

    private static void evaluate(Path folder) throws IOException {
        Path features = folder.resolve("features");
        TableFile.write(features, features());
        for (String name : List.of("maps.onnx", "tensors.onnx", "trees.ubj")) {
            Path model = folder.resolve(name);
            try (InputStream in = Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal/" + name))) {
                Files.copy(in, model);
            }
            Model.Format format = name.endsWith(".onnx") ? Model.Format.ONNX : Model.Format.XGBOOST;
            Path problem = folder.resolve("problem");
            if (Evaluator.evaluate(format, model, features, folder.resolve("predictions"), problem) != 0) {
                throw new IllegalStateException(name + ": " + Files.readString(problem));
            }
            TableFile.read(folder.resolve("predictions"), 1 << 20);
        }
    }

    private static Table features() {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < FEATURES; column++) {
            columns.add(new Column.Numbers("", "f" + column, new double[] {0.5 * column, 1.5, -column}));
        }
        return new Table(3, columns);
    }
}

package org.labharness.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.labharness.probe.model.Model;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;
import org.labharness.probe.table.TableFile;

/** Evaluates models of its own, so that a cache of what starts take longest for can be made: {@code FOLDER}, empty, to write into. */
public final class Rehearsal {
    private static final int FEATURES = 4;

    private Rehearsal() {}

    /** Fails where one of them cannot be evaluated. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
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

package org.labharness.probe.model;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.labharness.probe.table.Column;

/** An ONNX model whose outputs are tensors, through DJL. */
final class DjlOnnx implements OnnxModel.Batch {
    private final ZooModel<NDList, NDList> model;
    private final Predictor<NDList, NDList> predictor;
    private final List<String> names;

    private DjlOnnx(ZooModel<NDList, NDList> model, List<String> names) {
        this.model = model;
        this.predictor = model.newPredictor();
        this.names = names;
    }

    static DjlOnnx load(Engine engine, Path file, List<String> outputs) throws Unusable {
        try {
            return new DjlOnnx(
                    Criteria.builder()
                            .setTypes(NDList.class, NDList.class)
                            .optModelPath(file)
                            .optEngine(engine.getEngineName())
                            .optTranslator(new NoopTranslator())
                            .build()
                            .loadModel(),
                    outputs);
        } catch (IOException | ModelNotFoundException | MalformedModelException e) {
            throw new Unusable(Unusable.Reason.LOAD, Causes.words(e), e);
        }
    }

    @Override
    public void predict(Feeding feeding, int from, int rows, int kept, Outputs outputs) throws Unusable {
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDList inputs = new NDList();
            for (var entry : feeding.columns().entrySet()) {
                inputs.add(array(manager, entry.getKey(), entry.getValue(), from, rows));
            }
            NDList given = predictor.predict(inputs);
            for (int index = 0; index < given.size(); index++) {
                String name = index < names.size() ? names.get(index) : "output " + index;
                take(name, given.get(index), from, rows, kept, outputs);
            }
        } catch (TranslateException e) {
            throw new Unusable(Unusable.Reason.PREDICT, Causes.words(e), e);
        }
    }

    private static NDArray array(NDManager manager, Input input, List<Column> columns, int from, int rows)
            throws Unusable {
        Shape shape = new Shape(Objects.requireNonNull(input.shaped(rows, columns.size())));
        NDArray made = switch (input.type()) {
            case FLOAT -> manager.create(floats(Cells.numbers(input, columns, from, rows)), shape);
            case DOUBLE -> manager.create(Cells.numbers(input, columns, from, rows), shape);
            case INT64 -> manager.create(Cells.whole(input, columns, from, rows), shape);
            case INT32 -> manager.create(ints(Cells.whole(input, columns, from, rows)), shape);
            case BOOL -> manager.create(booleans(Cells.numbers(input, columns, from, rows)), shape);
            case STRING -> manager.create(Cells.texts(input, columns, from, rows), StandardCharsets.UTF_8, shape);
            case INT8, INT16, UINT8, FLOAT16, BFLOAT16, UNKNOWN -> throw untaken(input);
        };
        made.setName(input.name());
        return made;
    }

    static Unusable untaken(Input input) {
        return new Unusable(
                Unusable.Reason.INPUTS,
                "its input '" + input.name() + "' takes " + input.described()
                        + ", and this harness gives float, double, int64, int32, bool and string");
    }

    static float[] floats(double[] cells) {
        float[] floats = new float[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            floats[cell] = (float) cells[cell];
        }
        return floats;
    }

    static int[] ints(long[] cells) {
        int[] ints = new int[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            ints[cell] = (int) cells[cell];
        }
        return ints;
    }

    static boolean[] booleans(double[] cells) {
        boolean[] booleans = new boolean[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            booleans[cell] = cells[cell] != 0;
        }
        return booleans;
    }

    private static void take(String name, NDArray given, int from, int rows, int kept, Outputs outputs)
            throws Unusable {
        long size = given.getShape().size();
        int width = Tensors.width(name, given.getShape().getShape(), size, rows);
        switch (given.getDataType()) {
            case STRING -> Tensors.texts(name, given.toStringArray(StandardCharsets.UTF_8), from, kept, width, outputs);
            case FLOAT32, FLOAT64, INT64, INT32, INT16, INT8, UINT8, BOOLEAN ->
                Tensors.numbers(name, numbers(given), from, kept, width, outputs);
            default ->
                throw new Unusable(
                        Unusable.Reason.OUTPUTS, "its output '" + name + "' is of type " + given.getDataType());
        }
    }

    private static double[] numbers(NDArray given) {
        Number[] all = given.toArray();
        double[] numbers = new double[all.length];
        for (int index = 0; index < all.length; index++) {
            numbers[index] = all[index].doubleValue();
        }
        return numbers;
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}

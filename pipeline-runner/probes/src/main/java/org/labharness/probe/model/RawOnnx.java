package org.labharness.probe.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.labharness.probe.table.Column;

/** An ONNX model with an output that is a sequence of maps from class to probability, one map a row. */
final class RawOnnx implements OnnxModel.Batch {
    private final OrtEnvironment environment;
    private final OrtSession session;

    RawOnnx(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    @Override
    public void predict(Feeding feeding, int from, int rows, int kept, Outputs outputs) throws Unusable {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (var entry : feeding.columns().entrySet()) {
                inputs.put(entry.getKey().name(), tensor(entry.getKey(), entry.getValue(), from, rows));
            }
            try (OrtSession.Result given = session.run(inputs)) {
                for (Map.Entry<String, OnnxValue> output : given) {
                    take(output.getKey(), output.getValue(), from, rows, kept, outputs);
                }
            }
        } catch (OrtException e) {
            throw new Unusable(Unusable.Reason.PREDICT, Causes.words(e), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Input input, List<Column> columns, int from, int rows) throws OrtException, Unusable {
        long[] shape = Objects.requireNonNull(input.shaped(rows, columns.size()));
        return switch (input.type()) {
            case FLOAT ->
                OnnxTensor.createTensor(
                        environment,
                        FloatBuffer.wrap(DjlOnnx.floats(Cells.numbers(input, columns, from, rows))),
                        shape);
            case DOUBLE ->
                OnnxTensor.createTensor(
                        environment, DoubleBuffer.wrap(Cells.numbers(input, columns, from, rows)), shape);
            case INT64 ->
                OnnxTensor.createTensor(environment, LongBuffer.wrap(Cells.whole(input, columns, from, rows)), shape);
            case INT32 ->
                OnnxTensor.createTensor(
                        environment, IntBuffer.wrap(DjlOnnx.ints(Cells.whole(input, columns, from, rows))), shape);
            case BOOL ->
                OnnxTensor.createTensor(
                        environment,
                        bytes(DjlOnnx.booleans(Cells.numbers(input, columns, from, rows))),
                        shape,
                        OnnxJavaType.BOOL);
            case STRING -> OnnxTensor.createTensor(environment, Cells.texts(input, columns, from, rows), shape);
            case INT8, INT16, UINT8, FLOAT16, BFLOAT16, UNKNOWN -> throw DjlOnnx.untaken(input);
        };
    }

    private static ByteBuffer bytes(boolean[] values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
        for (boolean value : values) {
            bytes.put((byte) (value ? 1 : 0));
        }
        return bytes.flip();
    }

    private static void take(String name, OnnxValue value, int from, int rows, int kept, Outputs outputs)
            throws OrtException, Unusable {
        switch (value) {
            case OnnxTensor tensor -> tensor(name, tensor, from, rows, kept, outputs);
            case OnnxSequence sequence -> maps(name, sequence.getValue(), from, rows, kept, outputs);
            default ->
                throw new Unusable(
                        Unusable.Reason.OUTPUTS, "its output '" + name + "' is neither a tensor nor a list of maps");
        }
    }

    private static void tensor(String name, OnnxTensor tensor, int from, int rows, int kept, Outputs outputs)
            throws OrtException, Unusable {
        long[] shape = tensor.getInfo().getShape();
        int width = Tensors.width(name, shape, tensor.getInfo().getNumElements(), rows);
        if (tensor.getInfo().type == OnnxJavaType.STRING) {
            Tensors.texts(name, Flat.texts(tensor.getValue(), rows * width), from, kept, width, outputs);
        } else {
            Tensors.numbers(name, Flat.numbers(tensor.getValue(), rows * width), from, kept, width, outputs);
        }
    }

    /** Whatever order a map keeps, columns are sorted by class. */
    private static void maps(String name, List<? extends OnnxValue> maps, int from, int rows, int kept, Outputs outputs)
            throws OrtException, Unusable {
        if (maps.size() != rows) {
            throw new Unusable(
                    Unusable.Reason.OUTPUTS,
                    "its output '" + name + "' has " + maps.size() + " maps for " + rows + " rows");
        }
        for (int row = 0; row < kept; row++) {
            if (!(maps.get(row) instanceof OnnxMap map)) {
                throw new Unusable(Unusable.Reason.OUTPUTS, "its output '" + name + "' is a list, but not of maps");
            }
            Map<Object, Object> sorted = new TreeMap<>(map.getValue());
            for (Map.Entry<Object, Object> entry : sorted.entrySet()) {
                if (!(entry.getValue() instanceof Number number)) {
                    throw new Unusable(
                            Unusable.Reason.OUTPUTS,
                            "its output '" + name + "' maps classes to something else than numbers");
                }
                String column = Causes.shortened(String.valueOf(entry.getKey()));
                outputs.numbers(name, column)[from + row] = number.doubleValue();
            }
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            // The process ends right after this, and with it all that the session holds.
        }
    }
}

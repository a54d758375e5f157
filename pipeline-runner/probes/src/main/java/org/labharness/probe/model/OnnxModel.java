package org.labharness.probe.model;

import ai.djl.engine.Engine;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.labharness.probe.table.Table;

/**
 * An ONNX model. DJL lets it predict where every output is a tensor. Of a sequence of maps DJL would drop the names and mix up the
 * columns, so such a model predicts through ONNX Runtime's own interface.
 */
final class OnnxModel {
    /** DJL makes the environment of ONNX Runtime with threads of its own, and fails where there is one already: it goes first. */
    private static final Engine ENGINE = Engine.getEngine("OnnxRuntime");

    private OnnxModel() {}

    static Model load(Path file) throws Unusable {
        OnnxFiles.refuseOutside(file);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = session(environment, file);
        try {
            List<Input> inputs = new ArrayList<>();
            for (NodeInfo node : session.getInputInfo().values()) {
                inputs.add(Input.of(node));
            }
            boolean tensors = true;
            for (NodeInfo output : session.getOutputInfo().values()) {
                tensors &= output.getInfo() instanceof TensorInfo;
            }
            if (!tensors) {
                return batches(inputs, new RawOnnx(environment, session));
            }
            List<String> outputs = List.copyOf(session.getOutputNames());
            session.close();
            return batches(inputs, DjlOnnx.load(ENGINE, file, outputs));
        } catch (OrtException e) {
            throw new Unusable(Unusable.Reason.LOAD, String.valueOf(e.getMessage()), e);
        }
    }

    private static OrtSession session(OrtEnvironment environment, Path file) throws Unusable {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new Unusable(Unusable.Reason.LOAD, String.valueOf(e.getMessage()), e);
        }
    }

    /** Predicts one batch. */
    interface Batch extends AutoCloseable {
        /**
         * @param from first row
         * @param rows how many go in
         * @param kept how many of those count; the rest fills a batch of fixed size
         */
        void predict(Feeding feeding, int from, int rows, int kept, Outputs outputs) throws Unusable;

        @Override
        void close();
    }

    private static Model batches(List<Input> inputs, Batch batch) {
        return new Model() {
            @Override
            public Table predict(Table features) throws Unusable {
                Feeding feeding = Feeding.of(inputs, features);
                Outputs outputs = new Outputs(features.rows());
                int size = feeding.batch() == 0 ? features.rows() : feeding.batch();
                for (int from = 0; from < features.rows(); from += size) {
                    batch.predict(feeding, from, size, Math.min(size, features.rows() - from), outputs);
                }
                return outputs.table();
            }

            @Override
            public void close() {
                batch.close();
            }
        };
    }
}

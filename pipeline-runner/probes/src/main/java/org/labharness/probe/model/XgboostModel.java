package org.labharness.probe.model;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.labharness.probe.table.Table;

/** An XGBoost model as its own library saves it, through DJL. */
final class XgboostModel implements Model {
    private static final Input ROWS = new Input("features", ai.onnxruntime.OnnxJavaType.FLOAT, new long[] {-1, -1});

    /** Of the library in DJL's jar. */
    private static final XgboostVersion KNOWN = new XgboostVersion(List.of(3, 0));

    private final ZooModel<NDList, NDList> model;

    private XgboostModel(ZooModel<NDList, NDList> model) {
        this.model = model;
    }

    static Model load(Path file) throws Unusable {
        refuseNewer(file);
        try {
            return new XgboostModel(Criteria.builder()
                    .setTypes(NDList.class, NDList.class)
                    .optModelPath(file)
                    .optEngine("XGBoost")
                    .optTranslator(new NoopTranslator())
                    .build()
                    .loadModel());
        } catch (IOException | ModelNotFoundException | MalformedModelException | RuntimeException e) {
            // The engine gives what its library says as unchecked exceptions.
            throw new Unusable(Unusable.Reason.LOAD, Causes.words(e), e);
        }
    }

    private static void refuseNewer(Path file) throws Unusable {
        Optional<XgboostVersion> written;
        try {
            written = XgboostVersion.of(file);
        } catch (IOException e) {
            throw new Unusable(Unusable.Reason.LOAD, Causes.words(e), e);
        }
        if (written.isEmpty() || written.get().compareTo(KNOWN) > 0) {
            throw new Unusable(
                    Unusable.Reason.VERSION,
                    "it was saved by XGBoost "
                            + written.map(XgboostVersion::toString).orElse("of an unknown version")
                            + ", and the evaluator knows " + KNOWN);
        }
    }

    @Override
    public Table predict(Table features) throws Unusable {
        int rows = features.rows();
        int columns = features.columns().size();
        float[] cells = DjlOnnx.floats(Cells.numbers(ROWS, features.columns(), 0, rows));
        try (NDManager manager = model.getNDManager().newSubManager();
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            NDList given = predictor.predict(new NDList(manager.create(cells, new Shape(rows, columns))));
            float[] values = given.singletonOrThrow().toFloatArray();
            int width = Tensors.width("prediction", new long[] {rows, values.length / rows}, values.length, rows);
            double[] numbers = new double[values.length];
            for (int index = 0; index < values.length; index++) {
                numbers[index] = values[index];
            }
            Outputs outputs = new Outputs(rows);
            Tensors.numbers("prediction", numbers, 0, rows, width, outputs);
            return outputs.table();
        } catch (TranslateException | RuntimeException e) {
            throw new Unusable(Unusable.Reason.PREDICT, Causes.words(e), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}

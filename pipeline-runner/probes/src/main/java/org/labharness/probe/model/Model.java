package org.labharness.probe.model;

import java.nio.file.Path;
import org.labharness.probe.table.Table;

/** A loaded model. */
public interface Model extends AutoCloseable {
    /** What it makes of the features: a column for each value a row gets, grouped by output. */
    Table predict(Table features) throws Unusable;

    @Override
    void close();

    /** Formats that carry no code. */
    enum Format {
        ONNX,
        XGBOOST
    }

    /** Loads the model in a file. */
    static Model load(Format format, Path file) throws Unusable {
        return switch (format) {
            case ONNX -> OnnxModel.load(file);
            case XGBOOST -> XgboostModel.load(file);
        };
    }
}

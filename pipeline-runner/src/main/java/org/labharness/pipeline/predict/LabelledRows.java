package org.labharness.pipeline.predict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.Sha256;
import org.labharness.probe.table.Column;
import org.labharness.probe.table.Table;

/**
 * Rows with their labels, read and found to be fit for measuring.
 *
 * @param key stands for them in the evidence
 * @param secret whether the submission never saw them, so that nothing may be told of them
 * @param features numbers where a column holds nothing else
 * @param cells the same columns as they stand in the table, for readers that find out the types by themselves
 * @param labels of the rows, in the order of the features
 * @param known every label that the model may know, each once or more; those of the rows where these have them all
 */
record LabelledRows(
        String key,
        QualityMetric.Task task,
        boolean secret,
        Table features,
        Table cells,
        List<String> labels,
        List<String> known) {
    LabelledRows {
        labels = List.copyOf(labels);
        known = List.copyOf(known);
    }

    /** SHA-256 (hex) of the features. */
    String featuresDigest() {
        MessageDigest digest = Sha256.begin();
        for (Column column : features.columns()) {
            digest.update((column.name() + "\0").getBytes(StandardCharsets.UTF_8));
            switch (column) {
                case Column.Numbers numbers -> {
                    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.values().length);
                    bytes.asDoubleBuffer().put(numbers.values());
                    digest.update(bytes);
                }
                case Column.Texts texts ->
                    List.of(texts.values())
                            .forEach(text -> digest.update((text + "\0").getBytes(StandardCharsets.UTF_8)));
            }
        }
        return Sha256.hex(digest);
    }

    /** SHA-256 (hex) of the labels. */
    String labelsDigest() {
        return Scoring.digest(labels);
    }
}

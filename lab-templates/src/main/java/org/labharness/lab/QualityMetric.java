package org.labharness.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How well predictions fit, as scikit-learn defines it. */
public enum QualityMetric {
    ACCURACY("accuracy", "accuracy", Task.CLASSES, true),
    F1_MACRO("f1_macro", "macro F1", Task.CLASSES, true),
    /** Of two classes that of the second one, else the mean over one class against all others. */
    ROC_AUC("roc_auc", "ROC AUC", Task.CLASSES, true),
    LOG_LOSS("log_loss", "log loss", Task.CLASSES, false),
    RMSE("rmse", "root mean squared error", Task.NUMBERS, false),
    MAE("mae", "mean absolute error", Task.NUMBERS, false),
    R2("r2", "R²", Task.NUMBERS, true);

    private final String word;
    private final String title;
    private final Task task;
    private final boolean higherIsBetter;

    QualityMetric(String word, String title, Task task, boolean higherIsBetter) {
        this.word = word;
        this.title = title;
        this.task = task;
        this.higherIsBetter = higherIsBetter;
    }

    /** What is to be predicted. */
    public enum Task {
        /** One of a few labels. */
        CLASSES,
        NUMBERS
    }

    /** As lab.yaml writes it. */
    public String word() {
        return word;
    }

    /** As people read it. */
    public String title() {
        return title;
    }

    public Task task() {
        return task;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(QualityMetric::word).toList();
    }

    public static Optional<QualityMetric> of(String word) {
        return Arrays.stream(values())
                .filter(metric -> metric.word.equals(word))
                .findFirst();
    }
}

package org.labharness.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.labharness.probe.model.Model;
import org.labharness.probe.model.Unusable;
import org.labharness.probe.table.Table;
import org.labharness.probe.table.TableFile;

/**
 * Lets a model predict: {@code FORMAT MODEL FEATURES PREDICTIONS PROBLEM}. It writes the predictions, or why there are none: a word
 * (see {@link Unusable.Reason}) in the first line, what was wrong in the second. What it prints is for staff.
 */
public final class Evaluator {
    /** Exit code where the model is to blame. */
    public static final int UNUSABLE = 3;

    private static final long MOST_FEATURES = 1L << 30;

    private Evaluator() {}

    /** Ends the process with 0, or {@link #UNUSABLE}. */
    public static void main(String[] arguments) throws IOException {
        Path problem = Path.of(arguments[4]);
        int exit = evaluate(
                Model.Format.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Path.of(arguments[3]),
                problem);
        // Threads of the native runtimes, and their clean-up, are not waited for.
        Runtime.getRuntime().halt(exit);
    }

    private static int tell(Path problem, Unusable.Reason reason, String words) throws IOException {
        Files.writeString(problem, reason + "\n" + words.replaceAll("\\s+", " ") + "\n");
        return UNUSABLE;
    }

    static int evaluate(Model.Format format, Path file, Path features, Path predictions, Path problem)
            throws IOException {
        Table data = TableFile.read(features, MOST_FEATURES);
        try (Model model = Model.load(format, file)) {
            TableFile.write(predictions, model.predict(data));
            return 0;
        } catch (Unusable unusable) {
            return tell(problem, unusable.reason(), String.valueOf(unusable.getMessage()));
        } catch (OutOfMemoryError full) {
            // What a model gives is the model's matter; with the arrays that did not fit anyone can go on.
            return tell(problem, Unusable.Reason.OUTPUTS, "what it gives takes more memory than the evaluator has");
        }
    }
}

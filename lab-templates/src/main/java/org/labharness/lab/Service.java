package org.labharness.lab;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service that a lab asks for: how it is started and where it is asked.
 *
 * @param port of loopback at which it is expected
 * @param variables of its environment, beside those of every command
 * @param ready path that answers with a status of 200 to 299 once it can be asked; empty: any answer to {@code /} will do
 * @param within after which it is not waited for any longer
 * @param question null where it is never asked for a prediction
 */
public record Service(
        String id,
        Start start,
        int port,
        Map<String, String> variables,
        String ready,
        Duration within,
        @Nullable Question question) {
    public Service {
        variables = Map.copyOf(variables);
    }

    /** What starts it, in the work tree as the run left it. */
    public sealed interface Start {}

    /** A command line of the shell. */
    public record CommandLine(String line) implements Start {}

    /** An entry point of the submission's MLproject. */
    public record EntryPoint(RunSpec.MlProject project) implements Start {}

    /** {@code mlflow models serve} of a model. */
    public record Model(ModelReference reference) implements Start {}

    /**
     * How it is asked for the prediction of one row.
     *
     * @param path that takes a POST
     * @param data id of the hidden data that rows are drawn from
     * @param rows how many are drawn for each grading
     * @param body JSON in which a text such as <code>"{record}"</code> stands for what belongs to the row: see {@link #MARKS}
     * @param answer dotted path to the prediction in the answer, such as {@code predictions.0}; empty: the whole answer
     */
    public record Question(String path, String data, int rows, String body, String answer) {
        /** Texts that stand for an object of the row's columns, a list of its values, and a list of its columns' names. */
        public static final java.util.List<String> MARKS = java.util.List.of("{record}", "{values}", "{names}");
    }
}

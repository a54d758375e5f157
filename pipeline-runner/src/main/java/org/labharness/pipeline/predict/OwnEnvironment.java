package org.labharness.pipeline.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.labharness.lab.Memory;
import org.labharness.pipeline.environment.PreparedEnvironment;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.probe.Evaluation;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SubmissionSpace;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.probe.table.Table;
import org.labharness.probe.table.TableFile;

/**
 * Lets a model predict whose format is code, or none that the harness's evaluator knows: in a fresh container without network, with the submission's environment and its
 * work tree to read. The rows come in an order that nobody knows beforehand. Whatever such a container says may hold what it was given: where that is secret, it is for
 * staff alone. What a model cannot be loaded for, and which columns it was
 * trained with, is found out once more without any row, in a container that finds nothing of the first, and those words may be told.
 */
final class OwnEnvironment {
    private static final int UNUSABLE = 3;
    private static final long LONGEST_PROBLEM = 8_000;
    private static final Memory SCRATCH = Memory.mebibytes(256);
    private static final String SCRIPT = script();

    private final SubmissionSpace run;
    private final String image;
    private final PreparedEnvironment environment;
    private final Map<String, String> variables;

    /**
     * @param run the submission's space, in which nothing runs any more
     * @param image in which its stages ran
     * @param variables of its stages
     */
    OwnEnvironment(SubmissionSpace run, String image, PreparedEnvironment environment, Map<String, String> variables) {
        this.run = run;
        this.image = image;
        this.environment = environment;
        this.variables = Map.copyOf(variables);
    }

    private static String script() {
        try (InputStream in = OwnEnvironment.class.getResourceAsStream("predict.py")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own resource cannot be read", e);
        }
    }

    Predictors.Prediction predict(Predictors.Order order) throws IOException {
        RowOrder rows = RowOrder.of(
                new SecureRandom().nextLong(Long.MAX_VALUE - 1) + 1,
                order.cells().rows());
        Evaluation evaluation = tried(order, "shuffled", rows.shuffled(order.cells()), order.out());
        if (evaluation instanceof Evaluation.Predicted predicted) {
            boolean all = predicted.outputs().rows() == order.cells().rows();
            return new Predictors.Prediction(
                    all ? new Evaluation.Predicted(rows.restored(predicted.outputs())) : predicted, rows.seed(), "");
        }
        if (!order.secret()) {
            return new Predictors.Prediction(evaluation, rows.seed(), "");
        }
        String staff = evaluation instanceof Evaluation.Unusable unusable ? unusable.words() : "";
        return new Predictors.Prediction(told(order, evaluation), rows.seed(), staff);
    }

    private Evaluation tried(Predictors.Order order, String name, Table rows, Path out) throws IOException {
        Path features = order.work().resolve(name);
        TableFile.write(features, rows);
        Files.setPosixFilePermissions(features, PosixFilePermissions.fromString("rw-r--r--"));
        return read(order, out, run(order, features, out));
    }

    /** The same without words that may hold features. */
    private Evaluation told(Predictors.Order order, Evaluation evaluation) throws IOException {
        return switch (evaluation) {
            case Evaluation.Predicted predicted -> predicted;
            case Evaluation.Broken broken -> broken;
            case Evaluation.Died died -> new Evaluation.Died(died.exit(), died.limits(), LogExcerpt.EMPTY);
            case Evaluation.Unusable unusable
            when unusable.reason() == Evaluation.Reason.OUTPUTS -> new Evaluation.Unusable(unusable.reason(), "");
            case Evaluation.Unusable unusable ->
                withoutRows(order) instanceof Evaluation.Unusable again && explains(again.reason(), unusable.reason())
                        ? again
                        : new Evaluation.Unusable(
                                unusable.reason() == Evaluation.Reason.LOAD
                                        ? Evaluation.Reason.LOAD
                                        : Evaluation.Reason.PREDICT,
                                "");
        };
    }

    private Evaluation withoutRows(Predictors.Order order) throws IOException {
        Path out = Files.createDirectory(order.work().resolve("out-without-rows"));
        ModelTrial.give(out, order.uid());
        return tried(order, "no-rows", RowOrder.moved(order.cells(), new int[0]), out);
    }

    /** A model that could be loaded then is not said to fail in loading. */
    private static boolean explains(Evaluation.Reason again, Evaluation.Reason first) {
        return first == Evaluation.Reason.LOAD ? again == Evaluation.Reason.LOAD : again == Evaluation.Reason.INPUTS;
    }

    private ExecutionResult run(Predictors.Order order, Path features, Path out) {
        String file = order.description().file();
        boolean whole = order.description().loader() == ModelDescription.Loader.PYFUNC;
        List<String> argv = List.of(
                environment.venv() == null ? "/usr/bin/python3" : PreparedEnvironment.INSIDE + "/bin/python",
                "-c",
                SCRIPT,
                order.description().loader().word(),
                whole ? "/model" : "/model/" + file,
                "/features");
        List<Mount> mounts = new ArrayList<>(environment.mounts());
        mounts.add(Mount.readOnly(order.folder(), "/model"));
        mounts.add(Mount.readOnly(run.layout().work(), "/work"));
        mounts.add(Mount.readWrite(out, "/out"));
        mounts.add(Mount.readOnly(features, "/features"));
        Map<String, String> all = new HashMap<>(variables);
        // Loading a model asks MLflow for its store; one that cannot be made is tried for minutes.
        all.put("MLFLOW_TRACKING_URI", "file:///tmp/mlruns");
        // What a model was pickled with is found where the training found it.
        all.merge("PYTHONPATH", "/work:/work/src", (old, more) -> old + ":" + more);
        return run.start(new ContainerCommand(
                        image,
                        "predict",
                        Whose.THEIRS,
                        argv,
                        all,
                        mounts,
                        false,
                        "/work",
                        Network.NONE,
                        run.layout().uid(),
                        new ContainerCommand.Caps(
                                order.time(),
                                order.limits().memory(),
                                order.limits().processes(),
                                order.limits().cpus(),
                                SCRATCH,
                                order.limits().output()),
                        chunk -> {}))
                .await(order.time(), "The evaluation of a model");
    }

    private static Evaluation read(Predictors.Order order, Path out, ExecutionResult result) {
        try {
            if (result.exit() == 0 && result.limits().isEmpty()) {
                return new Evaluation.Predicted(TableFile.read(
                        out.resolve("predictions"), order.limits().memory().bytes()));
            }
            Path problem = out.resolve("problem");
            if (result.exit() == UNUSABLE
                    && Files.isRegularFile(problem, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(problem) <= LONGEST_PROBLEM) {
                Optional<Evaluation.Unusable> said =
                        Evaluation.unusable(new String(Files.readAllBytes(problem), StandardCharsets.UTF_8));
                if (said.isPresent()) {
                    return said.get();
                }
            }
            return new Evaluation.Died(result.exit(), result.limits(), result.log());
        } catch (IOException e) {
            // Written by the submission's own code: whatever is wrong with it is the model's matter.
            return new Evaluation.Unusable(
                    Evaluation.Reason.OUTPUTS, "what it predicted cannot be read (" + e.getMessage() + ")");
        }
    }
}

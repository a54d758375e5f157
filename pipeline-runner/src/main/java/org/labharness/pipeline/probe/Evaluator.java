package org.labharness.pipeline.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;
import org.labharness.probe.table.TableFile;

/**
 * Lets models of formats that carry no code predict, each in a container of its own without network, without anything of the
 * submission but the model, and on a Java of the harness's own. The parsers of such formats are native code that a hostile model may
 * take over: what comes out is read as anything else that a student may have written.
 */
public final class Evaluator {
    private static final String PROGRAM = "org.labharness.probe.Evaluator";
    private static final int UNUSABLE = 3;
    /** Java could not start, or met an exception that nobody foresaw; what kills it from outside ends it otherwise. */
    private static final int JAVA_FAILED = 1;

    private static final int LONGEST_PROBLEM = 8_000;
    /** Enough for ten thousand rows of a hundred numbers and what becomes of them. */
    private static final String HEAP = "512m";

    private static final Memory LEAST = Memory.mebibytes(1024);

    private final Sandbox sandbox;
    private final String image;
    private final ProbeKit kit;

    /** @param image whose init and libraries of the system the container has; nothing else of it is used */
    public Evaluator(Sandbox sandbox, String image, ProbeKit kit) {
        this.sandbox = sandbox;
        this.image = image;
        this.kit = kit;
    }

    /** Formats that it knows. */
    public enum Format {
        ONNX,
        XGBOOST
    }

    /**
     * What is to be evaluated.
     *
     * @param folder of the model, a copy that is the harness's own: nothing of a submission may write to it, no link lies in it
     * @param file the model, relative to it
     * @param features a {@link TableFile}
     * @param out a folder that {@code uid} alone may write to, on a file system whose size is capped
     * @param memory of the container, more where the harness needs more itself
     */
    public record Order(
            Format format, Path folder, String file, Path features, Path out, int uid, Duration time, Memory memory) {}

    /**
     * Lets the model predict; whatever it does is a result.
     *
     * @param heard is told when it begins and when it ends
     */
    public Evaluation evaluate(Order order, Consumer<String> note, Consumer<Sign> heard) {
        Path made = kit.folder(note);
        ExecutionResult result =
                sandbox.startShared(command(made, order), heard).await(order.time(), "The evaluation of a model");
        try {
            return read(order, result);
        } catch (IOException e) {
            // Written by a process that a model may have taken over: whatever is wrong with it is the model's matter.
            return new Evaluation.Unusable(
                    Evaluation.Reason.OUTPUTS, "what it predicted cannot be read (" + e.getMessage() + ")");
        }
    }

    private ContainerCommand command(Path made, Order order) {
        List<String> arguments = List.of(
                order.format().name().toLowerCase(Locale.ROOT),
                "/model/" + order.file(),
                "/features",
                "/out/predictions",
                "/out/problem");
        List<Mount> mounts = new ArrayList<>();
        mounts.add(Mount.readOnly(made, ProbeKit.INSIDE));
        mounts.add(Mount.readOnly(order.folder(), "/model"));
        mounts.add(Mount.readOnly(order.features(), "/features"));
        mounts.add(Mount.readWrite(order.out(), "/out"));
        Memory memory = order.memory().compareTo(LEAST) < 0 ? LEAST : order.memory();
        return new ContainerCommand(
                image,
                "evaluator",
                Whose.THEIRS,
                kit.command(made, HEAP, PROGRAM, arguments),
                Map.of("LANG", "C.UTF-8", "OMP_NUM_THREADS", "2"),
                mounts,
                false,
                "/tmp",
                Network.NONE,
                order.uid(),
                new ContainerCommand.Caps(order.time(), memory, 128, 2, Memory.mebibytes(64), Memory.mebibytes(1)),
                chunk -> {});
    }

    private static Evaluation read(Order order, ExecutionResult result) throws IOException {
        if (result.exit() == 0 && result.limits().isEmpty()) {
            return new Evaluation.Predicted(TableFile.read(
                    order.out().resolve("predictions"), order.memory().bytes()));
        }
        Path problem = order.out().resolve("problem");
        if (result.exit() == UNUSABLE
                && Files.isRegularFile(problem, LinkOption.NOFOLLOW_LINKS)
                && Files.size(problem) <= LONGEST_PROBLEM) {
            Optional<Evaluation.Unusable> said = Evaluation.unusable(Files.readString(problem));
            if (said.isPresent()) {
                return said.get();
            }
        }
        return result.exit() == JAVA_FAILED && result.limits().isEmpty()
                ? new Evaluation.Broken("the evaluator failed: " + result.log().closingLine())
                : new Evaluation.Died(result.exit(), result.limits(), result.log());
    }
}

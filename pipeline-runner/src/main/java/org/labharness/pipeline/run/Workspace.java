package org.labharness.pipeline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.lab.LabInput;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.collect.dvc.RecordedOutputs;
import org.labharness.pipeline.collect.dvc.WindowsCommand;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.StageRun.Kind;
import org.labharness.pipeline.evidence.StageRun.Problem;

/** The work tree seen from outside: what is there, what the lab put there, what cannot be had. Follows no link but those of the commit. */
final class Workspace {
    private static final int MOST_PROVIDED = 100_000;

    private final Path tree;
    private final TreeReader reader;
    private final int uid;
    private final List<LabInput> inputs;
    private final List<DataFacts> data;
    private final RecordedOutputs recorded;

    Workspace(
            Path tree,
            int uid,
            List<LabInput> inputs,
            List<DataFacts> data,
            List<PipelineFacts> pipelines,
            TreeLinks links) {
        this.tree = tree;
        this.reader = new TreeReader(tree, links);
        this.recorded = new RecordedOutputs(tree, tree.resolveSibling("outputs-as-committed"), pipelines);
        this.uid = uid;
        this.inputs = List.copyOf(inputs);
        this.data = List.copyOf(data);
    }

    /** A folder of the submission as its containers see it. */
    String inside(String folder) {
        return folder.isEmpty() ? "/work" : "/work/" + folder;
    }

    boolean exists(String path) {
        Path file = tree.resolve(path).normalize();
        return file.startsWith(tree) && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    boolean isFolder(String path) {
        Path folder = tree.resolve(path).normalize();
        return folder.startsWith(tree) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** The folder for want of which a command failed, unless it belongs to data that cannot be had. */
    Optional<String> missingFolder(String directory, LogExcerpt log) {
        return new MissingFolder(tree, uid)
                .after(directory, log)
                .filter(folder -> data.stream().noneMatch(fact -> !fact.reachable() && overlap(fact.path(), folder)));
    }

    /** Whether the folder is there in the end. */
    boolean makeFolder(String folder) {
        return new MissingFolder(tree, uid).make(folder);
    }

    /** For one command, whose environment is perhaps not in the tree. */
    EnvironmentStandIn environmentStandIn() {
        return new EnvironmentStandIn(tree);
    }

    /** A command in the language of the shell of Linux. */
    WindowsCommand windows(String directory, String command) {
        Path folder = Path.of(directory);
        Path root = Path.of(inside(""));
        return WindowsCommand.of(
                command,
                path -> folder.startsWith(root)
                        && exists(root.relativize(folder.resolve(path).normalize())
                                .toString()));
    }

    /** The MLflow store that sent a command to another machine's disk, which is taken out of the tree. */
    Optional<String> setForeignStoreAside(LogExcerpt log) {
        ForeignStore stores = new ForeignStore(tree);
        return stores.after(log).filter(stores::setAside);
    }

    /** Takes a store out of the tree that turned out to be another machine's before; false where that cannot be done. */
    boolean setAside(String store) {
        return new ForeignStore(tree).setAside(store);
    }

    void putBack(String store) {
        new ForeignStore(tree).putBack(store);
    }

    /** Lets DVC of today read a lock of DVC 1. */
    void renewLock(String path) {
        try {
            OldLock.renew(tree, path);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, path + " cannot be written anew: " + e, e);
        }
    }

    /** Keeps what the commit holds of a stage's outputs, which are about to be removed. */
    void keepOutputs(PlannedStage stage) {
        try {
            recorded.keep(stage.fullName());
        } catch (IOException e) {
            throw notMoved(stage, e);
        }
    }

    /** Puts the recorded outputs of a stage in place; empty where the submission does not hold them. */
    List<String> placeOutputs(PlannedStage stage) {
        try {
            List<String> placed = recorded.place(stage.fullName());
            for (String path : placed) {
                give(tree.resolve(path));
            }
            return placed;
        } catch (IOException e) {
            throw notMoved(stage, e);
        }
    }

    /**
     * Puts the recorded outputs of a stage that cannot be tried in place, before anything has run; empty where the submission does not
     * hold all of them, which leaves it as it is.
     */
    List<String> standIn(PlannedStage stage) {
        try {
            recorded.keep(stage.fullName());
            List<String> placed = placeOutputs(stage);
            if (placed.isEmpty()) {
                recorded.restore(stage.fullName());
            }
            return placed;
        } catch (IOException e) {
            throw notMoved(stage, e);
        }
    }

    private static SystemBroke notMoved(PlannedStage stage, IOException cause) {
        return new SystemBroke(
                Breakdown.INTERNAL, "Outputs of stage " + stage.fullName() + " cannot be moved: " + cause, cause);
    }

    /** In words, what DVC would open on behalf of a stage that has run and must not. */
    Optional<String> special(PlannedStage stage) {
        List<String> paths = new ArrayList<>(stage.outs());
        paths.addAll(stage.deps());
        String folder = stage.pipeline().isEmpty() ? "" : stage.pipeline() + "/";
        paths.add(folder + "dvc.yaml");
        paths.add(folder + "dvc.lock");
        for (String out : stage.outs()) {
            paths.add(out.substring(0, out.lastIndexOf('/') + 1) + ".gitignore");
        }
        return new SpecialFiles(tree).first(paths);
    }

    /** Files of these that are not there. */
    List<String> missing(List<String> paths) {
        return paths.stream().filter(path -> !exists(place(path))).toList();
    }

    /** Where a path leads when the committed links on it, as far as they are still there, are followed. */
    String place(String path) {
        return reader.followed(path);
    }

    /**
     * Puts the lab's inputs where nothing is. Only before any code of the student's has run: afterwards a link could lead out of the
     * tree.
     */
    void placeInputs(Path labFolder) {
        for (LabInput input : inputs) {
            String target = place(input.target());
            if (!exists(target) && !isBelowFile(target)) {
                try {
                    place(labFolder.resolve(input.source()), tree.resolve(target));
                } catch (IOException e) {
                    throw new SystemBroke(
                            Breakdown.INTERNAL,
                            "The lab's input " + labFolder.resolve(input.source()) + " cannot be put in place at "
                                    + input.target() + ": " + e,
                            e);
                }
            }
        }
    }

    /** A file that is committed where the input's folder belongs stays: the stage that needs the input says what is wrong. */
    private boolean isBelowFile(String path) {
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String folder = path.substring(0, end);
            if (exists(folder)) {
                return !isFolder(folder);
            }
        }
        return false;
    }

    /**
     * Addresses of stages every output of which the lab provides. One that makes anything else besides runs like any other: what of it
     * is committed tells nothing of what the stage would make.
     */
    List<String> replacedBy(Collection<PlannedStage> plan) {
        return plan.stream()
                .filter(stage -> stage.kind() == PlannedStage.Kind.COMMAND)
                .filter(stage ->
                        !stage.outs().isEmpty() && stage.outs().stream().allMatch(this::provided))
                .map(PlannedStage::address)
                .toList();
    }

    /** Why a stage cannot run: something that it needs is not there and cannot be had. */
    Optional<Problem> unreachable(PlannedStage stage) {
        for (String dependency : missing(stage.deps())) {
            Optional<DataFacts> fact = data.stream()
                    .filter(one -> !one.reachable()
                            && (overlap(one.path(), dependency) || overlap(one.path(), place(dependency))))
                    .findFirst();
            if (fact.isPresent()) {
                return Optional.of(problem(fact.get()));
            }
        }
        return Optional.empty();
    }

    /** What is known of the data behind a {@code .dvc} file. */
    Optional<DataFacts> trackedBy(String tracker) {
        return data.stream().filter(fact -> fact.tracker().equals(tracker)).findFirst();
    }

    /** {@code .dvc} files whose content can be had from a cache or remote in the repository and is not there yet. */
    List<String> toPull() {
        return data.stream()
                .filter(fact -> fact.presence() == DataFacts.Presence.PRESENT)
                .filter(fact -> !fact.tracker().isEmpty() && !exists(fact.path()))
                .map(DataFacts::tracker)
                .distinct()
                .toList();
    }

    /** Data that a server in between did not give is no matter of the student's. */
    static Problem problem(DataFacts fact) {
        boolean ours = fact.presence() == DataFacts.Presence.UNANSWERED;
        return new Problem(ours ? Kind.OURS : Kind.DATA_UNREACHABLE, sentence(fact));
    }

    private static String sentence(DataFacts fact) {
        return "not reached: it needs " + fact.path() + ", which cannot be had from a clean clone: " + fact.reason();
    }

    /** Whether all that lies at a path is the lab's; of a folder, every file in it. */
    private boolean provided(String path) {
        if (isInput(path)) {
            return exists(path);
        }
        TreeReader.Listing files = new TreeReader(tree).list(path, MOST_PROVIDED, Set.of());
        return isFolder(path)
                && files.complete()
                && !files.files().isEmpty()
                && files.files().stream().allMatch(file -> isInput(file.path()));
    }

    private boolean isInput(String path) {
        return inputs.stream().anyMatch(input -> path.equals(input.target()) || path.startsWith(input.target() + "/"));
    }

    private static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + "/") || other.startsWith(one + "/");
    }

    private void place(Path source, Path target) throws IOException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        give(target);
    }

    /** The submission's uid owns what lies in its tree: here what lies at a path, and the folders that lead there. */
    private void give(Path target) throws IOException {
        for (Path folder = target.getParent(); folder != null && folder.startsWith(tree); folder = folder.getParent()) {
            own(folder);
        }
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                own(file);
            }
        }
    }

    private void own(Path path) throws IOException {
        if (!Integer.valueOf(uid).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}

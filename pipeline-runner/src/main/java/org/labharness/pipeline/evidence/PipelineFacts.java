package org.labharness.pipeline.evidence;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;

/**
 * One {@code dvc.yaml} and its lock, as committed.
 *
 * @param directory relative to the repository, empty for its root
 * @param stages in file order, {@code foreach} and {@code matrix} expanded where that can be done without DVC
 * @param lock null where no dvc.lock is committed
 * @param problem why dvc.yaml could not be read, or null
 */
public record PipelineFacts(
        String directory,
        List<Stage> stages,
        @Nullable LockFacts lock,
        @Nullable String problem) {
    public PipelineFacts {
        stages = List.copyOf(stages);
    }

    /** Path of a file of this pipeline relative to the repository. */
    public String path(String file) {
        return directory.isEmpty() ? file : directory + "/" + file;
    }

    /** Paths of what those of its stages declare as outputs whose full name is asked for. */
    public Stream<String> outputs(Predicate<String> fullName) {
        return stages.stream()
                .filter(stage -> fullName.test(path(stage.name())))
                .flatMap(stage -> stage.outs().stream())
                .map(Output::path);
    }

    /**
     * @param commands one or several shell commands
     * @param deps paths relative to the repository
     * @param params names by params file (relative to the repository); an empty list means the whole file
     * @param where the stage's line in dvc.yaml
     */
    public record Stage(
            String name,
            List<String> commands,
            String workingDirectory,
            List<String> deps,
            List<Output> outs,
            Map<String, List<String>> params,
            boolean frozen,
            boolean alwaysChanged,
            Place where) {
        public Stage {
            commands = List.copyOf(commands);
            deps = List.copyOf(deps);
            outs = List.copyOf(outs);
            params = Map.copyOf(params);
        }

        /** Whether a dependency is the word that a command begins with, such as {@code python}, and so no file. */
        public boolean runs(String dep) {
            String word = dep.substring(dep.lastIndexOf('/') + 1);
            return commands.stream()
                    .anyMatch(command -> command.strip().split("\\s", 2)[0].equals(word));
        }

        /** Whether its deps hold a file, or its commands name it. */
        public boolean names(String path) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return deps.contains(path)
                    || commands.stream().anyMatch(command -> words(command).contains(name));
        }

        /** Words of a command, of paths their last part. */
        private static List<String> words(String command) {
            return List.of(command.split("[\\s;|&'\"=()/\\\\]+"));
        }
    }

    /** @param path relative to the repository */
    public record Output(String path, OutputKind kind, boolean cached) {}

    /** What a stage declares an output to be. */
    public enum OutputKind {
        OUT,
        METRIC,
        PLOT
    }
}

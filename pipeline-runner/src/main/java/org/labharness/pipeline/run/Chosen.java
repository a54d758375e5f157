package org.labharness.pipeline.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.RunSpec;
import org.labharness.pipeline.document.Makefile;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.RunFacts;

/**
 * What of a submission is run.
 *
 * @param targets DVC targets, empty for all pipelines
 * @param commands of an MLproject or of the lab
 * @param notRun why there is nothing to run, or null
 */
record Chosen(
        RunFacts.Kind kind,
        List<String> targets,
        List<Command> commands,
        @Nullable String notRun) {
    Chosen {
        targets = List.copyOf(targets);
        commands = List.copyOf(commands);
    }

    static Chosen of(RunRequest request, Path tree) {
        boolean pipelines = request.pipelines().stream()
                .anyMatch(pipeline -> !pipeline.stages().isEmpty() || pipeline.problem() != null);
        TreeReader reader = new TreeReader(tree, request.links());
        MlProjectFile project = MlProjectFile.find(reader, hasMlflow(request));
        return switch (request.spec()) {
            case RunSpec.Dvc dvc ->
                pipelines
                        ? new Chosen(RunFacts.Kind.DVC, dvc.targets(), List.of(), null)
                        : nothing("there is no dvc.yaml with stages in the repository");
            case RunSpec.MlProject entry -> project(List.of(project.command(entry)));
            case RunSpec.Commands commands ->
                new Chosen(RunFacts.Kind.COMMANDS, List.of(), Command.numbered(commands.commands()), null);
            case RunSpec.Detect detect -> {
                if (pipelines) {
                    yield new Chosen(RunFacts.Kind.DVC, List.of(), List.of(), null);
                }
                yield project.exists() ? project(project.detected()) : makefile(Makefile.read(reader));
            }
        };
    }

    private static boolean hasMlflow(RunRequest request) {
        return request.environment().facts().installed().stream()
                .anyMatch(pin -> pin.startsWith("mlflow==") || pin.startsWith("mlflow-skinny=="));
    }

    private static Chosen makefile(Makefile makefile) {
        return makefile.whole()
                .map(target -> new Chosen(
                        RunFacts.Kind.COMMANDS,
                        List.of(),
                        List.of(Command.of("make " + target, "make " + target)),
                        null))
                .orElseGet(
                        () -> nothing("the repository has neither a dvc.yaml with stages nor an MLproject file, and no"
                                + " Makefile with a target called run, train or all"));
    }

    private static Chosen project(List<MlProjectFile.Lookup> lookups) {
        List<Command> commands = new ArrayList<>();
        String reason = "";
        for (MlProjectFile.Lookup lookup : lookups) {
            switch (lookup) {
                case MlProjectFile.Found found -> commands.add(found.command());
                case MlProjectFile.NotFound not -> reason = not.reason();
            }
        }
        return commands.isEmpty() ? nothing(reason) : new Chosen(RunFacts.Kind.MLPROJECT, List.of(), commands, null);
    }

    private static Chosen nothing(String reason) {
        return new Chosen(RunFacts.Kind.NONE, List.of(), List.of(), reason);
    }
}

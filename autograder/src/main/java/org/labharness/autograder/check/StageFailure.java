package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.ProblemPlace;
import org.labharness.pipeline.evidence.StageRun;

/** Words for a stage that failed by itself, or could not be run as it stands. */
record StageFailure(RunStory story) {
    private static final Pattern CLAIMED_BY_FILE =
            Pattern.compile("is specified in (?:.* and in )?(\\S+\\.dvc)(?: and in |\\.$)");

    /** What it did, to go on after its name. */
    static String verb(StageRun stage) {
        if (!stage.limits().isEmpty()) {
            return "was stopped at a limit";
        }
        StageRun.Problem problem = stage.problem();
        if (problem == null) {
            return "failed";
        }
        return switch (problem.kind()) {
            case EXIT_CODE -> "failed";
            case LIMIT -> "met a limit of the run";
            case OUTPUT_MISSING -> "did not write what it declares";
            case OUTPUT_REFUSED -> "wrote what DVC refused to save";
            case DEPENDENCY_MISSING -> "needs a file that is not there";
            case DATA_UNREACHABLE, ENVIRONMENT, EARLIER_STAGE, PIPELINE_INVALID, FROZEN, OURS -> "could not be run";
        };
    }

    /** What went wrong, and what to do about it. */
    Sentence told(StageRun stage) {
        String name = story.named(stage);
        Place where = story.where(stage);
        StageRun.Problem problem = stage.problem();
        if (!stage.limits().isEmpty()) {
            return LimitWords.of(name, stage.limits().get(0), where);
        }
        if (problem == null || problem.kind() == StageRun.Kind.EXIT_CODE) {
            return exit(name, stage, where);
        }
        return switch (problem.kind()) {
            case EXIT_CODE -> exit(name, stage, where);
            case LIMIT -> LimitWords.unnamed(name, stage, where);
            case OUTPUT_MISSING ->
                Sentence.at(
                        where,
                        name + " ended well but did not write what it declares: "
                                + RunStory.detail(stage, "an output is missing."),
                        "Write the file to exactly that path, relative to the repository, or correct the path under outs.");
            case OUTPUT_REFUSED ->
                Sentence.at(
                        where,
                        name + " ran, but DVC refused to save its output: "
                                + RunStory.detail(stage, "no reason was given."),
                        "If the output is tracked by Git: git rm -r --cached <output>, then dvc repro, and commit.");
            case DEPENDENCY_MISSING ->
                Sentence.at(
                        where,
                        name + " needs a file that is not there: " + RunStory.detail(stage, "a dependency is missing."),
                        absent(stage));
            case FROZEN -> story.frozen(stage);
            case DATA_UNREACHABLE -> story.outOfReach(stage);
            case ENVIRONMENT -> environmentOf(name, stage, where);
            case EARLIER_STAGE ->
                Sentence.at(
                        where,
                        name + " was not reached: " + RunStory.detail(stage, "an earlier stage failed."),
                        "Mend the earlier stage first.");
            case PIPELINE_INVALID -> invalid(List.of(stage));
            case OURS -> Sentence.at(where, name + " could not be run here: " + RunStory.detail(stage, ""), "");
        };
    }

    /** Stages that DVC does not run for one and the same reason. */
    Sentence invalid(List<StageRun> stages) {
        StageRun first = stages.getFirst();
        String reason = RunStory.detail(first, "dvc.yaml is not valid.");
        Optional<PipelineFacts> read = misread();
        Matcher tracker = CLAIMED_BY_FILE.matcher(reason);
        String who = stages.size() == 1
                ? story.named(first) + " cannot be run as it stands: "
                : "Stages "
                        + PlainText.list(stages.stream().map(StageRun::fullName).toList())
                        + " cannot be run as they stand: ";
        if (read.isPresent()) {
            String problem = String.valueOf(read.get().problem());
            Place where = ProblemPlace.of(read.get().path("dvc.yaml"), problem);
            return Sentence.at(
                    where,
                    who + PlainText.name(read.get().path("dvc.yaml")) + " is refused by DVC: "
                            + RunStory.ended(problem),
                    "Mend " + PlainText.name(where.path())
                            + " until 'dvc repro --dry' lists your stages, then commit it.");
        }
        return Sentence.at(
                story.where(first),
                who + reason,
                tracker.find()
                        ? "If a stage makes it, it is no data of its own: dvc remove "
                                + PlainText.shell(tracker.group(1)) + ", then dvc repro, and commit."
                        : "Mend dvc.yaml until 'dvc repro --dry' lists your stages.");
    }

    /** A pipeline of which reading tells the line that DVC stumbles over; DVC's own words name another, or none. */
    private Optional<PipelineFacts> misread() {
        return story.evidence().pipelines().stream()
                .filter(pipeline -> pipeline.problem() != null
                        && !pipeline.problem().contains(" one too many")
                        && ProblemPlace.of("", pipeline.problem()).line() > 0)
                .findFirst();
    }

    private String absent(StageRun stage) {
        String detail = RunStory.detail(stage, "");
        boolean ofGit = story.fates().declared(stage).stream()
                .flatMap(declared -> declared.deps().stream())
                .anyMatch(dep -> ErrorAdvice.ofGit(dep) && detail.contains(dep));
        if (ofGit) {
            return ErrorAdvice.NOT_TO_COMMIT;
        }
        return story.fates().declared(stage).stream()
                .flatMap(declared -> declared.deps().stream().filter(declared::runs))
                .findFirst()
                .map(word ->
                        "Take '- " + PlainText.name(word) + "' out of deps in dvc.yaml: it is the command, not a file.")
                .orElse(
                        "Commit the file, put it under DVC (dvc add, dvc push), or declare it as the output of an earlier"
                                + " stage.");
    }

    private Sentence environmentOf(String name, StageRun stage, @Nullable Place where) {
        EnvironmentFacts environment = story.evidence().environment();
        if (environment != null && environment.failure() != null) {
            return RunStory.environment(environment.failure()).after(name + " was not run.");
        }
        return Sentence.at(
                where,
                name + " was not run: " + RunStory.detail(stage, "its environment could not be made."),
                "Try your requirements in an empty environment: python -m venv fresh && fresh/bin/pip install -r"
                        + " requirements.txt");
    }

    private Sentence exit(String name, StageRun stage, @Nullable Place where) {
        String last = PlainText.logLine(stage.log().lastError());
        String closing = stage.log().lastLine();
        String message = name + " failed with exit code " + (stage.exit() == null ? "unknown" : stage.exit())
                + (last.isEmpty() ? "; it printed no error." : ": " + RunStory.ended(last))
                + (last.isEmpty() && !closing.isEmpty()
                        ? " Its last line: " + RunStory.ended(PlainText.logLine(closing))
                        : "");
        return UnsetVariable.of(stage, new StageScripts(story.evidence(), story.fates()))
                .map(variable -> Sentence.at(
                        variable.where() == null ? where : variable.where(),
                        message + variable.told(),
                        variable.advice()))
                .orElseGet(() -> Sentence.at(where, message, ErrorAdvice.of(last, ofLab(), again(stage))));
    }

    private boolean ofLab() {
        EnvironmentFacts environment = story.evidence().environment();
        return environment != null && environment.declaredIn().contains("lab.yaml");
    }

    private String again(StageRun stage) {
        return switch (story.evidence().run().kind()) {
            case DVC, NONE -> "dvc repro -f " + PlainText.shell(stage.name());
            case MLPROJECT ->
                "mlflow run " + story.project() + " --env-manager local"
                        + (stage.name().equals("main") ? "" : " -e " + PlainText.shell(stage.name()));
            case COMMANDS -> "the commands of the handout";
        };
    }
}

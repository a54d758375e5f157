package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.EnvironmentFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.ProblemPlace;
import org.labharness.pipeline.evidence.StageRun;

/** Why the pipeline, or a part of it, did not run: the words that several rules share. */
final class RunStory {
    private static final Pattern PARAMETER = Pattern.compile("parameter '[^']{1,100}'");

    private final Evidence evidence;
    private final StageFates fates;

    RunStory(Evidence evidence) {
        this.evidence = evidence;
        this.fates = new StageFates(evidence);
    }

    Evidence evidence() {
        return evidence;
    }

    StageFates fates() {
        return fates;
    }

    /** Why no stage at all was run; empty where there are stages. */
    Optional<Sentence> nothingRan() {
        if (!evidence.run().stages().isEmpty()) {
            return Optional.empty();
        }
        EnvironmentFacts environment = evidence.environment();
        if (environment != null && environment.failure() != null) {
            return Optional.of(environment(environment.failure()));
        }
        Optional<PipelineFacts> broken =
                evidence.pipelines().stream().filter(p -> p.problem() != null).findFirst();
        if (broken.isPresent()) {
            return Optional.of(unreadable(broken.get()));
        }
        String reason = evidence.run().notRun();
        return Optional.of(Sentence.of(
                        reason == null
                                ? "Nothing was run: the repository has no dvc.yaml and no MLproject."
                                : "Nothing was run: " + ended(reason),
                        reason != null
                                        && !evidence.tools().mlproject().isEmpty()
                                        && evidence.pipelines().isEmpty()
                                ? missingPath(reason)
                                        .orElseGet(() -> "Mend "
                                                + PlainText.name(
                                                        evidence.tools().mlproject()) + " until mlflow run "
                                                + project()
                                                + " --env-manager local works as it stands, with a default for each parameter; then"
                                                + " commit and push it.")
                                : "Describe what to run in a dvc.yaml (dvc stage add --help) or an MLproject at the top of the"
                                        + " repository, commit and push it.")
                .causing("nothing was run"));
    }

    /** What to do where the MLproject was not run for want of a path, which reading has seen too. */
    private Optional<String> missingPath(String reason) {
        Matcher parameter = PARAMETER.matcher(reason);
        return parameter.find()
                ? evidence.findings().stream()
                        .filter(finding -> finding.code().equals("mlproject.missing-file")
                                && finding.message().contains("The " + parameter.group()))
                        .map(Finding::hint)
                        .findFirst()
                : Optional.empty();
    }

    /** Why a dvc.yaml could not be read. */
    static Sentence unreadable(PipelineFacts pipeline) {
        String path = pipeline.path("dvc.yaml");
        Place where = ProblemPlace.of(path, String.valueOf(pipeline.problem()));
        return Sentence.at(
                        where,
                        PlainText.name(path) + " cannot be read: " + ended(String.valueOf(pipeline.problem())),
                        "Mend " + PlainText.name(where.path())
                                + " until 'dvc stage list' shows your stages, then commit it.")
                .causing(PlainText.name(path) + " cannot be read");
    }

    /** That the lab provides what every stage makes, so that none of the student's was left to run. */
    Optional<Sentence> onlyReplaced() {
        List<StageRun> stages = evidence.run().stages();
        if (stages.isEmpty() || !fates.stages().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Sentence.at(
                        where(stages.get(0)),
                        "Nothing of yours was left to run: the lab itself provides what "
                                + PlainText.list(
                                        stages.stream().map(StageRun::fullName).toList())
                                + (stages.size() == 1 ? ", the only stage, makes." : " make, the only stages."),
                        "Add the stages that work on it to dvc.yaml (dvc stage add --help), then dvc repro and commit.")
                .causing("no stage of yours was left to run"));
    }

    /** The failure that is the student's, if there is one. */
    Optional<Sentence> failure() {
        return nothingRan()
                .or(this::onlyReplaced)
                .or(() -> fates.first(Blame.WORK).map(this::failed));
    }

    /** The data that is out of reach, if that stopped a stage; rather of one that stopped those after it. */
    Optional<Sentence> unreachable() {
        return evidence.run().stages().stream()
                .filter(stage -> !StageFates.inherits(stage) && fates.blame(stage) == Blame.DATA)
                .filter(stage -> NoNetwork.placed(stage, evidence.run()).isEmpty())
                .findFirst()
                .or(() -> fates.first(Blame.DATA))
                .map(this::outOfReach);
    }

    /** What the harness could not do, if that stopped a stage. */
    Optional<Sentence> ours() {
        return fates.first(Blame.OURS).map(stage -> {
            String start = "tage " + PlainText.name(stage.fullName()) + " could not be run here";
            String said = OurVersions.of(stage, evidence)
                    .map(versions -> versions.told(stage, this))
                    .orElseGet(() -> "S" + start + ": " + detail(stage, "the harness met a problem of its own."));
            return Sentence.of(said, "").causing("s" + start);
        });
    }

    /** The stage that is frozen in dvc.yaml and therefore never runs, if there is one. */
    Optional<Sentence> frozen() {
        return fates.first(Blame.FROZEN).map(this::frozen);
    }

    /** That stages ran only after something that a clean clone lacks, or holds, had been mended. */
    Sentence repaired(List<StageRun> stages) {
        List<StageRun> mended = stages.stream()
                .filter(stage -> !evidence.run().neededBy(stage).isEmpty())
                .toList();
        return Sentence.at(
                where(mended.getFirst()),
                PlainText.count(stages.size(), "stage") + " ran, but " + RepairWords.of(evidence.run(), mended),
                RepairWords.advice(evidence.run(), mended));
    }

    /** That a stage is frozen. */
    Sentence frozen(StageRun stage) {
        return frozen(stage, named(stage), where(stage));
    }

    private static Sentence frozen(StageRun stage, String name, @Nullable Place where) {
        return Sentence.at(
                        where,
                        name + " is frozen, so dvc repro never runs it"
                                + (stage.problem() == null ? "." : ": " + detail(stage, "")),
                        "dvc unfreeze " + PlainText.shell(stage.name()) + ", then dvc repro and commit dvc.yaml.")
                .causing(lower(name) + " is frozen and never runs");
    }

    /** What went wrong with a stage. */
    Sentence failed(StageRun stage) {
        Sentence told = elsewhere(stage).or(() -> lacking(stage)).orElseGet(() -> new StageFailure(this).told(stage));
        return told.cause().isEmpty() ? told.causing(lower(named(stage)) + " " + StageFailure.verb(stage)) : told;
    }

    static String lower(String name) {
        return "s" + name.substring(1);
    }

    /** {@code Stage train (dvc.yaml:8)}. */
    String named(StageRun stage) {
        Place where = where(stage);
        String name = PlainText.name(stage.fullName());
        return "Stage " + name + (where == null ? "" : " (" + PlainText.name(where.toString()) + ")");
    }

    @Nullable
    Place where(StageRun stage) {
        return fates.declared(stage).map(PipelineFacts.Stage::where).orElse(null);
    }

    /** Why no environment could be made. */
    static Sentence environment(EnvironmentFacts.Failure failure) {
        return Sentence.at(
                        failure.where(),
                        "The Python environment could not be made" + at(failure.where()) + ": "
                                + ended(failure.message()),
                        "Correct the line and try it in an empty environment: python -m venv fresh && fresh/bin/pip install"
                                + " -r requirements.txt")
                .causing("the Python environment could not be made");
    }

    static String at(@Nullable Place where) {
        return where == null ? "" : " (" + PlainText.name(where.toString()) + ")";
    }

    /** The folder of the MLproject. */
    String project() {
        String path = evidence.tools().mlproject();
        return path.contains("/") ? PlainText.shell(path.substring(0, path.lastIndexOf('/'))) : ".";
    }

    Sentence outOfReach(StageRun stage) {
        return elsewhere(stage).or(() -> lacking(stage)).orElseGet(() -> DataWords.outOfReach(List.of(stage), this));
    }

    /** That it might have run elsewhere: with a network, or with a program that is not here. */
    private Optional<Sentence> elsewhere(StageRun stage) {
        return NetworkWords.of(stage, this)
                .or(() -> MissingProgram.of(stage).map(program -> program.told(stage, this)));
    }

    private Optional<Sentence> lacking(StageRun stage) {
        return UndeclaredNeed.of(stage, evidence, fates).map(need -> need.told(stage, this));
    }

    static String detail(StageRun stage, String otherwise) {
        return stage.problem() == null || stage.problem().message().isBlank()
                ? otherwise
                : ended(stage.problem().message());
    }

    /** What a stage printed last of an error, as a sentence to follow another; empty where it printed none. */
    static String lastError(StageRun stage) {
        String line = stage.log().lastError();
        return line.isBlank() ? "" : " Its last error: " + ended(PlainText.logLine(line));
    }

    /** With a full stop at its end. */
    static String ended(String text) {
        String line = PlainText.line(text, 600);
        return line.isEmpty() || ".!?…".indexOf(line.charAt(line.length() - 1)) >= 0 ? line : line + ".";
    }
}

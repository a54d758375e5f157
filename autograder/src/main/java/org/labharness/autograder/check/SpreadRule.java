package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.labharness.lab.Intervention;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Points;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.evidence.SecondRunFacts;

/**
 * {@code parameter-change} and {@code code-change}: all points where exactly the stages ran that the change concerns, half where others ran
 * too or the new value was not logged.
 */
final class SpreadRule {
    private final Case subject;
    private final Followed.Known followed;
    private final List<String> changed;

    private SpreadRule(Followed.Known followed, Case subject) {
        this.followed = followed;
        this.subject = subject;
        this.changed = followed.facts().changed().stream()
                .map(one -> one.name().isEmpty() ? one.file() : one.name())
                .toList();
    }

    static Ruling judge(InterventionCheck.ParameterChange spec, Case subject) {
        return judged(
                spec.intervention(),
                "a changed parameter runs the right stages again",
                "Keep the value in params.yaml, name it under params of the stage that reads it (dvc.yaml), then dvc repro and"
                        + " commit both.",
                subject,
                rule -> rule.parameter(spec.logged()));
    }

    static Ruling judge(InterventionCheck.CodeChange spec, Case subject) {
        return judged(
                spec.intervention(),
                "edited code runs the right stages again",
                "Name the script under deps of the stage that runs it (dvc.yaml), then dvc repro and commit both.",
                subject,
                SpreadRule::code);
    }

    private static Ruling judged(
            Intervention change, String purpose, String remedy, Case subject, Function<SpreadRule, Ruling> judging) {
        return Followed.ruling(
                change, purpose, remedy, subject, known -> judging.apply(new SpreadRule(known, subject)));
    }

    private Ruling parameter(boolean logged) {
        Spread spread = spread(stage -> stage.params().values().stream()
                .flatMap(List::stream)
                .anyMatch(declared -> changed.stream().anyMatch(name -> covers(declared, name))));
        Predicate<Stage> whole = this::takesTheWholeFile;
        List<String> vague = spread.ran().stream()
                .filter(stage -> spread.has(stage, whole) && !spread.own().contains(stage))
                .toList();
        Optional<Ruling> crash = followed.crashed("Let your code take any sensible value of the parameter, not the"
                + " committed one alone: try dvc repro after changing it.");
        if (crash.isPresent()) {
            return crash.get();
        }
        String names = PlainText.all(changed);
        if (spread.own().isEmpty() && vague.isEmpty()) {
            return Ruling.absent(Sentence.at(
                    null,
                    followed.when() + ", dvc repro ran "
                            + (spread.ran().isEmpty() ? "nothing" : PlainText.all(spread.ran()))
                            + ": no stage declares " + names + " as its parameter.",
                    "In dvc.yaml name it under params of the stage that reads it (params: ["
                            + PlainText.name(changed.getFirst()) + "]), then dvc repro and commit."));
        }
        Ruling ruling = spread.own().isEmpty() ? wholeFile(spread, vague) : ran(spread, vague);
        return logged && ruling.points() == null ? logged(ruling) : ruling;
    }

    private Ruling code() {
        Spread spread = spread(stage -> stage.deps().stream()
                .anyMatch(dep -> changed.stream()
                        .anyMatch(file -> file.equals(dep) || file.startsWith(dep.isEmpty() ? "" : dep + "/"))));
        Optional<Ruling> crash = followed.crashed(
                "Code that only got a comment must run as before: do not compare its text or sum with one kept.");
        if (crash.isPresent()) {
            return crash.get();
        }
        if (spread.own().isEmpty()) {
            return Ruling.absent(Sentence.at(
                    null,
                    followed.when() + ", dvc repro ran "
                            + (spread.ran().isEmpty() ? "nothing" : PlainText.all(spread.ran()))
                            + ": no stage declares " + PlainText.all(changed) + " as a dependency.",
                    "In dvc.yaml name the script, and every module that it imports, under deps of the stage that runs it;"
                            + " then dvc repro and commit."));
        }
        return ran(spread, List.of());
    }

    private Spread spread(Predicate<Stage> own) {
        return new Spread(subject.evidence().pipelines(), followed.facts(), own);
    }

    private Ruling ran(Spread spread, List<String> vague) {
        List<String> missing = spread.missing();
        if (!missing.isEmpty()) {
            String first = missing.getFirst();
            boolean frozen = spread.has(first, Stage::frozen);
            return Ruling.absent(Sentence.at(
                    spread.where(first),
                    followed.when() + ", stage " + PlainText.name(first) + " did not run, though it "
                            + (spread.own().contains(first) ? "declares that" : "depends on what came out different")
                            + (frozen ? ": it is frozen." : "."),
                    frozen
                            ? "Take 'frozen: true' out of the stage in dvc.yaml."
                            : "Run dvc status after such a change, and mend dvc.yaml until it names the stage."));
        }
        List<String> unrelated =
                spread.unrelated().stream().filter(stage -> !runsAnyway(stage)).toList();
        if (unrelated.isEmpty()) {
            List<String> untouched = spread.untouched();
            return Ruling.full(followed.when() + ", " + PlainText.all(spread.ran()) + " ran"
                    + (untouched.isEmpty() ? "." : "; " + PlainText.all(untouched) + " did not, as it should be."));
        }
        String first = unrelated.getFirst();
        return Ruling.part(
                half(),
                Sentence.at(
                        spread.where(first),
                        followed.when() + ", " + PlainText.all(unrelated)
                                + " ran as well, though the change is none of "
                                + (unrelated.size() == 1 ? "its" : "their") + " concern: "
                                + reason(spread, first, vague) + ".",
                        advice(spread, first, vague)));
    }

    /** What a second run right after the first would run too is lost there, not here as well. */
    private boolean runsAnyway(String stage) {
        SecondRunFacts second = subject.evidence().secondRun();
        return second != null
                && second.stages().stream().anyMatch(rerun -> rerun.stage().equals(stage));
    }

    private Ruling wholeFile(Spread spread, List<String> vague) {
        return Ruling.part(
                half(),
                Sentence.at(
                        spread.where(vague.getFirst()),
                        followed.when() + ", " + PlainText.all(spread.ran()) + " ran, because "
                                + PlainText.all(vague) + (vague.size() == 1 ? " depends" : " depend")
                                + " on the whole params file: any other value in it would run "
                                + (vague.size() == 1 ? "it" : "them") + " too.",
                        byName()));
    }

    private String reason(Spread spread, String stage, List<String> vague) {
        if (spread.has(stage, Stage::alwaysChanged)) {
            return PlainText.name(stage) + " is marked always_changed";
        }
        if (vague.contains(stage)) {
            return PlainText.name(stage) + " depends on the whole params file";
        }
        if (spread.has(
                stage,
                declared -> declared.deps().isEmpty() && declared.params().isEmpty())) {
            return PlainText.name(stage) + " declares neither deps nor params, so DVC runs it every time";
        }
        List<String> inputs = followed.facts().changedInputs().getOrDefault(stage, List.of());
        return inputs.isEmpty()
                ? "DVC took " + PlainText.name(stage) + " for changed, though nothing that it declares was"
                : PlainText.all(inputs) + " changed for " + PlainText.name(stage);
    }

    private String advice(Spread spread, String stage, List<String> vague) {
        if (spread.has(stage, Stage::alwaysChanged)) {
            return "Take 'always_changed: true' out of the stage in dvc.yaml.";
        }
        return vague.contains(stage)
                ? byName()
                : "Declare for each stage just what it reads, and let no stage write what another depends on.";
    }

    private String byName() {
        return "Name the keys that each stage reads under its params (params: [" + PlainText.name(changed.getFirst())
                + "]) instead of the whole file; then dvc repro and commit.";
    }

    private Ruling logged(Ruling full) {
        return LoggedValues.missing(followed, "the right stages ran")
                .map(sentence -> Ruling.part(half(), sentence))
                .orElse(full);
    }

    private Points half() {
        return subject.full().part(1, 2);
    }

    /** A name under params stands for all that is below it. */
    private static boolean covers(String declared, String name) {
        return declared.equals(name) || name.startsWith(declared + ".");
    }

    private boolean takesTheWholeFile(Stage stage) {
        return followed.facts().changed().stream()
                .map(InterventionFacts.Changed::file)
                .anyMatch(file -> stage.deps().contains(file)
                        || stage.params().getOrDefault(file, List.of("some")).isEmpty());
    }
}

package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import org.labharness.lab.Intervention;
import org.labharness.lab.InterventionCheck;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.StageRun;

/** {@code config-removed} and {@code config-change}: whether the settings of training stand in the configuration and nowhere else. */
final class ConfigRule {
    private static final String READ_IT =
            "Read every setting from the configuration, config[\"train\"][\"trees\"], without a default in the code or a"
                    + " try around it: what is not there must end the run with an error.";

    private ConfigRule() {}

    static Ruling judge(InterventionCheck.ConfigRemoved spec, Case subject) {
        return Followed.ruling(
                spec.intervention(),
                "training fails without its configuration",
                "Keep every setting of training in that file, read it from there, and commit it.",
                subject,
                known -> removed(known));
    }

    private static Ruling removed(Followed.Known known) {
        List<StageRun> stages = known.facts().stages();
        Optional<StageRun> failed = stages.stream()
                .filter(stage -> stage.status() == StageRun.Status.FAILED
                        || (stage.status() == StageRun.Status.NOT_REACHED && stage.problem() != null))
                .findFirst();
        if (failed.isEmpty()) {
            return Ruling.absent(Sentence.of(
                    known.when() + ", " + PlainText.all(known.facts().ran()) + " ran all the same and ended without an"
                            + " error: the settings stand somewhere else too.",
                    READ_IT));
        }
        StageRun stage = failed.get();
        StageRun.Problem problem = stage.problem();
        if (problem != null && problem.kind() == StageRun.Kind.OURS) {
            return Ruling.ours(known.when() + ": " + PlainText.line(problem.message(), 300) + ".");
        }
        String name = "stage " + PlainText.name(stage.fullName());
        if (stage.exit() != null && stage.exit() == 0) {
            return Ruling.absent(Sentence.of(
                    known.when() + ", the command of " + name + " ended without an error all the same; only DVC, which"
                            + " looks for the file, complained.",
                    READ_IT));
        }
        if (problem != null && problem.kind() == StageRun.Kind.LIMIT) {
            return Ruling.absent(Sentence.of(
                    known.when() + ", " + name + " did not end with an error but "
                            + PlainText.line(problem.message(), 200) + ".",
                    READ_IT));
        }
        return Ruling.full(known.when() + ", the run failed as it must: " + name
                + (problem == null
                        ? " did not run"
                        : (problem.kind() == StageRun.Kind.PIPELINE_INVALID ? ": " : " ")
                                + PlainText.logLine(problem.message()))
                + ".");
    }

    static Ruling judge(InterventionCheck.ConfigChange spec, Case subject) {
        return Followed.ruling(
                spec.intervention(),
                "other settings give another result",
                "Keep the setting under that name in the file, read it from there, and commit it.",
                subject,
                known -> known.crashed("Let your code take any sensible value of a setting.")
                        .orElseGet(() -> changed(spec, known, subject)));
    }

    private static Ruling changed(InterventionCheck.ConfigChange spec, Followed.Known known, Case subject) {
        Ruling moved = moved(spec, known, subject);
        return spec.logged() && moved.points() == null
                ? LoggedValues.missing(known, "the result was another one")
                        .map(sentence -> Ruling.part(subject.full().part(1, 2), sentence))
                        .orElse(moved)
                : moved;
    }

    private static Ruling moved(InterventionCheck.ConfigChange spec, Followed.Known known, Case subject) {
        Optional<Sentence> missing = MissingPaths.of(spec.changes(), known, subject);
        if (missing.isPresent()) {
            return Ruling.absent(missing.get());
        }
        InterventionFacts facts = known.facts();
        Optional<InterventionFacts> repeat = subject.evidence().intervention(new Intervention.Repeat());
        MeasuredValues before = MeasuredValues.of(subject.evidence());
        MeasuredValues again = MeasuredValues.again(subject.evidence());
        Optional<String> moved = before.moved(MeasuredValues.of(facts), again);
        List<String> different = facts.changedOutputs().stream()
                .filter(path -> spec.changes().isEmpty() || spec.changes().contains(path))
                .filter(path -> repeat.map(one -> !one.changedOutputs().contains(path))
                        .orElse(!spec.changes().isEmpty()))
                .toList();
        boolean all = spec.changes().isEmpty()
                ? moved.isPresent() || !different.isEmpty()
                : different.size() == spec.changes().size();
        if (all || (moved.isPresent() && facts.changedOutputs().containsAll(spec.changes()))) {
            String what = moved.filter(words -> spec.changes().isEmpty() || !all)
                    .orElseGet(() -> PlainText.all(different) + " came out different");
            return Ruling.full(known.when() + ", " + what + ".");
        }
        return Ruling.absent(Sentence.of(
                known.when() + ", the pipeline ran, but " + unmoved(spec, facts, before, again),
                "Hand the value from the configuration on to the model, and give every random choice a seed, so that"
                        + " nothing else changes the result."));
    }

    /** What did not move, and what that means: nothing is said of the setting where something moves by itself. */
    private static String unmoved(
            InterventionCheck.ConfigChange spec, InterventionFacts facts, MeasuredValues before, MeasuredValues again) {
        List<String> same = spec.changes().stream()
                .filter(path -> !facts.changedOutputs().contains(path))
                .toList();
        if (!same.isEmpty()) {
            return PlainText.all(same) + " came out the same: the setting reaches no model.";
        }
        Optional<String> unsteady = before.difference(again, 0);
        if (unsteady.isPresent()) {
            return "nothing can be told from that: when nothing is changed the results differ as well ("
                    + unsteady.get() + ").";
        }
        if (!spec.changes().isEmpty()) {
            return PlainText.all(spec.changes()) + " came out different, but so "
                    + (spec.changes().size() == 1 ? "it does" : "they do")
                    + " when nothing is changed, and no metric moved: nothing shows that the setting reaches the model.";
        }
        return (before.isEmpty() ? "there was no metric to tell a difference by" : "no metric moved")
                + ": nothing shows that the setting reaches the model.";
    }
}

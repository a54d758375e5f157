package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;
import org.labharness.pipeline.evidence.StageRun;

/** {@code outputs-rebuilt}: a part of the points for each output that the run really makes. */
final class RebuiltRule {
    private static final String GIT = ".git";

    private RebuiltRule() {}

    static Ruling judge(InterventionCheck.OutputsRebuilt spec, Case subject) {
        return Followed.ruling(
                spec.intervention(),
                "the outputs are made by the run",
                "",
                subject,
                known -> rebuilt(spec, known, subject));
    }

    private static Ruling rebuilt(InterventionCheck.OutputsRebuilt spec, Followed.Known known, Case subject) {
        InterventionFacts facts = known.facts();
        boolean ran = !facts.stages().isEmpty();
        Optional<Sentence> ours = ran && facts.failed() ? known.ours() : Optional.empty();
        if (ours.isPresent()) {
            return Ruling.ours(known.when() + ": " + ours.get().message());
        }
        List<String> gone = ran
                ? spec.outputs().stream()
                        .filter(output -> copied(output, facts)
                                && (facts.failed()
                                        ? notMadeWithoutIt(output, facts, subject)
                                        : facts.changedOutputs().contains(output)))
                        .toList()
                : List.of();
        List<String> written = spec.outputs().stream()
                .filter(output ->
                        !gone.contains(output) && literal(output, facts).isPresent())
                .toList();
        List<String> absent = spec.outputs().stream()
                .filter(output ->
                        facts.absent().contains(output) && !gone.contains(output) && !written.contains(output))
                .toList();
        if (gone.isEmpty() && written.isEmpty() && absent.isEmpty()) {
            return Ruling.full(PlainText.all(spec.outputs()) + (spec.outputs().size() == 1 ? " was" : " were")
                    + " made anew by the run, with no copy of "
                    + (spec.outputs().size() == 1 ? "it" : "them")
                    + " left in the repository.");
        }
        int made = spec.outputs().size() - gone.size() - written.size() - absent.size();
        Sentence sentence = !gone.isEmpty()
                ? copied(gone.getFirst(), known)
                : !written.isEmpty()
                        ? writtenDown(
                                written.getFirst(),
                                literal(written.getFirst(), facts).orElseThrow())
                        : MissingPaths.told(absent.getFirst(), subject.evidence());
        return Ruling.part(subject.full().part(made, spec.outputs().size()), sentence);
    }

    private static boolean copied(String output, InterventionFacts facts) {
        return facts.copies().stream()
                .anyMatch(copy -> !copy.literal() && copy.output().equals(output));
    }

    /** Those that had its content, but Git itself. */
    private static List<String> files(String output, InterventionFacts facts) {
        return facts.copies().stream()
                .filter(copy -> !copy.literal() && copy.output().equals(output))
                .map(copy -> copy.where().path())
                .filter(path -> !path.equals(GIT))
                .toList();
    }

    /**
     * Whether a run failed for want of what was taken away. Git holds many an output, metrics above all: what a stage would have made that
     * was not reached any more is not lost for that alone.
     */
    private static boolean notMadeWithoutIt(String output, InterventionFacts facts, Case subject) {
        return !files(output, facts).isEmpty() || !madeByOthers(output, facts, subject);
    }

    /** Whether a stage makes it, and none that failed. */
    private static boolean madeByOthers(String output, InterventionFacts facts, Case subject) {
        Set<String> failed = facts.stages().stream()
                .filter(stage -> stage.status() == StageRun.Status.FAILED)
                .map(StageRun::fullName)
                .collect(Collectors.toSet());
        return makes(output, stage -> !failed.contains(stage), subject) && !makes(output, failed::contains, subject);
    }

    private static boolean makes(String output, Predicate<String> stage, Case subject) {
        return subject.evidence().pipelines().stream()
                .flatMap(pipeline -> pipeline.outputs(stage))
                .anyMatch(output::equals);
    }

    private static Optional<Place> literal(String output, InterventionFacts facts) {
        return facts.copies().stream()
                .filter(copy -> copy.literal() && copy.output().equals(output))
                .map(Copy::where)
                .findFirst();
    }

    private static Sentence copied(String output, Followed.Known known) {
        List<String> files = files(output, known.facts());
        String result = known.facts().failed()
                ? known.failure()
                        .map(why -> "the run no longer made it: " + why.message())
                        .orElse("the run no longer made it.")
                : "it came out different.";
        if (files.isEmpty()) {
            return Sentence.of(
                    "Git holds the content of " + PlainText.name(output) + " in a commit; when that was taken away, "
                            + result,
                    "Let a stage compute " + PlainText.name(output) + " from its dependencies, and not from what"
                            + " was committed.");
        }
        return Sentence.at(
                Place.of(files.getFirst()),
                PlainText.name(output) + " has the same content as " + PlainText.all(files)
                        + " in the repository; when that was taken away, " + result,
                "Let a stage compute " + PlainText.name(output) + " from its dependencies, and take the copy out of the"
                        + " repository.");
    }

    private static Sentence writtenDown(String output, Place where) {
        return Sentence.at(
                where,
                "What is in " + PlainText.name(output) + " stands in the code, " + PlainText.name(where.toString())
                        + ": it is written down, not computed.",
                "Compute it in the run, numbers from the run's predictions.");
    }
}

package org.labharness.autograder.check;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.InterventionFacts;
import org.labharness.pipeline.evidence.InterventionFacts.Matter;
import org.labharness.pipeline.evidence.InterventionFacts.Untried;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;

/** What followed a change, or the ruling that says why that is not known. */
sealed interface Followed {
    /** A run followed, or there was nothing to run. */
    record Known(InterventionFacts facts, Case subject) implements Followed {
        /** What was changed, as a sentence begins: {@code When train.trees in params.yaml was changed from 5 to 50}. */
        String when() {
            return "When " + PlainText.line(facts.change(), 300);
        }

        /** Why the changed run did not come to its end; empty where it did. */
        Optional<Sentence> failure() {
            return story().failure().or(() -> story().frozen());
        }

        /** What kept the changed run from its end and is no matter of the student's. */
        Optional<Sentence> ours() {
            return story().ours();
        }

        /** The ruling on a changed run that was to come to its end and did not; empty where it did. */
        Optional<Ruling> crashed(String advice) {
            return crashed(failure(), advice);
        }

        /** The same, telling nothing that the submission's code could have chosen: it had seen what is not the student's. */
        Optional<Ruling> crashedUnheard(String advice) {
            return ours().isPresent() && facts.failed()
                    ? Optional.of(Ruling.ours(when() + ": a stage could not be judged here."))
                    : crashed(unheard(), advice);
        }

        private Optional<Sentence> unheard() {
            return facts.stages().stream()
                    .filter(stage -> stage.status() == StageRun.Status.FAILED)
                    .findFirst()
                    .map(stage -> UnheardFailure.told(stage, story()));
        }

        private Optional<Ruling> crashed(Optional<Sentence> failure, String advice) {
            if (!facts.failed()) {
                return Optional.empty();
            }
            Optional<Sentence> ours = ours();
            if (ours.isPresent()) {
                return Optional.of(Ruling.ours(when() + ": " + ours.get().message()));
            }
            Sentence why = failure.orElseGet(() -> Sentence.of("A stage did not come to its end.", ""));
            return Optional.of(Ruling.absent(
                    Sentence.at(why.where(), when() + ", the pipeline no longer ran: " + why.message(), advice)));
        }

        private RunStory story() {
            Evidence unchanged = subject.evidence();
            return new RunStory(unchanged.with(new RunFacts(
                    unchanged.run().kind(),
                    facts.stages(),
                    List.of(),
                    facts.stages().stream()
                            .flatMap(stage -> stage.limits().stream())
                            .distinct()
                            .toList(),
                    LogExcerpt.EMPTY,
                    null)));
        }
    }

    /** Nothing is known. */
    record Unknown(Ruling ruling) implements Followed {}

    /**
     * Judges what followed.
     *
     * @param purpose what the change was to show, a clause after "whether"
     * @param remedy what to do where the submission lacks what was to be changed
     * @param judging what is known; the ruling is clear where nothing is
     */
    static Ruling ruling(
            Intervention change, String purpose, String remedy, Case subject, Function<Known, Ruling> judging) {
        return switch (by(change, purpose, remedy, subject)) {
            case Unknown unknown -> unknown.ruling();
            case Known known -> judging.apply(known);
        };
    }

    /**
     * Judges several changes of one kind by the one that speaks best for the student; the first of which nothing is known decides.
     *
     * @param better of two what speaks better, the earlier one second
     */
    static Ruling best(
            List<Intervention> changes,
            String purpose,
            String remedy,
            Case subject,
            BinaryOperator<Known> better,
            Function<Known, Ruling> judging) {
        @Nullable Known best = null;
        for (Intervention change : changes) {
            switch (by(change, purpose, remedy, subject)) {
                case Unknown unknown -> {
                    return unknown.ruling();
                }
                case Known known -> best = best == null ? known : better.apply(known, best);
            }
        }
        return judging.apply(Objects.requireNonNull(best));
    }

    /** Looks it up, as for {@link #ruling}. */
    static Followed by(Intervention change, String purpose, String remedy, Case subject) {
        Optional<InterventionFacts> facts = subject.evidence().intervention(change);
        if (facts.isEmpty()) {
            return new Unknown(NotTried.because(
                    "It could not be tried whether " + purpose + ".",
                    "It was not tried whether " + purpose + ".",
                    subject));
        }
        Untried untried = facts.get().untried();
        if (untried != null) {
            String message = PlainText.line(untried.message(), 500);
            return new Unknown(
                    untried.matter() == Matter.OURS
                            ? Ruling.ours(message)
                            : Ruling.absent(Sentence.of(message, remedy)));
        }
        return new Known(facts.get(), subject);
    }
}

package org.labharness.autograder.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.labharness.lab.Place;
import org.labharness.lab.RepositoryCheck;
import org.labharness.pipeline.evidence.HiddenCopyFacts;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Copies;
import org.labharness.pipeline.evidence.HiddenCopyFacts.Where;

/**
 * {@code no-hidden-rows}: no file holds many of the lab's hidden rows. How many are found by chance is told by look-alikes, which nobody was ever given; a file counts where it
 * holds several times as many of the hidden ones. Which rows, and how many, is never said: who is told could try.
 */
final class HiddenRowsRule {
    private static final int SHOWN = 3;

    private HiddenRowsRule() {}

    static Ruling judge(RepositoryCheck.NoHiddenRows spec, Case subject) {
        Optional<HiddenCopyFacts> facts = subject.evidence().hiddenCopies().stream()
                .filter(one -> one.data().equals(spec.data()))
                .findFirst();
        if (facts.isEmpty()) {
            return Ruling.ours("Nobody looked for hidden rows.");
        }
        if (!facts.get().unfit().isEmpty()) {
            return Ruling.ours(PlainText.line(facts.get().unfit(), 300));
        }
        List<Copies> files = facts.get().files().stream()
                .filter(file -> file.rows() >= spec.atLeast() * (file.lookalikes() + 1L))
                .sorted(Comparator.comparing(HiddenRowsRule::isInside))
                .toList();
        if (files.isEmpty()) {
            return Ruling.full("No file that was handed in, or left by the run, holds rows of the lab's hidden data"
                    + (facts.get().whole() ? "." : ", as far as files were read: they were too many or too large."));
        }
        Copies first = files.getFirst();
        return Ruling.absent(Sentence.at(
                first.where() == Where.HANDED_IN ? Place.of(first.path()) : null,
                "Rows of the lab's hidden data, on which models are measured, stand in "
                        + files.stream().limit(SHOWN).map(HiddenRowsRule::named).collect(Collectors.joining(", "))
                        + (files.size() > SHOWN ? " and " + PlainText.count(files.size() - SHOWN, "more file") : "")
                        + ".",
                "Take them out of the repository and of whatever the model is trained on: a model that has seen the rows on which it is measured"
                        + " shows nothing. Tell the course where they come from, so that others get new ones."));
    }

    /** Caches and inner files are named last: they hold again what stands elsewhere. */
    private static boolean isInside(Copies file) {
        return file.path().startsWith(".") || file.where() != Where.HANDED_IN;
    }

    private static String named(Copies file) {
        String path = PlainText.name(file.path());
        return switch (file.where()) {
            case HANDED_IN -> path;
            case MADE -> path + " (made by the run)";
            case LOGGED -> path + " (logged to MLflow)";
            case TEMPORARY -> "/tmp/" + path;
        };
    }
}

package org.labharness.autograder.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.intake.Errand;
import org.labharness.autograder.job.GradingJob;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Grading.State;
import org.labharness.lab.course.CourseClock;

/**
 * What became of a class, in words: how many were graded, and the others by kind.
 *
 * @param notDue those of whom nothing is known, because their deadline is still to come
 * @param clock of the course
 */
record BatchSummary(
        List<Grading> gradings, List<Result> collected, int skipped, List<Errand> notDue, CourseClock clock) {
    static final String GRADED = "graded";
    private static final String REFUSED = "refused";
    private static final String BROKEN = "broken";
    private static final int LONGEST = 400;

    /** {@code graded}, {@code held}, {@code refused}, what broke, or why it was not graded at all. */
    static String kind(Grading grading) {
        if (!grading.code().isEmpty()) {
            return BROKEN + " (" + grading.code() + ")";
        }
        if (grading.state() != State.DONE) {
            return grading.state().code();
        }
        return Stream.of(REFUSED, GradingJob.HELD)
                .filter(grading.message()::startsWith)
                .findFirst()
                .orElse(GRADED);
    }

    /** Whether something came to nothing for a reason that is not the students'. */
    boolean broke() {
        return CollectionWords.broke(collected)
                || gradings.stream().anyMatch(grading -> !grading.code().isEmpty());
    }

    String words() {
        Map<String, List<Grading>> kinds =
                gradings.stream().collect(Collectors.groupingBy(BatchSummary::kind, TreeMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        lines.add(
                gradings.isEmpty()
                        ? "Nothing was to be graded."
                        : CollectionWords.counted(gradings.size(), "submission", "submissions") + ": "
                                + kinds.entrySet().stream()
                                        .map(entry -> entry.getValue().size() + " " + entry.getKey())
                                        .collect(Collectors.joining(", "))
                                + ".");
        if (skipped > 0) {
            lines.add(CollectionWords.counted(skipped, "was", "were")
                    + " judged by the rubric already and left alone. --force runs again.");
        }
        kinds.forEach((kind, some) -> {
            if (!kind.equals(GRADED)) {
                lines.add("");
                lines.add(heading(kind, some.size()));
                some.forEach(one -> lines.add(
                        "  " + one.owner().id() + "  " + one.lab() + "  " + PlainText.line(one.message(), LONGEST)));
            }
        });
        CollectionWords.missing(collected).forEach((trouble, some) -> {
            lines.add("");
            lines.add("Not collected, " + trouble.title().substring(0, 1).toLowerCase(Locale.ROOT)
                    + trouble.title().substring(1) + ": " + some.size() + ". " + trouble.remedy());
            some.forEach(one -> lines.add("  " + one.errand().owner().id() + "  "
                    + one.errand().lab().id() + "  " + PlainText.line(one.message(), LONGEST)));
        });
        lines.addAll(new CollectionWords(clock).notDue(notDue, remedy()));
        return String.join("\n", lines) + "\n";
    }

    private String remedy() {
        return "Nothing of theirs is known yet. Run it again then, or freeze what is there first: ./lab collect --lab "
                + notDue.stream()
                        .map(errand -> errand.lab().id().value())
                        .distinct()
                        .collect(Collectors.joining(","))
                + " --now";
    }

    private static String heading(String kind, int count) {
        if (kind.equals(REFUSED)) {
            return "Refused: " + count + ". It is theirs to mend; it cost no attempt.";
        }
        if (kind.equals(GradingJob.HELD)) {
            return "Held: " + count
                    + ". Something of it could not be tested here, which is not theirs: no point is lost."
                    + " The next batch runs it again.";
        }
        String name = Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + ": " + count;
        return kind.startsWith(BROKEN)
                ? name + ". It is not theirs, and cost them nothing; run the batch again."
                : name + ". Nobody graded it.";
    }
}

package org.labharness.autograder.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.intake.Collector.Result;
import org.labharness.autograder.intake.Errand;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.lab.course.CourseClock;

/** What came of a collection, in words: those who are missing by the kind of trouble, each kind with its remedy. */
record CollectionWords(CourseClock clock) {
    private static final int LONGEST = 400;
    private static final int FEW = 12;

    /** Whether some were not read for a reason that is not theirs. */
    static boolean broke(List<Result> results) {
        return results.stream().anyMatch(result -> {
            Trouble trouble = result.trouble();
            return trouble == Trouble.NETWORK || trouble == Trouble.LOGIN || trouble == Trouble.BROKEN;
        });
    }

    /**
     * @param already how many were collected before
     * @param notDue those whose deadline is still to come
     */
    String summary(List<Result> results, int already, List<Errand> notDue) {
        List<String> lines = new ArrayList<>();
        long found = results.stream().filter(result -> result.trouble() == null).count();
        lines.add(
                results.isEmpty()
                        ? "Nothing was to be collected." + before(already)
                        : "Collected " + found + " of " + counted(results.size(), "repository", "repositories") + "."
                                + before(already));
        Map<Trouble, List<Result>> missing = missing(results);
        missing.forEach((trouble, some) -> {
            lines.add("");
            lines.add(trouble.title() + ": " + some.size() + ". " + trouble.remedy());
            some.forEach(one -> lines.add(
                    "  " + one.errand().owner().id() + "  " + one.errand().lab().id()
                            + (one.message().isEmpty() ? "" : "  " + PlainText.line(one.message(), LONGEST))));
        });
        lines.addAll(notDue(notDue, "Run it again then, or take what is there with --now."));
        return String.join("\n", lines) + "\n";
    }

    private static String before(int already) {
        return already == 0
                ? ""
                : " " + counted(already, "was", "were") + " collected before (--again reads once more).";
    }

    static Map<Trouble, List<Result>> missing(List<Result> results) {
        Map<Trouble, List<Result>> missing = new TreeMap<>();
        for (Result result : results) {
            Trouble trouble = result.trouble();
            if (trouble != null) {
                missing.computeIfAbsent(trouble, any -> new ArrayList<>()).add(result);
            }
        }
        return missing;
    }

    /**
     * Who is not due yet, by lab and deadline; none where nobody is.
     *
     * @param remedy the last line
     */
    List<String> notDue(List<Errand> errands, String remedy) {
        Map<String, Map<Instant, List<Errand>>> byDeadline = new TreeMap<>();
        for (Errand errand : errands) {
            Instant due = errand.due();
            if (due != null) {
                byDeadline
                        .computeIfAbsent(errand.lab().id().value(), any -> new TreeMap<>())
                        .computeIfAbsent(due, any -> new ArrayList<>())
                        .add(errand);
            }
        }
        List<String> lines = new ArrayList<>();
        byDeadline.forEach((lab, deadlines) -> {
            lines.add("");
            deadlines.forEach((due, some) -> lines.add(lab + ", not due before " + clock.end(due) + ": " + some.size()
                    + " ("
                    + some.stream()
                            .limit(FEW)
                            .map(errand -> errand.owner().id())
                            .collect(Collectors.joining(", "))
                    + (some.size() > FEW ? " and " + (some.size() - FEW) + " more" : "") + ")"));
        });
        if (!lines.isEmpty()) {
            lines.add(remedy);
        }
        return lines;
    }

    static String counted(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}

package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.challenge.Venue;

/** Results that came from elsewhere, in their order: by the ranks given there, else by score, where the same score shares a rank. */
public record Results(Venue venue, List<Result> all) {
    /** Results in their order, each with a rank. */
    public record Ranked(int rank, Result result) {}

    public Results {
        all = List.copyOf(all);
    }

    public List<Ranked> ranked() {
        boolean placed = all.stream().allMatch(one -> one.place() != null);
        List<Ranked> ranked = new ArrayList<>();
        if (placed) {
            all.stream()
                    .sorted(Comparator.comparingInt((Result one) -> Objects.requireNonNull(one.place()))
                            .thenComparing(one -> one.owner().toString()))
                    .forEach(one -> ranked.add(new Ranked(Objects.requireNonNull(one.place()), one)));
            return ranked;
        }
        all.stream()
                .sorted(Comparator.comparing(Results::score, Ranking.better(venue))
                        .thenComparing(one -> one.owner().toString()))
                .forEach(one -> {
                    Ranked before = ranked.isEmpty() ? null : ranked.getLast();
                    boolean tied = before != null && score(before.result()).compareTo(score(one)) == 0;
                    ranked.add(new Ranked(tied && before != null ? before.rank() : ranked.size() + 1, one));
                });
        return ranked;
    }

    private static BigDecimal score(Result result) {
        return Objects.requireNonNull(result.score());
    }

    /** How the competition ended for each. */
    public Map<Owner, Outcome> outcomes() {
        Map<Owner, Outcome> outcomes = new LinkedHashMap<>();
        ranked().forEach(one -> outcomes.put(
                one.result().owner(), new Outcome(one.rank(), null, one.result().score(), "held elsewhere")));
        return outcomes;
    }

    /** What this changes of earlier results, a line each. */
    public List<String> changesTo(Results before) {
        Map<Owner, Result> old = new LinkedHashMap<>();
        before.all().forEach(one -> old.put(one.owner(), one));
        List<String> lines = new ArrayList<>();
        for (Result one : all) {
            Result was = old.remove(one.owner());
            if (was == null) {
                lines.add("added    " + words(one));
            } else if (!words(was).equals(words(one))) {
                lines.add("changed  " + words(one) + ", was " + figures(was));
            }
        }
        old.values().forEach(one -> lines.add("gone     " + words(one)));
        return lines;
    }

    private static String words(Result result) {
        return result.owner() + ": " + figures(result);
    }

    private static String figures(Result result) {
        BigDecimal score = result.score();
        String scored = score == null ? "" : "score " + score.toPlainString();
        String placed = result.place() == null ? "" : "rank " + result.place();
        return placed.isEmpty() || scored.isEmpty() ? placed + scored : placed + ", " + scored;
    }
}

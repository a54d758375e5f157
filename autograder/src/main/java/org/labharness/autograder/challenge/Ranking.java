package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.QualityMetric;
import org.labharness.lab.challenge.Finals;
import org.labharness.lab.challenge.Venue;

/** Puts teams and students into their order. Pure. */
public final class Ranking {
    private static final Comparator<Entry> EARLIER =
            Comparator.comparing(Entry::received).thenComparingLong(Entry::id);

    private final Venue.Here venue;
    private final Comparator<BigDecimal> better;

    public Ranking(Venue.Here venue) {
        this.venue = venue;
        this.better = better(venue);
    }

    /** The better score first. */
    static Comparator<BigDecimal> better(Venue venue) {
        return venue.higherIsBetter() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    /** A public score as it is told. */
    public BigDecimal shown(BigDecimal exact) {
        return exact.setScale(venue.places(), RoundingMode.HALF_UP);
    }

    /** The ranking score of an entry as it is told; empty where it has none. */
    public Optional<BigDecimal> shown(Entry entry) {
        return Optional.ofNullable(entry.scores().get(venue.ranking())).map(this::shown);
    }

    /** By the best score as it is told: whoever has the same shares a rank, the earlier first. Entries without scores are left out. */
    public List<Standing> open(List<Entry> entries) {
        List<Standing> unranked = new ArrayList<>();
        byOwner(entries).forEach((owner, own) -> {
            Entry best = own.stream().min(byShown()).orElseThrow();
            unranked.add(new Standing(
                    0,
                    owner,
                    best,
                    shown(best).orElseThrow(),
                    own.size(),
                    own.stream()
                            .map(Entry::received)
                            .max(Comparator.naturalOrder())
                            .orElseThrow()));
        });
        unranked.sort(Comparator.comparing(Standing::best, byShown()));
        List<Standing> ranked = new ArrayList<>();
        for (Standing one : unranked) {
            Standing before = ranked.isEmpty() ? null : ranked.getLast();
            int rank = before != null && before.shown().compareTo(one.shown()) == 0 ? before.rank() : ranked.size() + 1;
            ranked.add(new Standing(rank, one.owner(), one.best(), one.shown(), one.entries(), one.last()));
        }
        return ranked;
    }

    /**
     * By the private score of the entry that counts.
     *
     * @param hidden private scores by entry
     * @param choices entries that teams chose
     */
    public List<FinalStanding> closed(
            List<Entry> entries, Map<Long, Map<QualityMetric, BigDecimal>> hidden, Map<Owner, List<Long>> choices) {
        Map<Owner, Standing> open = new LinkedHashMap<>();
        open(entries).forEach(one -> open.put(one.owner(), one));
        Comparator<Entry> byPrivate = Comparator.comparing((Entry entry) -> exact(hidden, entry), better)
                .thenComparing(EARLIER);
        Map<Owner, Entry> counting = new LinkedHashMap<>();
        byOwner(entries)
                .forEach((owner, own) -> counting.put(
                        owner,
                        candidates(own, choices.getOrDefault(owner, List.of())).stream()
                                .min(byPrivate)
                                .orElseThrow()));
        List<FinalStanding> ranked = new ArrayList<>();
        counting.values().stream().sorted(byPrivate).forEach(entry -> {
            @Nullable Standing before = open.get(entry.owner());
            ranked.add(new FinalStanding(
                    ranked.size() + 1,
                    entry.owner(),
                    entry,
                    hidden.getOrDefault(entry.id(), Map.of()),
                    exact(hidden, entry),
                    Objects.requireNonNull(before)));
        });
        return ranked;
    }

    /** The entries one of which counts: just one, or as many as a team may choose. */
    List<Entry> candidates(List<Entry> own, List<Long> chosen) {
        return switch (venue.finals()) {
            case Finals.BestPublic best -> List.of(own.stream().min(byShown()).orElseThrow());
            case Finals.Last last -> List.of(own.stream().max(EARLIER).orElseThrow());
            case Finals.Chosen(int most) -> {
                List<Entry> candidates = new ArrayList<>(own.stream()
                        .filter(one -> chosen.contains(one.id()))
                        .limit(most)
                        .toList());
                own.stream()
                        .filter(one -> !chosen.contains(one.id()))
                        .sorted(byShown())
                        .limit(Math.max(0, most - candidates.size()))
                        .forEach(candidates::add);
                yield candidates;
            }
        };
    }

    private BigDecimal exact(Map<Long, Map<QualityMetric, BigDecimal>> hidden, Entry entry) {
        BigDecimal score = hidden.getOrDefault(entry.id(), Map.of()).get(venue.ranking());
        if (score == null) {
            throw new IllegalArgumentException(
                    "entry " + entry.id() + " has no private " + venue.ranking().word());
        }
        return score;
    }

    private Comparator<Entry> byShown() {
        return Comparator.comparing((Entry entry) -> shown(entry).orElseThrow(), better)
                .thenComparing(EARLIER);
    }

    private Map<Owner, List<Entry>> byOwner(List<Entry> entries) {
        Map<Owner, List<Entry>> own = new LinkedHashMap<>();
        entries.stream()
                .filter(one -> shown(one).isPresent())
                .forEach(one -> own.computeIfAbsent(one.owner(), any -> new ArrayList<>())
                        .add(one));
        return own;
    }
}

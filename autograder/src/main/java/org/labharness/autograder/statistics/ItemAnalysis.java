package org.labharness.autograder.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How hard each check of one lab is, and how well it tells students apart, over the attempts that count.
 *
 * <p>Difficulty is the mean share of a check's points: the item difficulty index {@code p} of classical test theory (Allen and Yen,
 * "Introduction to Measurement Theory", 1979), low where a check is hard. Discrimination is the corrected item-total correlation:
 * Pearson's {@code r} of a check's share and the share of all other checks of the same attempt, without the check itself (Henrysson,
 * "Correction of item-total correlations in item analysis", Psychometrika 28, 1963). Where a check gives all or nothing that is the
 * point-biserial correlation with the rest.
 *
 * <p>Statistics, not grades: they are computed in floating point.
 */
public final class ItemAnalysis {
    /** A correlation of fewer attempts says nothing. */
    static final int FEWEST = 5;

    private final Map<String, Sums> checks = new LinkedHashMap<>();

    /**
     * What a check gave in one attempt.
     *
     * @param of more than 0
     */
    public record Given(String check, double points, double of) {}

    /**
     * What is known of a check.
     *
     * @param attempts for which it was not set aside
     * @param full attempts with all points
     * @param none attempts without any
     * @param difficulty mean share of its points, 0 to 1
     * @param discrimination -1 to 1; none where too few attempts are there, or all are alike
     */
    public record Item(
            String check, int attempts, int full, int none, double difficulty, OptionalDouble discrimination) {}

    /** Takes in one attempt: what each check gave that was not set aside. */
    public void add(List<Given> attempt) {
        double points = 0;
        double of = 0;
        for (Given given : attempt) {
            points += given.points();
            of += given.of();
        }
        for (Given given : attempt) {
            double others = of - given.of();
            double rest = others > 0 ? (points - given.points()) / others : Double.NaN;
            checks.computeIfAbsent(given.check(), any -> new Sums()).add(given.points() / given.of(), rest);
        }
    }

    /** Takes in what another has taken in; the other stays as it is. */
    public void addAll(ItemAnalysis other) {
        other.checks.forEach((check, sums) ->
                checks.computeIfAbsent(check, any -> new Sums()).add(sums));
    }

    /** The checks in the order in which they first came. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        checks.forEach((check, sums) -> items.add(
                new Item(check, sums.attempts, sums.full, sums.none, sums.share / sums.attempts, sums.correlation())));
        return items;
    }

    /** Running means and co-moments (Welford's method), which stay exact where values are close to each other. */
    private static final class Sums {
        private int attempts;
        private int full;
        private int none;
        private double share;
        private int paired;
        private double meanX;
        private double meanY;
        private double squaresX;
        private double squaresY;
        private double products;

        void add(double x, double rest) {
            attempts++;
            share += x;
            full += x >= 1 ? 1 : 0;
            none += x <= 0 ? 1 : 0;
            if (Double.isNaN(rest)) {
                return;
            }
            paired++;
            double fromX = x - meanX;
            double fromY = rest - meanY;
            meanX += fromX / paired;
            meanY += fromY / paired;
            squaresX += fromX * (x - meanX);
            squaresY += fromY * (rest - meanY);
            products += fromX * (rest - meanY);
        }

        /** Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm", 1979. */
        void add(Sums other) {
            attempts += other.attempts;
            share += other.share;
            full += other.full;
            none += other.none;
            if (other.paired == 0) {
                return;
            }
            int all = paired + other.paired;
            double apartX = other.meanX - meanX;
            double apartY = other.meanY - meanY;
            double weight = (double) paired * other.paired / all;
            meanX += apartX * other.paired / all;
            meanY += apartY * other.paired / all;
            squaresX += other.squaresX + apartX * apartX * weight;
            squaresY += other.squaresY + apartY * apartY * weight;
            products += other.products + apartX * apartY * weight;
            paired = all;
        }

        OptionalDouble correlation() {
            double scale = Math.sqrt(squaresX) * Math.sqrt(squaresY);
            return paired < FEWEST || scale < 1e-12
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.clamp(products / scale, -1, 1));
        }
    }
}

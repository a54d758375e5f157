package org.labharness.autograder.regrade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.autograder.gradebook.CourseGrade;
import org.labharness.autograder.gradebook.Explanation;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.gradebook.JudgedAttempt;
import org.labharness.autograder.gradebook.LabGrade;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.regrade.Reevaluation.Difference;
import org.labharness.autograder.regrade.Reevaluation.Evaluated;
import org.labharness.autograder.regrade.Reevaluation.Lacking;
import org.labharness.autograder.regrade.Reevaluation.Lost;

/** Who would change, by how much and why, and how the lab's points are spread before and after. */
public final class RegradeText {
    private static final int BANDS = 10;
    private static final int LONGEST_BAR = 24;
    private static final int REASONS = 3;

    private final Regrade regrade;
    /** By the number of the submission. */
    private final Map<Long, Evaluated> changed = new LinkedHashMap<>();

    private final StringBuilder text = new StringBuilder();

    private RegradeText(Regrade regrade) {
        this.regrade = regrade;
        regrade.changed().forEach(one -> changed.put(one.run().submission(), one));
    }

    /** The whole preview. */
    public static String of(Regrade regrade) {
        RegradeText text = new RegradeText(regrade);
        text.effects();
        text.reasons();
        text.spread();
        text.lacking();
        return text.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void effects() {
        List<Regrade.Effect> effects = regrade.effects();
        long evaluated = regrade.submissions().stream()
                .filter(Evaluated.class::isInstance)
                .count();
        line(evaluated + " of " + counted(regrade.submissions().size(), "submission") + " evaluated again, "
                + changed.size() + " with other points.");
        if (effects.isEmpty()) {
            line("No student's points for " + regrade.lab() + " change.");
            return;
        }
        line(counted(effects.size(), "student") + (effects.size() == 1 ? " changes:" : " change:"));
        int width = effects.stream()
                .mapToInt(effect -> effect.before().student().id().value().length())
                .max()
                .orElse(0);
        for (Regrade.Effect effect : effects) {
            CourseGrade was = effect.before();
            line(String.format(
                    Locale.ROOT,
                    "  %-" + width + "s  %s -> %s of %s, course %s -> %s  %s",
                    was.student().id(),
                    points(effect.labBefore()),
                    points(effect.labAfter()),
                    effect.labAfter().lab().points(),
                    was.total().toPlainString(),
                    effect.after().total().toPlainString(),
                    causes(effect)));
        }
    }

    private static String points(LabGrade grade) {
        return Explanation.number(grade.points());
    }

    /** Which checks differ in the submission that counts, and whether that is another one than before. */
    private String causes(Regrade.Effect effect) {
        JudgedAttempt counting = effect.labAfter().counting();
        if (counting == null) {
            return "";
        }
        long submission = counting.attempt().submission();
        JudgedAttempt before = effect.labBefore().counting();
        Stream<String> other = before != null && before.attempt().submission() != submission
                ? Stream.of("now " + shortened(counting.attempt().commit()) + " counts")
                : Stream.of();
        return Stream.concat(
                        other,
                        Stream.ofNullable(changed.get(submission))
                                .flatMap(one -> one.differences().stream())
                                .map(RegradeText::sign))
                .collect(Collectors.joining(", "));
    }

    private static String sign(Difference difference) {
        BigDecimal before = difference.before() == null
                ? BigDecimal.ZERO
                : difference.before().value();
        BigDecimal after = difference.after() == null
                ? BigDecimal.ZERO
                : difference.after().value();
        BigDecimal change = after.subtract(before);
        String word =
                difference.after() == null ? " (no check any more)" : difference.before() == null ? " (new check)" : "";
        return difference.check() + " " + (change.signum() < 0 ? "" : "+") + change.toPlainString() + word;
    }

    /** For each check that differs a few of the sentences that say why. */
    private void reasons() {
        List<String> seen = new ArrayList<>();
        changed.values().stream()
                .flatMap(one -> one.differences().stream())
                .map(Difference::check)
                .distinct()
                .forEach(check -> {
                    List<String> words = changed.values().stream()
                            .flatMap(one -> one.differences().stream()
                                    .filter(difference -> difference.check().equals(check)
                                            && !difference.message().isEmpty())
                                    .map(difference -> "    " + who(one.run().owner()) + ": " + difference.message()))
                            .distinct()
                            .limit(REASONS)
                            .toList();
                    if (!words.isEmpty()) {
                        seen.add("  " + check);
                        seen.addAll(words);
                    }
                });
        if (!seen.isEmpty()) {
            line("");
            line("Why, with up to " + REASONS + " examples of each check:");
            seen.forEach(this::line);
        }
    }

    private static String who(Owner owner) {
        return switch (owner) {
            case Owner.OfStudent one -> one.student().value();
            case Owner.OfTeam team -> "team " + team.team();
        };
    }

    /** Students by tenths of the lab's points, before and after. */
    private void spread() {
        int[] before = bands(regrade.before());
        int[] after = bands(regrade.after());
        int most = 1;
        for (int i = 0; i < BANDS; i++) {
            most = Math.max(most, Math.max(before[i], after[i]));
        }
        line("");
        line("Students by share of the lab's points:");
        line(String.format(Locale.ROOT, "  %-9s  %-" + (LONGEST_BAR + 6) + "s  %s", "share", "before", "after"));
        for (int i = BANDS - 1; i >= 0; i--) {
            String band = i == BANDS - 1 ? "90-100 %" : i * 10 + "-" + (i * 10 + 9) + " %";
            line(String.format(
                            Locale.ROOT,
                            "  %9s  %-" + (LONGEST_BAR + 6) + "s  %s",
                            band,
                            bar(before[i], most),
                            bar(after[i], most))
                    .stripTrailing());
        }
    }

    private static String bar(int count, int most) {
        return count == 0 ? "" : "#".repeat(Math.max(1, count * LONGEST_BAR / most)) + " " + count;
    }

    private int[] bands(Gradebook book) {
        int[] bands = new int[BANDS];
        for (CourseGrade grade : book.grades()) {
            LabGrade lab = grade.lab(regrade.lab().value()).orElseThrow();
            if (lab.counting() != null) {
                bands[Math.clamp((int) (lab.share().doubleValue() * BANDS), 0, BANDS - 1)]++;
            }
        }
        return bands;
    }

    private void lacking() {
        List<Lacking> lacking = regrade.submissions().stream()
                .filter(Lacking.class::isInstance)
                .map(Lacking.class::cast)
                .toList();
        if (!lacking.isEmpty()) {
            line("");
            line(counted(lacking.size(), "submission")
                    + (lacking.size() == 1
                            ? " would need evidence that was not collected when it ran, and stays as it is:"
                            : " would need evidence that was not collected when they ran, and stay as they are:"));
            lacking.forEach(one -> line("  " + named(one) + ": "
                    + one.checks().stream().map(Object::toString).collect(Collectors.joining(", "))));
        }
        List<Lost> lost = regrade.submissions().stream()
                .filter(Lost.class::isInstance)
                .map(Lost.class::cast)
                .toList();
        if (!lost.isEmpty()) {
            line("");
            line("The evidence of " + counted(lost.size(), "submission")
                    + (lost.size() == 1
                            ? " cannot be read, and it stays as it is:"
                            : " cannot be read, and they stay as they are:"));
            lost.forEach(one -> line("  " + named(one) + ": " + one.why()));
        }
        if (!lacking.isEmpty() || !lost.isEmpty()) {
            line("--rerun runs exactly these again, from what was kept of them.");
        }
    }

    private static String named(Reevaluation one) {
        return who(one.run().owner()) + " at " + shortened(one.run().commit());
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(10, commit.length()));
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}

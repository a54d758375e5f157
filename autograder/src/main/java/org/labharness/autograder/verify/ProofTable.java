package org.labharness.autograder.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.verify.SampleResult.Deviation;
import org.labharness.lab.Points;

/** A proof in words for a terminal. */
public final class ProofTable {
    private ProofTable() {}

    /** One line a sample, then what deviates and what is missing, then the result. */
    public static String render(LabProof proof) {
        List<String> lines = new ArrayList<>();
        lines.add(proof.lab().id() + ": " + proof.lab().title());
        int width = proof.results().stream()
                .mapToInt(result -> result.sample().name().length())
                .max()
                .orElse(0);
        for (SampleResult result : proof.results()) {
            lines.add("  " + (result.asExpected() ? "ok  " : "BAD ")
                    + padded(result.sample().name(), width) + "  "
                    + padded(score(result, proof.lab().machinePoints()), 14) + lost(result));
            result.deviations().forEach(deviation -> lines.addAll(lines(deviation)));
        }
        proof.calibrations().forEach(words -> lines.add("  " + words));
        proof.gaps().forEach(gap -> lines.add("  GAP " + gap));
        if (proof.whole()) {
            lines.add(proof.holds() ? "  holds: " + summary(proof) : "  DOES NOT HOLD: " + summary(proof));
        } else {
            lines.add((proof.holds() ? "  as expected" : "  NOT AS EXPECTED")
                    + ". Only without --sample is the lab itself proved.");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String score(SampleResult result, Points of) {
        return switch (result.graded()) {
            case SampleGrader.Refused refused -> "refused";
            case SampleGrader.Scored scored -> {
                Scorecard card = new Scorecard(scored.verdicts(), of);
                yield card.points() + " of " + card.of() + (card.of().equals(of) ? "" : " (" + of + ")")
                        + (card.bonus().isZero() ? "" : " + " + card.bonus());
            }
        };
    }

    private static String lost(SampleResult result) {
        List<String> lost = result.lost().stream().map(Object::toString).toList();
        if (lost.isEmpty()) {
            return "";
        }
        return lost.size() > 4 ? "loses " + lost.size() + " checks" : "loses " + String.join(", ", lost);
    }

    private static List<String> lines(Deviation deviation) {
        return List.of(
                "        " + deviation.check() + ": expected " + deviation.expected() + ", seen " + deviation.seen(),
                "          " + deviation.message().strip().replace("\n", " "));
    }

    private static String summary(LabProof proof) {
        long bad =
                proof.results().stream().filter(result -> !result.asExpected()).count();
        String samples = proof.results().size() + " samples as expected";
        return bad == 0 && proof.gaps().isEmpty()
                ? samples + ", each of " + proof.lab().checks().size() + " checks lost alone by one of them."
                : bad + " of " + proof.results().size() + " samples deviate, "
                        + proof.gaps().size() + " checks are not proved.";
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", text);
    }
}

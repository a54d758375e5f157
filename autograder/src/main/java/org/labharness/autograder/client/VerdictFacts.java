package org.labharness.autograder.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.labharness.autograder.report.VerdictLines;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * What a verdict document says, as far as a command needs it.
 *
 * @param outcome {@code graded}, {@code refused} or {@code broken}
 * @param earned with bonus; zero where it is not graded
 * @param lines for a terminal
 */
public record VerdictFacts(String outcome, Points earned, List<String> lines) {
    public VerdictFacts {
        lines = List.copyOf(lines);
    }

    /** @throws SystemBroke where it is no verdict that this program knows */
    public static VerdictFacts of(String document) {
        try {
            JsonNode verdict = new ObjectMapper().readTree(document);
            if (!verdict.path("schema").asText().equals("labharness/verdict/1")) {
                throw new SystemBroke(Breakdown.NETWORK, "The server answers with a verdict of an unknown kind.");
            }
            String outcome = verdict.path("outcome").asText();
            return outcome.equals("graded")
                    ? graded(verdict)
                    : new VerdictFacts(
                            outcome,
                            Points.ZERO,
                            List.of((outcome.equals("refused") ? "Refused (" : "The system broke (")
                                    + GradingState.text(verdict.path("reason"), "code") + "): "
                                    + GradingState.text(verdict.path("reason"), "message")));
        } catch (JsonProcessingException | IllegalArgumentException none) {
            throw new SystemBroke(Breakdown.NETWORK, "The server answers with what is no verdict.", none);
        }
    }

    private static VerdictFacts graded(JsonNode verdict) {
        List<Verdict> verdicts = new ArrayList<>();
        verdict.path("checks").forEach(check -> verdicts.add(check(check)));
        List<String> lines = new ArrayList<>(VerdictLines.of(verdicts));
        Points points = Points.parse(verdict.path("points").asText());
        Points bonus = Points.parse(verdict.path("bonus").asText("0"));
        lines.add(points + " of " + GradingState.text(verdict, "of") + " points"
                + (bonus.isZero() ? "" : " and " + bonus + " bonus")
                + (verdict.path("held").asBoolean() ? VerdictLines.HELD : ""));
        return new VerdictFacts("graded", points.plus(bonus), lines);
    }

    private static Verdict check(JsonNode check) {
        return new Verdict(
                CheckId.parse(check.path("id").asText()),
                GradingState.text(check, "title"),
                Points.parse(check.path("points").asText()),
                Points.parse(check.path("of").asText()),
                Support.valueOf(constant(check.path("verdict").asText())),
                check.path("untestable").isTextual()
                        ? Untestable.valueOf(constant(check.path("untestable").asText()))
                        : null,
                GradingState.text(check, "message"),
                GradingState.text(check, "hint"),
                null,
                check.path("bonus").asBoolean());
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

package org.labharness.autograder.gradebook;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.labharness.autograder.ledger.Owner;

/** How numbers and lists are written in sentences. */
final class Wording {
    private static final int SHORT_COMMIT = 8;

    private Wording() {}

    static String number(BigFraction exact) {
        return Exact.written(exact);
    }

    static String number(BigDecimal exact) {
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    /** A sentence without a full stop after an ellipsis. */
    static String ended(String sentence) {
        return sentence.endsWith("….") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    static String percent(BigFraction share) {
        return number(share.multiply(100)) + " %";
    }

    static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    static String lateDays(long days) {
        return days == 0 ? "no late days" : days == 1 ? "1 late day" : days + " late days";
    }

    /** In the largest unit of which it is a multiple, or of which there are two or more, rounded down. */
    static String span(Duration span) {
        if (fits(span, Duration.ofDays(1))) {
            return days(span.toDays());
        }
        if (fits(span, Duration.ofHours(1))) {
            return span.toHours() == 1 ? "1 hour" : span.toHours() + " hours";
        }
        return fits(span, Duration.ofMinutes(1))
                ? span.toMinutes() == 1 ? "1 minute" : span.toMinutes() + " minutes"
                : span.toSeconds() == 1 ? "1 second" : span.toSeconds() + " seconds";
    }

    private static boolean fits(Duration span, Duration unit) {
        long times = span.dividedBy(unit);
        return times > 1 || span.equals(unit);
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** With a space in front; nothing where it is a student's own. */
    static String whose(Owner owner) {
        return owner instanceof Owner.OfTeam team ? " of team " + team.team() : "";
    }

    /** The first digits of a commit. */
    static String commit(String commit) {
        return commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
    }
}

package org.labharness.lab.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;
import org.labharness.lab.course.Rounding.Mode;
import org.labharness.lab.course.Rounding.Where;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the rules of a course about lateness, attempts and rounding. */
final class PolicyArguments {
    static final List<String> LATE_KEYS = List.of("grace", "per-day", "most", "bank", "closes");
    static final List<String> LATE_WORDS = List.of("refused", "accepted");
    static final List<String> ATTEMPT_KEYS = List.of("most", "cool-down", "counts");
    static final List<String> ROUNDING_KEYS = List.of("of", "places", "mode");
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private PolicyArguments() {}

    static LatePolicy late(Value value) {
        if (value.node() instanceof ScalarNode) {
            return word(value);
        }
        YamlMap map = YamlMap.of(value, LATE_KEYS);
        @Nullable
        BigDecimal perDay =
                map.get("per-day").map(percent -> percent.decimal("0", "100")).orElse(null);
        if (perDay == null && map.has("most")) {
            map.problems()
                    .add(
                            "value",
                            map.line("most"),
                            "'most' caps what days late cost, but 'per-day' is missing.",
                            "Expected 'per-day', the percent that each day costs.");
        }
        LatePolicy policy = new LatePolicy(
                map.get("grace").map(PolicyArguments::span).orElse(Duration.ZERO),
                perDay,
                map.get("most").map(percent -> percent.decimal("0", "100")).orElse(ALL),
                map.get("bank").map(Value::yesOrNo).orElse(false),
                map.get("closes").map(PolicyArguments::span).orElse(null));
        contradictions(map, policy);
        return policy;
    }

    private static LatePolicy word(Value value) {
        String word = value.isText() ? value.scalar() : "";
        if (!LATE_WORDS.contains(word)) {
            String meant = NearestWord.to(word, LATE_WORDS)
                    .map(near -> "Did you mean '" + near + "'? ")
                    .orElse("");
            value.problems()
                    .add(
                            "word",
                            value.line(),
                            "'" + value.name() + "' is " + value.seen() + ".",
                            meant + "Expected refused, accepted, or a mapping with some of: "
                                    + String.join(", ", LATE_KEYS) + ".");
        }
        return word.equals("accepted") ? LatePolicy.ACCEPTED : LatePolicy.REFUSED;
    }

    private static void contradictions(YamlMap map, LatePolicy policy) {
        if (map.isMapping() && !map.has("per-day") && !map.has("closes") && !policy.bank()) {
            map.problems()
                    .add(
                            "value",
                            map.line(),
                            "'late' says nothing of what coming late costs or until when it is accepted.",
                            "Expected 'per-day', 'closes' or 'bank: true' in it, or one of the words refused and"
                                    + " accepted.");
        }
        Duration closes = policy.closes();
        if (closes != null && closes.compareTo(policy.grace()) < 0) {
            map.problems()
                    .add(
                            "order",
                            map.line("closes"),
                            "The lab closes before the grace is over.",
                            "Expected 'closes' to be at least as long as 'grace'.");
        }
    }

    static AttemptPolicy attempts(Value value) {
        YamlMap map = YamlMap.of(value, ATTEMPT_KEYS);
        return new AttemptPolicy(
                map.get("most").map(number -> number.whole(1, 10_000)).orElse(null),
                map.get("cool-down").map(PolicyArguments::span).orElse(Duration.ZERO),
                map.get("counts").flatMap(word -> word.constant(Counts.class)).orElse(Counts.BEST));
    }

    static Rounding rounding(Value value) {
        YamlMap map = YamlMap.of(value, ROUNDING_KEYS);
        return new Rounding(
                map.get("of").flatMap(word -> word.constant(Where.class)).orElse(Rounding.DEFAULT.where()),
                map.get("places").map(number -> number.whole(0, 4)).orElse(Rounding.DEFAULT.places()),
                map.get("mode").flatMap(word -> word.constant(Mode.class)).orElse(Rounding.DEFAULT.mode()));
    }

    static Duration span(Value value) {
        Duration span = value.parsed(PolicyArguments::span, Duration.ofMinutes(1));
        if (span.compareTo(LONGEST) > 0) {
            value.wrong("range", "at most 366d");
        }
        return span;
    }

    private static Duration span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no span of time: expected one such as 15m, 12h or 7d; for none leave it out");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}

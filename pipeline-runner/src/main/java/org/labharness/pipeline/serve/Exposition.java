package org.labharness.pipeline.serve;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service exposes to Prometheus, in version 0.0.4 of its text format
 * (<a href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition formats</a>), or in OpenMetrics as far as the two are alike.
 *
 * @param problem why Prometheus would not read it, with the line's number, but without its words: whoever wrote them had seen rows that nobody may
 *     hear of; empty where it would
 * @param counters the sum over all labels of everything that only grows: counters, and the counts of histograms and summaries
 */
record Exposition(Optional<String> problem, Map<String, Double> counters) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Set<String> TYPES = Set.of(
            "counter", "gauge", "histogram", "summary", "untyped", "unknown", "info", "stateset", "gaugehistogram");
    private static final int LONGEST_LINE = 8_192;

    Exposition {
        counters = Map.copyOf(counters);
    }

    static Exposition read(String text) {
        Reader reader = new Reader();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Optional<String> wrong = reader.line(line.strip());
            if (wrong.isPresent()) {
                return new Exposition(Optional.of("line " + number + " " + wrong.get()), Map.of());
            }
        }
        return reader.samples == 0
                ? new Exposition(Optional.of("it has no sample"), Map.of())
                : new Exposition(Optional.empty(), reader.counters);
    }

    private static final class Reader {
        private final Map<String, String> types = new HashMap<>();
        private final Map<String, Double> counters = new TreeMap<>();
        private final Set<String> series = new HashSet<>();
        private int samples;

        /** What is wrong with it. */
        Optional<String> line(String line) {
            if (line.length() > LONGEST_LINE) {
                return Optional.of("is longer than " + LONGEST_LINE + " characters");
            }
            if (line.startsWith("#")) {
                return comment(line);
            }
            return line.isEmpty() ? Optional.empty() : sample(line);
        }

        private Optional<String> comment(String line) {
            String[] words = line.split("[ \t]+", 4);
            if (words.length < 3 || !words[0].equals("#") || !words[1].equals("TYPE")) {
                return Optional.empty();
            }
            String type = words.length > 3 ? words[3].strip() : "";
            if (!NAME.matcher(words[2]).matches() || !TYPES.contains(type)) {
                return Optional.of("declares no type of a metric");
            }
            return types.putIfAbsent(words[2], type) == null
                    ? Optional.empty()
                    : Optional.of("declares the type of a metric a second time");
        }

        private Optional<String> sample(String line) {
            Matcher name = NAME.matcher(line);
            if (!name.lookingAt()) {
                return Optional.of("begins with no name of a metric");
            }
            int at = name.end();
            if (at < line.length() && line.charAt(at) == '{') {
                at = afterLabels(line, at + 1);
                if (at < 0) {
                    return Optional.of("has labels that are not well-formed");
                }
            }
            // OpenMetrics lets an exemplar follow, behind a number sign.
            String[] values = line.substring(at).split(" # ", 2)[0].strip().split("[ \t]+", -1);
            OptionalDouble value = number(values[0]);
            if (value.isEmpty()
                    || values.length > 2
                    || (values.length == 2 && number(values[1]).isEmpty())) {
                return Optional.of("has no number as its value");
            }
            samples++;
            if (onlyGrows(name.group()) && series.add(line.substring(0, at).strip())) {
                counters.merge(name.group(), value.getAsDouble(), Double::sum);
            }
            return Optional.empty();
        }

        private boolean onlyGrows(String name) {
            if (name.endsWith("_total") && Set.of("untyped", "unknown").contains(types.getOrDefault(name, "untyped"))) {
                return true; // by its name, as many write it by hand
            }
            String family = name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
            if ("counter".equals(types.get(name)) || "counter".equals(types.get(family))) {
                return true;
            }
            String counted = name.endsWith("_count") ? name.substring(0, name.length() - "_count".length()) : "";
            return Set.of("histogram", "summary").contains(types.getOrDefault(counted, ""));
        }

        /** Where the labels end; negative where they do not, or are none. */
        private static int afterLabels(String line, int from) {
            int at = skipBlanks(line, from);
            while (at < line.length() && line.charAt(at) != '}') {
                Matcher label = LABEL.matcher(line).region(at, line.length());
                if (!label.lookingAt()) {
                    return -1;
                }
                at = skipBlanks(line, label.end());
                if (!line.startsWith("=", at)) {
                    return -1;
                }
                at = afterText(line, skipBlanks(line, at + 1));
                if (at < 0) {
                    return -1;
                }
                at = skipBlanks(line, at);
                if (line.startsWith(",", at)) {
                    at = skipBlanks(line, at + 1);
                } else if (!line.startsWith("}", at)) {
                    return -1;
                }
            }
            return at < line.length() ? at + 1 : -1;
        }

        private static int afterText(String line, int from) {
            if (!line.startsWith("\"", from)) {
                return -1;
            }
            int at = from + 1;
            while (at < line.length() && line.charAt(at) != '"') {
                at += line.charAt(at) == '\\' ? 2 : 1;
            }
            return at < line.length() ? at + 1 : -1;
        }

        private static int skipBlanks(String line, int from) {
            int at = from;
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
            return at;
        }

        private static OptionalDouble number(String text) {
            return switch (text) {
                case "NaN" -> OptionalDouble.of(Double.NaN);
                case "+Inf", "Inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
                case "-Inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
                default -> plain(text);
            };
        }

        private static OptionalDouble plain(String text) {
            return text.length() <= 40 && text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
                    ? OptionalDouble.of(Double.parseDouble(text))
                    : OptionalDouble.empty();
        }
    }
}

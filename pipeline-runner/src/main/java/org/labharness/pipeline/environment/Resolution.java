package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What resolving an input came to; kept as lines of text.
 *
 * @param python version number
 * @param verdicts by index of a requirement in the input: why it was not taken as declared
 * @param help what was needed beyond the first try: {@code cap}, {@code constraints} with these, {@code python}
 * @param pins exact pins, sorted
 * @param failing modules that cannot be imported, with the exception's words
 */
record Resolution(
        String python,
        Map<Integer, String> verdicts,
        List<String> help,
        List<String> pins,
        Map<String, String> failing) {
    private static final String FIRST = "environment 2";

    Resolution {
        verdicts = Collections.unmodifiableMap(new TreeMap<>(verdicts)); // the order of what is said of them
        help = List.copyOf(help);
        pins = pins.stream().sorted().toList();
        failing = Collections.unmodifiableMap(new TreeMap<>(failing));
    }

    Resolution with(List<String> moreHelp) {
        List<String> all = new ArrayList<>(help);
        all.addAll(moreHelp);
        return new Resolution(python, verdicts, all, pins, failing);
    }

    Resolution failing(Map<String, String> modules) {
        return new Resolution(python, verdicts, help, pins, modules);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(FIRST, "python\t" + python));
        new TreeMap<>(verdicts).forEach((index, verdict) -> lines.add("requirement\t" + index + "\t" + verdict));
        help.forEach(what -> lines.add("help\t" + what));
        pins.forEach(pin -> lines.add("pin\t" + pin));
        new TreeMap<>(failing)
                .forEach((module, words) -> lines.add("failing\t" + module + "\t" + words.replaceAll("\\s+", " ")));
        return lines;
    }

    /** Empty where the lines are of another version of the harness. */
    static Optional<Resolution> parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().equals(FIRST)) {
            return Optional.empty();
        }
        String python = "";
        Map<Integer, String> verdicts = new TreeMap<>();
        List<String> help = new ArrayList<>();
        List<String> pins = new ArrayList<>();
        Map<String, String> failing = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "python" -> python = fields[1];
                case "requirement" -> verdicts.put(Integer.valueOf(fields[1]), fields[2]);
                case "help" -> help.add(fields[1]);
                case "pin" -> pins.add(fields[1]);
                case "failing" -> failing.put(fields[1], fields[2]);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Resolution(python, verdicts, help, pins, failing));
    }
}

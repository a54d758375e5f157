package org.labharness.pipeline.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What resolving an input came to; kept as lines of text.
 *
 * @param python version number
 * @param verdicts by index of a requirement in the input: why it was not taken as declared
 * @param help what was needed beyond the first try: {@code cap}, {@code constraints}, {@code python}
 * @param pins exact pins, sorted
 */
record Resolution(String python, Map<Integer, String> verdicts, List<String> help, List<String> pins) {
    private static final String FIRST = "environment 1";

    Resolution {
        verdicts = Map.copyOf(verdicts);
        help = List.copyOf(help);
        pins = pins.stream().sorted().toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(FIRST, "python\t" + python));
        new TreeMap<>(verdicts).forEach((index, verdict) -> lines.add("requirement\t" + index + "\t" + verdict));
        help.forEach(what -> lines.add("help\t" + what));
        pins.forEach(pin -> lines.add("pin\t" + pin));
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
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "python" -> python = fields[1];
                case "requirement" -> verdicts.put(Integer.valueOf(fields[1]), fields[2]);
                case "help" -> help.add(fields[1]);
                case "pin" -> pins.add(fields[1]);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Resolution(python, verdicts, help, pins));
    }
}

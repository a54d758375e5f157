package org.labharness.autograder.page;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names for files about things that people have named, whatever letters they took: {@code a-z}, {@code 0-9} and hyphens, no name twice. */
public final class FileNames {
    private static final int LONGEST = 60;

    private final String ending;
    private final Set<String> taken;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param ending with its dot
     * @param taken whole names that are not to be given
     */
    public FileNames(String ending, Set<String> taken) {
        this.ending = ending;
        this.taken = new HashSet<>(taken);
    }

    /** A name that was not given before. */
    public String next(String name) {
        String file = name + ending;
        while (!taken.add(file)) {
            file = name + "-" + numbers.merge(name, 1, Integer::sum) + ending;
        }
        return file;
    }

    /** What is left of a text in a name; {@code x} where nothing is. */
    public static String plain(String text) {
        String safe =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return safe.isEmpty() ? "x" : safe.substring(0, Math.min(LONGEST, safe.length()));
    }
}

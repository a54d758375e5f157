package org.labharness.pipeline.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the harness knows for certain about names: of modules, of packages in the index and in conda. Kept lists that ship with the program. */
final class KnownPackages {
    private static final int SHORTEST = 4;

    private final Map<String, String> byImport = new HashMap<>();
    private final Map<String, String> byConda = new HashMap<>();
    private final Map<String, String> names = new TreeMap<>();
    private final Set<String> standard = new HashSet<>();
    private final List<Late> late = new ArrayList<>();

    private KnownPackages() {
        for (String line : lines("packages.tsv")) {
            String[] fields = line.split("\t", -1);
            byImport.put(fields[0], fields[1]);
            names.put(Requirement.normalize(fields[1]), fields[1]);
            byConda.put(fields[1].toLowerCase(Locale.ROOT), fields[1]);
            for (String conda : fields.length > 2 ? fields[2].split(",", -1) : new String[0]) {
                byConda.put(conda.toLowerCase(Locale.ROOT), fields[1]);
            }
        }
        for (String line : lines("late-packages.tsv")) {
            String[] fields = line.split("\t", -1);
            late.add(new Late(fields[0], fields[1], fields[2]));
        }
        lines("standard-library.txt")
                .forEach(line -> standard.addAll(List.of(line.strip().split(" ", -1))));
    }

    /** Reads the lists at first use. */
    private static final class Lists {
        static final KnownPackages READ = new KnownPackages();
    }

    static KnownPackages get() {
        return Lists.READ;
    }

    /** The package that brings a module, {@code sklearn} or {@code google.cloud.storage}. */
    Optional<String> ofImport(String module) {
        String name = module;
        while (!byImport.containsKey(name) && name.contains(".")) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return Optional.ofNullable(byImport.get(name));
    }

    /**
     * A package that a library imports only once it is asked for something.
     *
     * @param library {@code pandas}, or a part of a library: {@code mlflow.sklearn}
     * @param asking last name of the call; {@code *} for whatever is imported from or called of that part
     */
    record Late(String library, String asking, String name) {}

    List<Late> late() {
        return List.copyOf(late);
    }

    /** Whether it comes with Python. */
    boolean isStandard(String module) {
        return module.startsWith("_") || standard.contains(module);
    }

    /** The package of the index that a conda package stands for. */
    Optional<String> ofConda(String name) {
        return Optional.ofNullable(byConda.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A well-known package one slip of the finger away from an unknown name. */
    Optional<String> meantBy(String name) {
        String asked = Requirement.normalize(name);
        if (asked.length() < SHORTEST || names.containsKey(asked)) {
            return Optional.empty();
        }
        return names.entrySet().stream()
                .filter(known -> known.getKey().length() >= SHORTEST && oneSlip(asked, known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** One letter too many, missing, wrong, or two neighbours exchanged. */
    private static boolean oneSlip(String a, String b) {
        String shorter = a.length() <= b.length() ? a : b;
        String longer = a.length() <= b.length() ? b : a;
        int start = 0;
        while (start < shorter.length() && shorter.charAt(start) == longer.charAt(start)) {
            start++;
        }
        if (longer.length() == shorter.length() + 1) {
            return longer.substring(start + 1).equals(shorter.substring(start));
        }
        if (longer.length() != shorter.length() || start == shorter.length()) {
            return false;
        }
        boolean wrong = a.substring(start + 1).equals(b.substring(start + 1));
        boolean exchanged = start + 1 < a.length()
                && a.charAt(start) == b.charAt(start + 1)
                && a.charAt(start + 1) == b.charAt(start)
                && a.substring(start + 2).equals(b.substring(start + 2));
        return wrong || exchanged;
    }

    private static List<String> lines(String resource) {
        try (InputStream list = Objects.requireNonNull(KnownPackages.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

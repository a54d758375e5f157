package org.labharness.pipeline.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Makefile of a submission, where nothing else says how to run it.
 *
 * @param targets that it has by name
 */
public record Makefile(Set<String> targets) {
    public Makefile {
        targets = Set.copyOf(targets);
    }

    /** Names under which people keep the whole of their work; installing and testing are none of these. */
    private static final List<String> WHOLE = List.of("reproduce", "repro", "pipeline", "run", "train", "all");

    private static final Pattern TARGET = Pattern.compile("^([A-Za-z0-9_. -]{1,200}?)\\s*::?(?!=)", Pattern.MULTILINE);
    private static final int LARGEST = 256 << 10;

    public static Makefile read(TreeReader tree) {
        Set<String> targets = new TreeSet<>();
        List.of("GNUmakefile", "makefile", "Makefile").stream()
                .filter(tree::isFile)
                .findFirst()
                .flatMap(file -> tree.text(file, LARGEST))
                .ifPresent(text -> {
                    Matcher rule = TARGET.matcher(text.content());
                    while (rule.find()) {
                        targets.addAll(List.of(rule.group(1).strip().split("\\s+", -1)));
                    }
                });
        return new Makefile(targets);
    }

    /** The target that makes everything; empty where none is called so. */
    public Optional<String> whole() {
        return WHOLE.stream().filter(targets::contains).findFirst();
    }
}

package org.labharness.autograder.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;

/**
 * Lines that no file for students may hold: rows of hidden data, lines of the program that makes them, and lines of the solution that are long enough to
 * be nobody else's. A solution begins with the starter, so what stands in both is none.
 *
 * @param lines without blanks at their ends
 */
record Secrets(Set<String> lines, Set<String> rows) {
    /** Shorter lines may be alike by chance. */
    private static final int LONG = 12;

    private static final Set<String> PUBLIC_DATA = Set.of(".csv", ".json", ".txt", ".md", ".dvc", ".lock", ".yaml");

    static Secrets of(Lab lab) throws IOException {
        Set<String> rows = new HashSet<>();
        for (HiddenData data : lab.hidden()) {
            List<String> all = lines(lab.folder().resolve(data.source().path()));
            // The first line of a table are the names, which the handout tells.
            rows.addAll(
                    data.source() instanceof HiddenData.Shipped
                            ? all.subList(Math.min(1, all.size()), all.size())
                            : code(all));
        }
        Set<String> lines = new HashSet<>();
        for (String folder : List.of("solution", "faulty")) {
            for (Path file : files(lab.folder().resolve(folder))) {
                if (PUBLIC_DATA.stream().noneMatch(file.toString()::endsWith)) {
                    lines.addAll(code(lines(file)));
                }
            }
        }
        for (Path file : files(lab.folder().resolve("starter"))) {
            lines(file).forEach(lines::remove);
        }
        return new Secrets(lines, rows);
    }

    private static List<String> code(List<String> lines) {
        return lines.stream()
                .filter(line -> line.length() >= LONG && !line.startsWith("import ") && !line.startsWith("from "))
                .toList();
    }

    /** Nothing of a starter can be the solution's alone; hidden rows may have got into it. */
    void refuse(Path file) throws IOException {
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (rows.contains(line)) {
                throw new SecretTold(file + ", line " + number + ", holds what belongs to the hidden data: '" + line
                        + "'. Take it out; nothing was written.");
            }
            if (lines.contains(line)) {
                throw new SecretTold(file + ", line " + number + ", stands in the solution as well: '" + line
                        + "'. Take it out; nothing was written.");
            }
        }
    }

    /** All plain files of a folder, sorted; none where there is no folder. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Of a file that is no text every byte is a letter. */
    private static List<String> lines(Path file) throws IOException {
        return new ArrayList<>(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }
}

package org.labharness.autograder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README, CHANGELOG and docs name what is there. */
class DocumentsTests {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern CONFLICT = Pattern.compile("(<<<<<<<|>>>>>>>) .*|=======");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern SUITE = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Tests|IT))`");

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(PROJECT.resolve("README.md"), PROJECT.resolve("CHANGELOG.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static Set<String> suites() throws IOException {
        Set<String> suites = new TreeSet<>();
        for (String module : List.of("lab-templates", "pipeline-runner", "pipeline-runner/probes", "autograder")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test"))) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> suites.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return suites;
    }

    @Test
    void no_merge_was_left_half_done() throws IOException {
        for (Path document : documents()) {
            assertThat(Files.readAllLines(document))
                    .as("%s", document)
                    .noneMatch(line -> CONFLICT.matcher(line).matches());
        }
    }

    @Test
    void links_lead_somewhere() throws IOException {
        for (Path document : documents()) {
            assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
                    .as("%s", document)
                    .allMatch(link -> Files.exists(document.resolveSibling(link)));
        }
    }

    @Test
    void suites_that_are_named_are_there() throws IOException {
        Set<String> suites = suites();
        for (Path document : documents()) {
            Set<String> named = SUITE.matcher(Files.readString(document))
                    .results()
                    .map(suite -> suite.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            named.removeAll(suites);
            assertThat(named).as("%s", document).isEmpty();
        }
    }
}

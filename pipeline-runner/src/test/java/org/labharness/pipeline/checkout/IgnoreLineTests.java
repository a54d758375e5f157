package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected lines are those that {@code git check-ignore -v --no-index} of Git 2.39 names. */
class IgnoreLineTests {
    private static final Map<String, List<String>> FILES = Map.of(
            ".gitignore",
                    List.of("# no data", "", "data/", "*.lock", "!keep.lock", "/models", "**/tmp/**", "notes\\ .md"),
            "sub/.gitignore", List.of("!*.lock", "/models/*.pkl", "raw*"));

    @ParameterizedTest
    @CsvSource({
        "data/raw.csv.dvc, .gitignore:3",
        "deep/data/raw.csv.dvc, .gitignore:3",
        "data, ''",
        "dvc.lock, .gitignore:4",
        "keep.lock, ''",
        "sub/dvc.lock, ''",
        "sub/deep/dvc.lock, ''",
        "models/m.pkl, .gitignore:6",
        "sub/models/m.pkl, sub/.gitignore:2",
        "sub/models/deep/m.pkl, ''",
        "a/tmp/b/c.txt, .gitignore:7",
        "sub/raw.csv.dvc, sub/.gitignore:3",
        "raw.csv.dvc, ''",
        "'notes .md', .gitignore:8",
        "train.py, ''",
    })
    void theLineThatGitNames(String path, String line) {
        assertThat(IgnoreLine.of(path, file -> FILES.getOrDefault(file, List.of()))
                        .map(found -> found.where().toString())
                        .orElse(""))
                .isEqualTo(line);
    }

    /** Each of these would be tried for hours. */
    @ParameterizedTest
    @ValueSource(strings = {"*a*a*a*a*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/a/**/a/**/b", "a/*a*a*a*a*a*a*a*a*a*b"})
    void linesThatCostHoursArePassedOver(String line) {
        String part = "a".repeat(40);
        String path = (part + "/").repeat(6) + part;

        assertThat(IgnoreLine.of(path, file -> List.of(line, part))).isPresent();
        assertThat(IgnoreLine.of("a".repeat(400), file -> List.of("*"))).isEmpty();
    }
}

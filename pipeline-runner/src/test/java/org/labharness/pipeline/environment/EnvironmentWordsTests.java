package org.labharness.pipeline.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.EnvironmentSpec;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.document.TreeReader;

/** Holds every sentence that a student may read of an environment; {@code -Dgolden.update=true} writes the file anew and fails. */
class EnvironmentWordsTests {
    private static final String CONSTRAINTS =
            "constraints SQLAlchemy<2.1 setuptools<81 pathspec<1 skops<0.15 mlflow<3.14 pandas<3";

    private static final Path GOLDEN = Path.of("src/test/resources/golden/environment-words.txt");
    private static final List<String> VERDICTS = List.of(
            "unknown",
            "no-version",
            "no-wheel",
            "other-python",
            "conflict",
            "conflict-here",
            "dvc",
            "too-new",
            "not-built",
            "something-new");

    @TempDir
    private Path tree;

    private void write(String file, String content) throws IOException {
        Files.createDirectories(tree.resolve(file).getParent());
        Files.writeString(tree.resolve(file), content);
    }

    private List<Aside> declared() {
        return DeclarationFinder.find(new TreeReader(tree), EnvironmentSpec.OF_THE_SUBMISSION, PythonVersion.PY311)
                .setAside();
    }

    private List<Aside> everything() throws IOException {
        write("requirements.txt", """
                --index-url https://name:secret@index.example/simple
                --pre
                pywin32==306
                nvidia-cublas-cu12==12.8.4.1
                torch==2.4.1+cu121
                sklearn
                opencv-python==4.10.0.84
                numpy=1.24.0
                two words here
                name; import os
                thing @ file:///C:/croot/thing/work
                git+https://name:secret@example.org/thing.git
                pandas==2.2.0
                pandas==2.1.0
                -r ../outside.txt
                -r gone.txt
                -e ../elsewhere
                -e ./no-project
                """ + "x".repeat(600) + "\n");
        List<Aside> all = new ArrayList<>(declared());
        write(
                "requirements.txt",
                IntStream.range(0, 401).mapToObj(i -> "package-" + i + "\n").collect(Collectors.joining()));
        all.addAll(declared());
        Files.delete(tree.resolve("requirements.txt"));
        write("environment.yml", "dependencies:\n  - vc=14.2\n  - vs2015_runtime=14.27\n");
        all.addAll(declared());
        Files.delete(tree.resolve("environment.yml"));
        write("train.py", "import pandas\nimport some_course_package\n");
        all.addAll(declared());
        return all;
    }

    private static List<Aside> verdicts() {
        Requirement asked = new Requirement("alpha", "alpha==9", "alpha==9", new Place("requirements.txt", 3), true);
        Resolution taken = new Resolution("3.11", Map.of(), List.of(), List.of("alpha==2.0"), Map.of());
        Resolution left = new Resolution("3.11", Map.of(), List.of(), List.of(), Map.of());
        List<Aside> all = new ArrayList<>();
        VERDICTS.forEach(verdict -> all.add(VerdictWords.of(asked, verdict, taken)));
        all.add(VerdictWords.of(asked, "no-version", left));
        all.add(new Aside(
                "-e .",
                new Place("requirements.txt", 1),
                Why.LOCAL,
                "could not be built (Error: README.md is missing); its modules are found where they lie in the repository",
                false));
        return all;
    }

    private static String help() {
        Resolution all = new Resolution(
                "3.13",
                Map.of(),
                List.of("cap", "undated torch torchvision", CONSTRAINTS, "free", "python", "built wget==3.2"),
                List.of(),
                Map.of());
        return Objects.requireNonNull(VerdictWords.help(all)).replace("; ", "\n  ");
    }

    private static String line(Finding finding) {
        return finding.code() + " " + finding.severity() + " " + finding.where() + "\n  " + finding.message()
                + "\n  -> " + finding.hint() + "\n";
    }

    @Test
    void areTheOnesThatWereReadAloud() throws IOException {
        StringBuilder text = new StringBuilder();
        List<Aside> all = new ArrayList<>(everything());
        all.addAll(verdicts());
        all.forEach(aside -> text.append(line(aside.finding())));
        Misspelling.of(new Requirement("pandsa", "pandsa", "pandsa==1.0", new Place("requirements.txt", 2), true))
                .ifPresent(finding -> text.append(line(finding)));
        text.append("help\n  ").append(help()).append('\n');

        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(Boolean.getBoolean("golden.update"))
                .as("golden files were written anew")
                .isFalse();
        assertThat(text).hasToString(Files.readString(GOLDEN)).doesNotContain("secret");
        Set<Why> said = EnumSet.noneOf(Why.class);
        all.forEach(aside -> said.add(aside.why()));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(said))).isEmpty();
    }
}

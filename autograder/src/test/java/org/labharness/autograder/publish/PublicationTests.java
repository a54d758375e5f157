package org.labharness.autograder.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.labharness.lab.Check;
import org.labharness.lab.Lab;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.load.BundledLabs;
import org.labharness.lab.load.LabLoader;

class PublicationTests {
    @SuppressWarnings("unused") // read by name as the source of a parameter
    private static final List<String> LABS = BundledLabs.ids();
    /** Keys of lab.yaml that say how well something has to be done, or what is done to find out. */
    private static final List<String> TELLING =
            List.of("tiers", "tolerance", "chance", "at-most", "hidden", "program", "min-rows", "set:", "changes:");

    @TempDir
    Path folder;

    private Lab lab(String id) {
        return LabLoader.load(new BundledLabs(folder.resolve("home")).folder(id).orElseThrow());
    }

    private static List<Path> files(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @FieldSource("LABS")
    void nothingOfSolutionOrFaultySubmissionsIsPublished(String id) throws IOException {
        Lab lab = lab(id);
        Path published = folder.resolve("published");

        Set<String> written = Publication.write(lab, published);

        assertThat(written).isNotEmpty().contains(Publication.CHECKS);
        assertThat(written)
                .allMatch(file -> file.startsWith("starter/")
                        || file.startsWith("checks/")
                        || file.equals("handout.md")
                        || file.equals(Publication.CHECKS));
        Set<String> starter = new HashSet<>();
        for (Path file : files(lab.folder().resolve("starter"))) {
            starter.add(text(file));
        }
        for (Path file : files(published)) {
            for (String secret : List.of("solution", "faulty")) {
                for (Path theirs : files(lab.folder().resolve(secret))) {
                    assertThat(starter.contains(text(theirs)) || !text(file).equals(text(theirs)))
                            .as("%s is %s", file, theirs)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("LABS")
    void noThresholdAndNothingHiddenIsPublished(String id) throws IOException {
        Lab lab = lab(id);
        Path published = folder.resolve("published");
        Publication.write(lab, published);

        for (Path file : files(published)) {
            if (file.endsWith("lab.yaml")) {
                assertThat(text(file)).as(file.toString()).doesNotContain(TELLING);
            }
            for (Path hidden : files(lab.folder().resolve("hidden"))) {
                for (String line : text(hidden)
                        .lines()
                        .filter(line -> line.strip().length() > 30)
                        .toList()) {
                    assertThat(text(file)).as(file.toString()).doesNotContain(line);
                }
            }
        }
    }

    @Test
    void theTiersOfHiddenRowsAreNowhere() throws IOException {
        Path published = folder.resolve("published");
        Publication.write(lab("onnx-registry"), published);
        String planted = text(lab("onnx-registry").folder().resolve("inputs/canaries.csv"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();

        assertThat(published.resolve("checks/lab.yaml")).content().contains("points: 18\n");
        for (Path file : files(published)) {
            if (!file.toString().endsWith(".csv")) {
                assertThat(text(file)).as(file.toString()).doesNotContain("0.85", "0.75", "0.05", "at-least");
            }
            assertThat(text(file)).as(file.toString()).doesNotContain(planted);
        }
    }

    @ParameterizedTest
    @FieldSource("LABS")
    void studentsCanGradeThemselvesWithWhatTheyGet(String id) {
        Path published = folder.resolve("published");
        Lab lab = lab(id);
        Publication.write(lab, published);

        Lab theirs = LabLoader.load(published.resolve("checks"));

        assertThat(theirs.id()).isEqualTo(lab.id());
        assertThat(theirs.checks())
                .isNotEmpty()
                .allMatch(check -> lab.checks().stream().anyMatch(ours -> isPublished(ours, check)));
        assertThat(theirs.points()).isLessThanOrEqualTo(lab.points());
        assertThat(theirs.hidden()).isEmpty();
    }

    /** A service is published without the question that names hidden data. */
    private static boolean isPublished(Check ours, Check theirs) {
        if (ours.spec() instanceof ServiceCheck.OfService whole
                && theirs.spec() instanceof ServiceCheck.OfService published) {
            return ours.id().equals(theirs.id())
                    && ours.points().equals(theirs.points())
                    && whole.service().start().equals(published.service().start())
                    && published.service().question() == null;
        }
        return ours.equals(theirs);
    }

    @Test
    void whatPeopleGivePointsForStandsBesideTheChecks() throws IOException {
        Path own = folder.resolve("own");
        write(own, "lab.yaml", """
                id: own
                title: My own
                points: 9
                run: dvc
                checks:
                  - {id: runs, title: It runs | walks, points: 1, reproduces: all}
                  - {id: project, title: An MLproject, points: 10, bonus: true, files-present: [MLproject]}
                form:
                  blocks:
                    - {title: Demonstration, items: [{id: usable, title: Usability, points: 6}]}
                    - title: Viva
                      personal: true
                      items:
                        - {id: explain, title: Explains it, points: 2}
                        - {id: more, title: Went further, points: 3, bonus: true}
                """);

        Publication.write(LabLoader.load(own), folder.resolve("published"));

        assertThat(folder.resolve("published/CHECKS.md")).hasContent("""
                # My own (9 points)

                | points | for |
                |---|---|
                | 1 | It runs \\| walks |
                | up to 10 on top | An MLproject |

                ## People give points for

                | points | for |
                |---|---|
                | 6 | Demonstration: Usability |
                | 2 | Viva: Explains it, each of a team by themselves |
                | up to 3 on top | Viva: Went further, each of a team by themselves |
                """);
        assertThat(text(folder.resolve("published/checks/lab.yaml"))).doesNotContain("Usability", "form");
    }

    @Test
    void aFormAloneIsPublishedWithoutChecksToTry() throws IOException {
        write(folder.resolve("own"), "lab.yaml", """
                id: viva
                title: Viva
                points: 2
                form: {blocks: [{title: Viva, items: [{id: explain, title: Explains it, points: 2}]}]}
                """);

        assertThat(Publication.write(LabLoader.load(folder.resolve("own")), folder.resolve("published")))
                .containsExactly("CHECKS.md");
        assertThat(folder.resolve("published/CHECKS.md")).hasContent("""
                # Viva (2 points)

                People give all points.

                | points | for |
                |---|---|
                | 2 | Viva: Explains it |
                """);
    }

    @Test
    void hiddenRowsInTheStarterAreRefused() throws IOException {
        own("a,y\n1.25,x\n1.75,z\n", "a,y\n9,x\n1.75,z\n", "print('train a model here')\n");

        assertThatThrownBy(() -> Publication.write(LabLoader.load(folder.resolve("own")), folder.resolve("published")))
                .isInstanceOf(SecretTold.class)
                .hasMessageContaining("data.csv, line 3, holds what belongs to the hidden data: '1.75,z'");
        assertThat(folder.resolve("published")).doesNotExist();
    }

    @Test
    void whatOnlyTheSolutionKnowsIsRefusedInTheHandout() throws IOException {
        own("a,y\n1.25,x\n", "a,y\n9,x\n", "model = Forest(trees=137, depth=9)\n");
        Files.writeString(folder.resolve("own/handout.md"), "Try this:\n\n    model = Forest(trees=137, depth=9)\n");

        assertThatThrownBy(() -> Publication.write(LabLoader.load(folder.resolve("own")), folder.resolve("published")))
                .isInstanceOf(SecretTold.class)
                .hasMessageContaining("stands in the solution as well: 'model = Forest(trees=137, depth=9)'");
    }

    private void own(String hidden, String starter, String solution) throws IOException {
        Path own = folder.resolve("own");
        write(own, "hidden.csv", hidden);
        write(own, "starter/data.csv", starter);
        write(own, "solution/train.py", solution);
        write(own, "lab.yaml", """
                id: own
                title: My own
                points: 2
                run: dvc
                hidden: {rows: {file: hidden.csv, label: y, predicts: classes}}
                checks:
                  - {id: runs, title: It runs, points: 1, reproduces: all}
                  - id: quality
                    title: It is good
                    points: 1
                    hidden-score: {model: m.onnx, data: rows, metric: accuracy, tiers: {0.9: 1}}
                """);
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.labharness.lab.FormItem;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.sample.Sample;
import org.labharness.lab.sample.SampleTree;

class BundledLabFilesTests {
    @SuppressWarnings("unused") // read by name as the source of a parameter
    private static final List<String> LABS = BundledLabs.ids();

    @TempDir
    Path home;

    private Lab lab(String id) {
        return LabLoader.load(new BundledLabs(home).folder(id).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "dvc-pipeline, 50",
        "mlflow-tracking, 55",
        "model-service, 50",
        "any-pipeline, 100",
        "teamwork, 20",
        "uat-project, 35"
    })
    void every_bundled_lab_is_valid(String id, int points) {
        assertThat(lab(id).id()).hasToString(id);
        assertThat(lab(id).points()).isEqualTo(Points.of(points));
    }

    @Test
    void what_cannot_be_unpacked_leaves_nothing_behind() throws IOException {
        Path name = Objects.requireNonNull(new BundledLabs(home.resolve("one"))
                .folder("any-pipeline")
                .orElseThrow()
                .getFileName());
        Path full = Files.createDirectory(home.resolve("full"));
        Files.createFile(full.resolve(name)); // in the way, as a full disk is

        assertThatThrownBy(() -> new BundledLabs(full).folder("any-pipeline"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("any-pipeline cannot be unpacked");
        assertThat(full).isDirectoryContaining(file -> file.endsWith(name));
        try (Stream<Path> left = Files.list(full)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void an_application_is_worth_what_the_course_says_by_checks_and_people_together() {
        Lab lab = lab("uat-project");
        Map<String, Points> people = lab.form().items().stream()
                .collect(Collectors.toMap(FormItem::block, FormItem::points, Points::plus, LinkedHashMap::new));

        assertThat(lab.machinePoints()).isEqualTo(Points.of(10));
        assertThat(people)
                .containsExactly(
                        Map.entry("Demonstration", Points.parse("9.5")),
                        Map.entry("Software engineering", Points.of(3)),
                        Map.entry("MLOps implementation", Points.parse("4.5")),
                        Map.entry("Viva", Points.of(8)));
        assertThat(lab.form().items())
                .allSatisfy(item ->
                        assertThat(item.personal()).isEqualTo(item.block().equals("Viva")));
    }

    @ParameterizedTest
    @FieldSource("LABS")
    void every_bundled_lab_has_samples_with_files(String id) throws IOException {
        Lab lab = lab(id);
        for (Sample sample : SampleLoader.load(lab)) {
            Path tree = home.resolve("tree").resolve(id).resolve(sample.name());
            SampleTree.write(lab.folder(), sample, tree);

            assertThat(tree).isNotEmptyDirectory();
            assertThat(sample.delete())
                    .allSatisfy(gone -> assertThat(tree.resolve(gone)).doesNotExist());
        }
    }

    /** Byte code that a run by hand left behind would be unpacked, too. */
    @ParameterizedTest
    @FieldSource("LABS")
    void no_bundled_lab_holds_what_tools_leave_behind(String id) throws IOException {
        try (Stream<Path> files = Files.walk(lab(id).folder().resolve("solution"))) {
            assertThat(files.map(Path::toString)).noneMatch(path -> path.contains("__pycache__"));
        }
    }

    @Test
    void unpacks_a_lab_once_with_hidden_files_and_knows_no_other() throws IOException {
        BundledLabs bundled = new BundledLabs(home);
        Path folder = bundled.folder("dvc-pipeline").orElseThrow();

        assertThat(bundled.folder("dvc-pipeline")).contains(folder);
        assertThat(folder.resolve("solution/.gitignore")).exists();
        assertThat(folder.resolve("solution/.dvc/config")).exists();
        assertThat(bundled.folder("dvc-pipelines")).isEmpty();
        assertThat(NearestWord.to("dvc-pipelines", BundledLabs.ids())).contains("dvc-pipeline");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).containsExactly(folder);
        }
    }

    @Test
    void every_folder_of_a_lab_is_listed() throws IOException, URISyntaxException {
        Path labs = Path.of(
                Objects.requireNonNull(BundledLabs.class.getResource("/labs")).toURI());
        try (Stream<Path> folders = Files.list(labs)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(BundledLabs.ids());
        }
    }
}

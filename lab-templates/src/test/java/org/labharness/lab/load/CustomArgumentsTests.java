package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.CustomCheck.Custom;
import org.labharness.lab.CustomCheck.Item;
import org.labharness.lab.EvidenceRequest;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;

class CustomArgumentsTests {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("tests/__pycache__"));
        Files.writeString(folder.resolve("tests/test_report.py"), """
                class TestReport:
                    def test_title(self, tree): ...
                def test_conclusion(tree): ...
                """);
    }

    private Lab load(String check) throws IOException {
        Files.writeString(folder.resolve("lab.yaml"), """
                id: small
                title: A small lab
                points: 5
                run: dvc
                checks:
                  - {id: report, title: A report, points: 5, custom: %s}
                """.formatted(check));
        return LabLoader.load(folder);
    }

    private List<String> problems(String check) {
        InvalidLab invalid = catchThrowableOfType(InvalidLab.class, () -> load(check));
        assertThat(invalid).isNotNull();
        return invalid.findings().stream()
                .map(finding -> finding.where() + ": " + finding.message() + " " + finding.hint())
                .toList();
    }

    @Test
    void a_path_is_enough() throws IOException {
        Custom spec = (Custom) load("tests/test_report.py").checks().getFirst().spec();

        assertThat(spec).isEqualTo(new Custom("tests/test_report.py", List.of()));
        assertThat(spec.needs()).contains(new EvidenceRequest.Custom("tests/test_report.py"));
    }

    @Test
    void items_have_points_in_the_order_of_the_lab() throws IOException {
        Custom spec = (Custom) load("{file: tests, items: {test_conclusion: 3.5, \"TestReport::test_title\": 1.5}}")
                .checks()
                .getFirst()
                .spec();

        assertThat(spec.items())
                .containsExactly(
                        new Item("test_conclusion", Points.parse("3.5")),
                        new Item("TestReport::test_title", Points.parse("1.5")));
    }

    @Test
    void a_changed_test_is_another_lab_and_byte_code_is_none() throws IOException {
        String before = load("tests").digest();
        Files.writeString(folder.resolve("tests/__pycache__/test_report.pyc"), "x");
        assertThat(load("tests").digest()).isEqualTo(before);

        Files.writeString(folder.resolve("tests/helper.py"), "x = 1\n");
        assertThat(load("tests").digest()).isNotEqualTo(before);
    }

    @Test
    void what_is_not_there_is_named() {
        assertThat(problems("tests/test_raport.py"))
                .containsExactly("lab.yaml:6: The tests 'tests/test_raport.py' cannot be used: there is no Python file."
                        + " Put the file there, or correct its path.");
        assertThat(problems("{file: tests, items: {test_conclusions: 5}}"))
                .containsExactly("lab.yaml:6: There is no test 'test_conclusions'. Did you mean 'test_conclusion'?"
                        + " Expected one of: test_conclusion, test_title.");
    }

    @Test
    void items_that_do_not_add_up_are_named() {
        assertThat(problems("{file: tests, items: {test_conclusion: 3}}"))
                .containsExactly("lab.yaml:6: The items are worth 3 points together, the check 5."
                        + " Change the points of an item, or 'points' of the check to 3.");
    }

    @Test
    void a_link_out_of_the_lab_is_refused(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("test_x.py"), "def test_x(): ...\n");
        Files.createSymbolicLink(folder.resolve("tests/test_x.py"), elsewhere.resolve("test_x.py"));

        assertThat(problems("tests"))
                .singleElement()
                .asString()
                .contains("tests/test_x.py leads out of the lab's folder");
    }
}

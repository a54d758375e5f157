package org.labharness.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Check;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.DvcCheck.StagePart;
import org.labharness.lab.Finding;
import org.labharness.lab.Lab;
import org.labharness.lab.LabInput;
import org.labharness.lab.Limits;
import org.labharness.lab.Memory;
import org.labharness.lab.MlflowCheck;
import org.labharness.lab.Points;
import org.labharness.lab.Prices;
import org.labharness.lab.PythonVersion;
import org.labharness.lab.RunSpec;

class LabLoaderTests {
    private static final String SMALL = """
            id: small
            title: A small lab
            points: 10
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 10, reproduces: all}
            """;

    @TempDir
    Path folder;

    private Lab load(String yaml) throws IOException {
        Files.writeString(folder.resolve("lab.yaml"), yaml);
        return LabLoader.load(folder);
    }

    @Test
    void its_folder_is_absolute_however_it_was_named() throws IOException {
        load(SMALL);
        Path relative = Path.of("").toAbsolutePath().relativize(folder);

        assertThat(LabLoader.load(relative).folder()).isEqualTo(folder);
    }

    private List<String> problems(String yaml) throws IOException {
        Files.writeString(folder.resolve("lab.yaml"), yaml);
        InvalidLab invalid = catchThrowableOfType(InvalidLab.class, () -> LabLoader.load(folder));
        assertThat(invalid).isNotNull();
        return invalid.findings().stream().map(LabLoaderTests::words).toList();
    }

    private static String words(Finding finding) {
        return finding.where() + ": " + finding.message() + " " + finding.hint();
    }

    @Nested
    class ABonus {
        private static final String MORE =
                "  - {id: project, title: An MLproject, points: 10, bonus: true, files-present: [MLproject]}\n";

        @Test
        void is_no_part_of_the_labs_points() throws IOException {
            Lab lab = load(SMALL + MORE);

            assertThat(lab.points()).isEqualTo(Points.of(10));
            assertThat(lab.machinePoints()).isEqualTo(Points.of(10));
            assertThat(lab.checks()).extracting(Check::bonus).containsExactly(false, true);
        }

        @Test
        void alone_is_on_top_of_nothing() throws IOException {
            assertThat(problems(SMALL.replace("points: 10, reproduces", "points: 10, bonus: true, reproduces")))
                    .startsWith("lab.yaml:5: All checks are bonus, on top of nothing. Expected a check without"
                            + " 'bonus: true', or no checks.");
        }

        @Test
        void is_published_as_one() throws IOException {
            Lab lab = load(SMALL + MORE);
            String shown = PublicLab.of(lab, Set.of()).orElseThrow();
            Files.createDirectories(folder.resolve("shown"));
            Files.writeString(folder.resolve("shown/lab.yaml"), shown);

            assertThat(LabLoader.load(folder.resolve("shown")).checks()).isEqualTo(lab.checks());
        }
    }

    @Nested
    class ReadsWhatIsThere {
        @Test
        void and_uses_the_usual_values_for_the_rest() throws IOException {
            Lab lab = load(SMALL);

            assertThat(lab.id()).hasToString("small");
            assertThat(lab.points()).isEqualTo(Points.of(10));
            assertThat(lab.limits()).isEqualTo(Limits.DEFAULT);
            assertThat(lab.prices()).isEqualTo(Prices.DEFAULT);
            assertThat(lab.run()).isEqualTo(new RunSpec.Dvc(List.of()));
            assertThat(lab.setsAside()).isFalse();
            assertThat(lab.checks().getFirst().spec()).isEqualTo(new DvcCheck.Reproduces(List.of()));
            assertThat(lab.digest()).hasSize(64);
        }

        @Test
        void with_every_setting() throws IOException {
            Files.writeString(folder.resolve("raw.csv"), "a\n1\n");
            Lab lab = load("""
                    id: full
                    title: All there is
                    points: 12.5
                    opens: 2026-09-01
                    environment: {python: "3.13", packages: [numpy==1.26.4]}
                    limits: {time: 90s, memory: 1.5GiB, disk: 64MiB, processes: 32, cpus: 0.5, output: 10KiB}
                    inputs: {data/raw.csv: raw.csv}
                    run: {mlproject: {entry: train, parameters: {alpha: 0.40, name: x}}}
                    prices: {reported: 0.25, unreachable: 0}
                    not-applicable: set-aside
                    checks:
                      - id: stages
                        title: Stages
                        points: 2.5
                        dvc-stages: {names: [a, b], require: [outs, deps]}
                        hint: Look at dvc.yaml.
                      - {id: best, title: Best, points: 10, metric-at-least: {metric: f1, tiers: {0.9: 10, 0.75: 5.25}}}
                    """);

            assertThat(lab.opens()).isEqualTo(LocalDate.of(2026, 9, 1));
            assertThat(lab.environment().python()).isEqualTo(PythonVersion.PY313);
            assertThat(lab.environment().packages()).containsExactly("numpy==1.26.4");
            assertThat(lab.limits().time()).isEqualTo(Duration.ofSeconds(90));
            assertThat(lab.limits().memory()).isEqualTo(Memory.mebibytes(1536));
            assertThat(lab.limits().cpus()).isEqualTo(0.5);
            assertThat(lab.inputs()).containsExactly(new LabInput("data/raw.csv", "raw.csv"));
            RunSpec.MlProject project = (RunSpec.MlProject) lab.run();
            assertThat(project.entry()).isEqualTo("train");
            assertThat(project.parameters()).containsEntry("alpha", "0.40").containsEntry("name", "x");
            assertThat(lab.prices().unreachable()).isEqualByComparingTo(BigDecimal.ZERO);
            assertThat(lab.setsAside()).isTrue();
            assertThat(lab.checks().getFirst().hint()).isEqualTo("Look at dvc.yaml.");
            assertThat(lab.checks().getFirst().spec())
                    .isEqualTo(new DvcCheck.DvcStages(List.of("a", "b"), 0, Set.of(StagePart.DEPS, StagePart.OUTS)));
            MlflowCheck.MetricAtLeast tiers =
                    (MlflowCheck.MetricAtLeast) lab.checks().getLast().spec();
            assertThat(tiers.tiers())
                    .containsEntry(new BigDecimal("0.9"), Points.of(10))
                    .containsEntry(new BigDecimal("0.75"), Points.parse("5.25"));
        }

        @Test
        void and_gives_another_digest_when_an_input_changes() throws IOException {
            String yaml = SMALL + "inputs: {data/raw.csv: raw.csv}\n";
            Files.writeString(folder.resolve("raw.csv"), "a\n1\n");
            String before = load(yaml).digest();
            Files.writeString(folder.resolve("raw.csv"), "a\n2\n");

            assertThat(load(yaml).digest()).isNotEqualTo(before);
        }
    }

    @Nested
    class NamesEveryProblem {
        @Test
        void of_one_file_at_once_in_the_order_of_its_lines() throws IOException {
            assertThat(problems("""
                    id: Small Lab
                    titel: A small lab
                    points: 20
                    environment: {python: 3.11}
                    limits: {time: 10 minutes, memory: lots}
                    run: dcv
                    checks:
                      - {id: runs, title: It runs, points: 10, reproduce: all}
                      - {id: runs, title: Again, points: 5, lock-agrees: yes please}
                    """))
                    .containsExactly(
                            "lab.yaml:1: 'id': 'Small Lab' is no lab id. Expected lower-case letters, digits and hyphens,"
                                    + " at most 63 characters, such as 'dvc-pipeline'.",
                            "lab.yaml:1: 'the lab' has no 'title'. Expected a short title.",
                            "lab.yaml:2: 'titel' is no key of 'the lab'. Did you mean 'title'? Expected one of: id, title,"
                                    + " points, opens, environment, limits, inputs, hidden, services, run, prices, not-applicable, checks, form.",
                            "lab.yaml:4: 'python' is '3.11' (a number). Expected text: write \"3.11\" in quotes.",
                            "lab.yaml:5: 'time': '10 minutes' is no duration. Expected one such as 90s, 10m or 1h.",
                            "lab.yaml:5: 'memory': 'lots' is no size. Expected one such as 512MiB or 2GiB.",
                            "lab.yaml:6: 'run' is 'dcv'. Did you mean 'dvc'? Expected one of: dvc, detect, mlproject.",
                            "lab.yaml:8: 'reproduce' is no key of 'check 1'. Did you mean 'reproduces'? Expected one of: id,"
                                    + " title, points, hint, bonus, " + String.join(", ", CheckArguments.NAMES) + ".",
                            "lab.yaml:9: The id 'runs' is taken by the check in line 8. Give each check an id of its own.",
                            "lab.yaml:9: 'lock-agrees' is 'yes please'. Expected true (this check has no arguments).");
        }

        @Test
        void with_both_numbers_where_points_do_not_add_up() throws IOException {
            assertThat(problems(SMALL.replace("points: 10\n", "points: 12\n")))
                    .containsExactly("lab.yaml:6: The checks are worth 10 points together, the lab 12."
                            + " Change the points of a check, or 'points' of the lab to 10.");
        }

        @Test
        void of_tiers() throws IOException {
            String tiers = SMALL.replace("reproduces: all", "metric-at-least: {metric: f1, tiers: {0.8: 8, 0.9: 12}}");

            assertThat(problems(tiers))
                    .containsExactly(
                            "lab.yaml:6: The best tier earns 8 of 10 points: nobody could earn them all. Expected 10.",
                            "lab.yaml:6: The tier 0.9 stands after 0.8. Expected the highest value first.",
                            "lab.yaml:6: The tier 0.9 earns 12, but the tier above it earns 8. Expected at most 8.");
        }

        @Test
        void of_inputs() throws IOException {
            assertThat(problems(SMALL + "inputs: {../raw.csv: raw.csv, a.csv: /etc/hostname}\n"))
                    .containsExactly(
                            "lab.yaml:7: The input '../raw.csv' leaves the repository. Expected a relative path with forward"
                                    + " slashes and without '..'.",
                            "lab.yaml:7: The input file 'raw.csv' is not in the lab's folder " + folder
                                    + ". Put the file there, or correct its path.",
                            "lab.yaml:7: 'a.csv' is '/etc/hostname'. Expected a relative path with forward slashes and"
                                    + " without '..', such as 'data/raw.csv'.");
        }

        @Test
        void where_a_check_asks_for_two_things_or_none() throws IOException {
            assertThat(problems(SMALL.replace("reproduces: all", "reproduces: all, lock-agrees: true")))
                    .singleElement()
                    .asString()
                    .contains("'check 1' asks for reproduces and lock-agrees", "exactly one of: files-present");
            assertThat(problems(SMALL.replace(", reproduces: all", "")))
                    .singleElement()
                    .asString()
                    .contains("'check 1' says not what to look at");
        }

        @Test
        void in_a_message_that_starts_with_the_file() throws IOException {
            Files.writeString(folder.resolve("lab.yaml"), SMALL.replace("run: dvc", "run: [dvc]"));

            assertThatThrownBy(() -> LabLoader.load(folder))
                    .isInstanceOf(InvalidLab.class)
                    .hasMessageStartingWith(
                            folder.resolve("lab.yaml") + " cannot be used:\n  lab.yaml:4: 'run' is a list");
        }
    }

    @Nested
    class RefusesHostileFiles {
        @Test
        void with_aliases() throws IOException {
            assertThat(problems("id: &a [x]\ntitle: *a\n"))
                    .singleElement()
                    .asString()
                    .startsWith("lab.yaml:1: 'a' is an anchor or alias.");
        }

        @Test
        void that_nest_without_end() throws IOException {
            assertThat(problems("checks: " + "[".repeat(100_000)))
                    .singleElement()
                    .asString()
                    .startsWith("lab.yaml:1: This nests deeper than 20 levels.");
        }

        @Test
        void of_ten_megabytes() throws IOException {
            assertThat(problems("id: " + "x".repeat(10_000_000)))
                    .containsExactly(
                            "lab.yaml: The file has 10000004 bytes, a lab's description at most 262144. Put data and"
                                    + " long texts into files of their own.");
        }

        @Test
        void that_are_no_text_or_no_yaml_or_empty_or_missing() throws IOException {
            Files.write(folder.resolve("lab.yaml"), "id: é".getBytes(StandardCharsets.UTF_16));
            assertThatThrownBy(() -> LabLoader.load(folder)).hasMessageContaining("no UTF-8 text");
            assertThat(problems("id: [a\n")).singleElement().asString().startsWith("lab.yaml:2: This is no YAML");
            assertThat(problems("# nothing\n")).singleElement().asString().contains("holds nothing");
            assertThat(problems("just words")).first().asString().contains("'the lab' is 'just words'");
            assertThat(problems(SMALL + "---\n" + SMALL))
                    .singleElement()
                    .asString()
                    .contains("second document");
            assertThatThrownBy(() -> LabLoader.load(folder.resolve("none"))).hasMessageContaining("There is no file");
        }
    }
}

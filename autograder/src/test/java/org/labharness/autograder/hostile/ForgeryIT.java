package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;

/** Each forgery deceives a grader that keeps nothing apart, and earns nothing here. */
class ForgeryIT {
    private static final String LAB = """
            id: forged
            title: Two short stages
            points: 10
            environment: {python: "3.11"}
            limits: {time: 20s, memory: 256MiB, disk: 64MiB, processes: 48}
            run: dvc
            checks:
              - {id: runs, title: It runs, points: 4, reproduces: all}
              - {id: metrics, title: The sum comes out again, points: 2, metrics-agree: {tolerance: 0}}
              - {id: tier, title: The sum is large, points: 2, metric-at-least: {file: scores.json, metric: total, tiers: {50: 2}}}
              - {id: tracked, title: A run is tracked, points: 2, mlflow-runs: {min: 1}}
            """;

    @TempDir
    Path folder;

    private Path lab;

    @BeforeEach
    void makeLab() throws IOException {
        lab = Files.createDirectory(folder.resolve("lab"));
        Files.writeString(lab.resolve("lab.yaml"), LAB);
    }

    /** One of each kind of protection. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "REWRITES_AFTER_ITS_END",
                "KILLS_DVC_SO_THAT_WHAT_IS_COMMITTED_STAYS",
                "A_RUN_OF_2130_WRITTEN_BY_HAND"
            })
    void deceives_others_and_not_us(Forgery forgery) throws Exception {
        isWorthLess(forgery);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "REWRITES_AFTER_ITS_END",
                "KILLS_DVC_SO_THAT_WHAT_IS_COMMITTED_STAYS",
                "A_RUN_OF_2130_WRITTEN_BY_HAND"
            },
            mode = EnumSource.Mode.EXCLUDE)
    @Tag("full")
    void deceives_others_and_not_us_either(Forgery forgery) throws Exception {
        isWorthLess(forgery);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void ends_others_and_not_us(Bomb bomb) throws Exception {
        isWorthLess(bomb);
    }

    private void isWorthLess(Attack attack) throws IOException, InterruptedException {
        Path repository =
                Tiny.with(folder.resolve(attack.name().toLowerCase(Locale.ROOT).replace('_', '-')), attack.files());

        assertThat(new UsualGrader(folder).lastLine(repository, attack.usual())).isEqualTo(attack.believed());
        Grading grading = Grading.of(RealHome.warm(folder.resolve("home")), repository, lab);
        assertThat(List.of("runs", "metrics", "tier", "tracked").stream()
                        .map(check -> check + " " + grading.check(check).replaceFirst(":.*", ""))
                        .collect(Collectors.joining(", ")))
                .as("%s", grading)
                .isEqualTo(attack.points());
    }
}

package org.labharness.autograder.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.cli.RealHome;
import org.labharness.autograder.cli.Tiny;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** Links of a work tree to files of the machine that grades: what is read there is told, and what is written there is lost, where links are followed. */
class LinksIT {
    private static final String SECRET = "{\"total\": 99, \"canary\": 4711}\n";
    private static final String PRECIOUS = "precious\n";
    private static final List<String> REPORTS =
            List.of("verdict.json", "evidence.json", "report.json", "index.html", "REPORT.html", ".lab/evidence.json");

    @TempDir
    Path folder;

    private Path home;
    private Path secret;
    private Path precious;
    private Path repository;

    @BeforeEach
    void plant() throws IOException {
        home = RealHome.warm(folder.resolve("home"));
        secret = Files.writeString(home.resolve("solution.json"), SECRET);
        precious = Files.writeString(folder.resolve("precious"), PRECIOUS);
        repository = Tiny.with(folder.resolve("linked"), Map.of("total.py", """
                        import json, os
                        json.dump({"total": 12}, open("scores.json", "w"))
                        for name in ("mlruns/0", "reports"): os.makedirs(name, exist_ok=True)
                        for name in ("mlruns/0/meta.yaml", "reports/scores.json", "verdict.xml"): os.symlink("%s", name)
                        """.formatted(secret)), this::link);
    }

    private void link(RepositoryBuilder builder) {
        REPORTS.forEach(name -> builder.link(name, precious.toString()));
        builder.link("README.md", secret.toString()).link("notes/params.yaml", secret.toString());
    }

    @Test
    void nothing_is_read_or_written_by_way_of_a_link() throws Exception {
        Grading grading = Grading.of(home, repository, Tiny.lab(folder.resolve("lab"), "30s"));

        assertThat(grading.points()).as("%s", grading).isEqualTo("6");
        assertThat(grading.visible()).doesNotContain("canary\": 4711", "4711");
        assertThat(precious).hasContent(PRECIOUS);
        assertThat(secret).hasContent(SECRET);
    }

    @Test
    void both_succeed_where_links_are_followed() throws Exception {
        Path clone = folder.resolve("clone");
        UsualGrader.run(List.of("git", "clone", "--quiet", repository.toString(), clone.toString()));

        assertThat(clone.resolve("notes/params.yaml")).hasContent(SECRET);
        Files.writeString(clone.resolve("verdict.json"), "graded\n");
        assertThat(precious).hasContent("graded\n");
    }
}

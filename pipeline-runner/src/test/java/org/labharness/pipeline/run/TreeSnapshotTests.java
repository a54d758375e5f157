package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSnapshotTests {
    @TempDir
    private Path tree;

    private void write(String... paths) throws IOException {
        for (String path : paths) {
            Path file = tree.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
    }

    @Test
    void whatToolsLeaveOfThemselvesIsNoOutput() throws IOException {
        TreeSnapshot before = TreeSnapshot.of(tree);
        write(
                "outputs/2026-11-26/09-31-37/.hydra/config.yaml",
                "outputs/2026-11-26/09-31-37/train.log",
                "multirun/2026-11-26/0/.hydra/config.yaml",
                ".ruff_cache/0.4/1",
                ".mypy_cache/3.11/a.json",
                "htmlcov/index.html",
                ".coverage",
                "catboost_info/learn_error.tsv",
                "logs/train.log",
                "app.log.2026-11-26",
                "app.log.1");
        write("outputs/model.pkl", "report.txt");

        assertThat(TreeSnapshot.of(tree).newSince(before, List.of("report.txt")))
                .containsExactly("outputs/model.pkl");
    }

    /** What Optuna 4 begins its database with. */
    @Test
    void aDatabaseOfTrialsIsTrackedBesideThePipeline() throws Exception {
        TreeSnapshot before = TreeSnapshot.of(tree);
        database("study.db", "studies", "trials");
        database("features.db", "features");
        write("notes.db");

        assertThat(TreeSnapshot.of(tree).newSince(before, List.of())).containsExactly("features.db", "notes.db");
    }

    private void database(String name, String... tables) throws SQLException {
        try (Connection made = DriverManager.getConnection("jdbc:sqlite:" + tree.resolve(name));
                Statement statement = made.createStatement()) {
            for (String table : tables) {
                statement.execute("CREATE TABLE " + table + " (id INTEGER NOT NULL PRIMARY KEY)");
            }
        }
    }

    /** With {@code hydra.run.dir: .} Hydra writes into the repository itself, which is not its folder for that. */
    @Test
    void hydraAtTheTopHidesNothing() throws IOException {
        TreeSnapshot before = TreeSnapshot.of(tree);
        write(".hydra/config.yaml", "model.pkl");

        assertThat(TreeSnapshot.of(tree).newSince(before, List.of())).containsExactly("model.pkl");
    }
}

package org.labharness.pipeline.collect.mlflow;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a database that MLflow's SQLAlchemy store wrote, versions 1 to 3: a table or column that is not there yet is skipped. */
final class SqliteStoreReader {
    static final int MOST_ROWS = 2_000_000;

    private final SqliteTables tables;
    private final StoreDraft draft;

    private SqliteStoreReader(SqliteTables tables, StoreDraft draft) {
        this.tables = tables;
        this.draft = draft;
    }

    /** @return whether the database has tables of MLflow's */
    static boolean read(SqliteTables tables, StoreDraft draft) throws SQLException {
        if (!tables.has("experiments") || !tables.has("runs")) {
            return false;
        }
        SqliteStoreReader reader = new SqliteStoreReader(tables, draft);
        reader.runs();
        reader.values();
        reader.metrics();
        reader.models();
        reader.versions();
        return true;
    }

    private void runs() throws SQLException {
        each("experiments", List.of("experiment_id", "name", "lifecycle_stage"), "experiment_id", row -> {
            if (!row.text(3).equals("deleted")) {
                draft.experiment(row.text(1), row.text(2));
            }
        });
        List<String> columns = List.of("run_uuid", "name", "experiment_id", "status", "lifecycle_stage", "start_time");
        each("runs", columns, "start_time", row -> {
            if (!row.text(5).equals("deleted")) {
                long started = Millis.parse(row.text(6));
                draft.run(row.text(1), row.text(2), row.text(3), row.text(4), started);
            }
        });
    }

    private void values() throws SQLException {
        List<String> columns = List.of("run_uuid", "key", "value");
        each(
                "params",
                columns,
                "key",
                row -> draft.run(row.text(1)).ifPresent(run -> run.param(row.text(2), row.text(3))));
        each("tags", columns, "key", row -> draft.run(row.text(1)).ifPresent(run -> run.tag(row.text(2), row.text(3))));
    }

    private void metrics() throws SQLException {
        List<String> columns = List.of("run_uuid", "key", "value", "is_nan", "step", "timestamp");
        each(
                "latest_metrics",
                columns,
                "key",
                row -> draft.run(row.text(1)).ifPresent(run -> run.metric(row.text(2), value(row))));
        Map<RunDraft, Map<String, StepHistory>> histories = new HashMap<>();
        try {
            each(
                    "metrics",
                    columns,
                    "timestamp",
                    row -> draft.run(row.text(1)).ifPresent(run -> {
                        Map<String, StepHistory> ofRun = histories.computeIfAbsent(run, key -> new HashMap<>());
                        if (ofRun.size() <= draft.caps().values() || ofRun.containsKey(row.text(2))) {
                            ofRun.computeIfAbsent(
                                            row.text(2),
                                            key -> new StepHistory(draft.caps().steps()))
                                    .add((long) row.number(5), (long) row.number(6), value(row));
                        }
                    }));
        } finally {
            histories.forEach((run, ofRun) -> ofRun.forEach((key, history) -> keep(run, key, history)));
        }
    }

    private void keep(RunDraft run, String key, StepHistory history) {
        if (!run.hasMetric(key)) {
            run.metric(key, history.latest()); // before MLflow 1.2 there was no table of latest values
        }
        draft.history(run, key, history);
    }

    private static double value(SqliteTables.Row row) {
        return row.text(4).equals("1") ? Double.NaN : row.number(3);
    }

    private void models() throws SQLException {
        List<String> columns =
                List.of("model_id", "name", "source_run_id", "lifecycle_stage", "status", "creation_timestamp_ms");
        each("logged_models", columns, "creation_timestamp_ms", row -> {
            if (!row.text(4).equals("deleted") && FileStoreReader.isReady(row.text(5))) {
                draft.loggedModel(row.text(1), row.text(2), row.text(3), Millis.parse(row.text(6)));
            }
        });
    }

    private void versions() throws SQLException {
        Set<String> dropped = new HashSet<>();
        SqliteTables.RowReader drop = row -> {
            if (row.text(3).equals("mlflow.prompt.is_prompt")
                    || (row.text(3).equals("demo") && row.text(4).equals("true"))) {
                dropped.add(row.text(1) + "/" + row.text(2));
            }
        };
        each("registered_model_tags", List.of("name", "-", "key", "value"), "name", drop);
        each("model_version_tags", List.of("name", "version", "key", "value"), "name", drop);
        Map<String, List<String>> aliases = new HashMap<>();
        each(
                "registered_model_aliases",
                List.of("name", "version", "alias"),
                "name",
                row -> aliases.computeIfAbsent(row.text(1) + "/" + row.text(2), key -> new ArrayList<>())
                        .add(row.text(3)));
        each("registered_models", List.of("name"), "name", row -> {
            if (!dropped.contains(row.text(1) + "/")) {
                draft.registeredModel(row.text(1));
            }
        });
        List<String> columns = List.of("name", "version", "run_id", "source", "current_stage", "creation_time");
        each("model_versions", columns, "version", row -> {
            String key = row.text(1) + "/" + row.text(2);
            if (!dropped.contains(key) && !dropped.contains(row.text(1) + "/")) {
                List<String> names = aliases.getOrDefault(key, List.of());
                draft.version(new StoreDraft.Version(
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        names,
                        row.text(5),
                        Millis.parse(row.text(6))));
            }
        });
    }

    private void each(String table, List<String> columns, String order, SqliteTables.RowReader reader)
            throws SQLException {
        if (!tables.each(table, columns, order, reader)) {
            draft.problem("more than " + MOST_ROWS + " rows in " + table);
        }
    }
}

package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Scalar;

/** Reads of a server what hangs on its runs: artifact paths, files of logged models, steps of metrics. */
final class RunDetails {
    private static final String RUN_ARTIFACTS = "/api/2.0/mlflow/artifacts/list";
    private static final int MOST_CALLS = 2_000;
    private static final int MOST_FOLDERS = 40;

    private final MlflowHttp http;
    private final StoreDraft draft;
    private int calls;

    RunDetails(MlflowHttp http, StoreDraft draft) {
        this.http = http;
        this.draft = draft;
    }

    void read() {
        for (RunDraft run : draft.runs()) {
            run.artifacts(files(RUN_ARTIFACTS, "path", Map.of("run_id", run.id), run.artifactsLeft()));
        }
        draft.loggedModels()
                .forEach((id, model) -> draft.run(model.runId()).ifPresent(run -> {
                    String path = "/api/2.0/mlflow/logged-models/" + id + "/artifacts/directories";
                    run.modelFiles(model.name(), files(path, "artifact_directory_path", Map.of(), run.artifactsLeft()));
                }));
        for (RunDraft run : draft.runs()) {
            run.expectedHistories().forEach(metric -> history(run, metric));
        }
    }

    private List<String> files(String call, String parameter, Map<String, String> query, int most) {
        List<String> files = new ArrayList<>();
        Deque<String> folders = new ArrayDeque<>(List.of(""));
        for (int seen = 0; !folders.isEmpty() && seen < MOST_FOLDERS && files.size() <= most && mayCall(); seen++) {
            String folder = folders.remove();
            Map<String, String> all = new LinkedHashMap<>(query);
            if (!folder.isEmpty()) {
                all.put(parameter, folder);
            }
            for (Doc file : RegistryReader.list(ask(call, all), "files")) {
                String path = RegistryReader.text(file, "path");
                if (file.get("is_dir").map(Doc::isTrue).orElse(false)) {
                    folders.add(path);
                } else {
                    files.add(path);
                }
            }
        }
        if (!folders.isEmpty()) {
            draft.problem("more than " + MOST_FOLDERS + " folders of artifacts in a run");
        }
        return files;
    }

    /** The client would take all steps in one answer, whatever their number; this call samples them evenly on the server. */
    private void history(RunDraft run, String metric) {
        if (!mayCall()) {
            return;
        }
        Map<String, String> query = Map.of(
                "run_ids",
                run.id,
                "metric_key",
                metric,
                "max_results",
                Integer.toString(draft.caps().steps()));
        StepHistory history = new StepHistory(draft.caps().steps());
        Doc answer = ask("/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval", query);
        for (Doc point : RegistryReader.list(answer, "metrics")) {
            history.add((long) number(point, "step"), number(point, "value"));
        }
        draft.history(run, metric, history);
    }

    /** The server declines where a run's own artifact location is one that it cannot read: the run counts all the same. */
    private Doc ask(String call, Map<String, String> query) {
        try {
            return http.get(call, query);
        } catch (MlflowHttp.Declined declined) {
            draft.problem(String.valueOf(declined.getMessage()));
            return new Doc.Mapping(Map.of(), Map.of(), 0);
        }
    }

    private boolean mayCall() {
        if (++calls > MOST_CALLS) {
            draft.problem("it takes more than " + MOST_CALLS + " calls to read all artifacts and metric steps");
            return false;
        }
        return true;
    }

    private static double number(Doc point, String key) {
        return point.get(key)
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .map(scalar -> scalar.number().orElse(special(scalar.text())))
                .orElse(0.0);
    }

    private static double special(String text) {
        return switch (text) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }
}

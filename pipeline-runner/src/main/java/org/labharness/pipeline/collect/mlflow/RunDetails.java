package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Doc.Scalar;
import org.labharness.pipeline.document.Documents;

/** Reads of a server what hangs on its runs: artifact paths, files of logged models, steps of metrics. */
final class RunDetails {
    private static final String RUN_ARTIFACTS = "/api/2.0/mlflow/artifacts/list";
    private static final String GET = "/get-artifact";
    private static final String HISTORY = "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval";
    private static final Doc NOTHING = new Doc.Mapping(Map.of(), Map.of(), 0);
    private static final int MOST_CALLS = 2_000;
    private static final int MOST_FOLDERS = 40;

    private final MlflowHttp http;
    private final Part part;
    private final StoreDraft draft;
    private int calls;

    RunDetails(MlflowHttp http, Part part, StoreDraft draft) {
        this.http = http;
        this.part = part;
        this.draft = draft;
    }

    /** @param complete whether these are all */
    private record Files(List<String> paths, boolean complete) {}

    void read() {
        draft.runs().forEach(this::artifacts);
        draft.loggedModels()
                .forEach((id, model) -> draft.run(model.runId()).ifPresent(run -> loggedModel(id, model.name(), run)));
        for (RunDraft run : draft.runs()) {
            run.expectedHistories().forEach(metric -> history(run, metric));
        }
    }

    private void artifacts(RunDraft run) {
        Files files = files("run " + run.label(), RUN_ARTIFACTS, "path", Map.of("run_id", run.id), run.artifactsLeft());
        run.artifacts(files.paths());
        for (String path : files.paths()) {
            if (path.endsWith("/" + ModelFiles.NAME)) {
                String folder = path.substring(0, path.length() - ModelFiles.NAME.length());
                List<String> inside = files.paths().stream()
                        .filter(file -> file.startsWith(folder))
                        .map(file -> file.substring(folder.length()))
                        .toList();
                Map<String, String> query = Map.of("run_id", run.id, "path", path);
                check(run, folder.substring(0, folder.length() - 1), new Files(inside, files.complete()), GET, query);
            }
        }
    }

    private void loggedModel(String id, String name, RunDraft run) {
        Files files = files(
                "model " + name,
                "/api/2.0/mlflow/logged-models/" + id + "/artifacts/directories",
                "artifact_directory_path",
                Map.of(),
                run.artifactsLeft());
        run.modelFiles(name, files.paths());
        if (files.paths().contains(ModelFiles.NAME)) {
            String call = "/ajax-api/2.0/mlflow/logged-models/" + id + "/artifacts/files";
            check(run, name, files, call, Map.of("artifact_file_path", ModelFiles.NAME));
        }
    }

    /** Whether the files that a model's description names are there, as far as all of them were seen. */
    private void check(RunDraft run, String model, Files files, String call, Map<String, String> query) {
        if (files.complete() && mayCall()) {
            part.read(
                    () -> Documents.yaml(http.text(call, query))
                            .document()
                            .flatMap(description -> ModelFiles.missing(description, files.paths()))
                            .ifPresent(missing -> draft.incomplete(run, model, missing)),
                    draft,
                    "the description of model " + model);
        }
    }

    private Files files(String of, String call, String parameter, Map<String, String> query, int most) {
        List<String> files = new ArrayList<>();
        Deque<String> folders = new ArrayDeque<>(List.of(""));
        for (int seen = 0; !folders.isEmpty() && seen < MOST_FOLDERS && files.size() <= most && mayCall(); seen++) {
            String folder = folders.remove();
            Map<String, String> all = new LinkedHashMap<>(query);
            if (!folder.isEmpty()) {
                all.put(parameter, folder);
            }
            Doc answer = ask("the artifacts of " + of, call, all);
            for (Doc file : RegistryReader.list(answer, "files")) {
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
        return new Files(files, folders.isEmpty() && files.size() <= most);
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
        Doc answer = ask("the steps of metric " + metric, HISTORY, query);
        for (Doc point : RegistryReader.list(answer, "metrics")) {
            history.add((long) number(point, "step"), (long) number(point, "timestamp"), number(point, "value"));
        }
        draft.history(run, metric, history);
    }

    /** The server declines where a run's own artifact location is one that it cannot read: the run counts all the same. */
    private Doc ask(String what, String call, Map<String, String> query) {
        return part.read(() -> http.get(call, query), NOTHING, draft, what);
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

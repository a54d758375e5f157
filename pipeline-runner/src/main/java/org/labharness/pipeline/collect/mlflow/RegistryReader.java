package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.pipeline.document.Doc;
import org.mlflow.api.proto.ModelRegistry;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.ModelVersionsPage;

/** Reads logged models, registered models, their versions and aliases of a server. */
final class RegistryReader {
    private static final int PAGE = 100;
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z+/=_.-]{1,4000}");

    private final MlflowClient client;
    private final MlflowHttp http;
    private final Part part;
    private final StoreDraft draft;
    private final Set<String> dropped = new HashSet<>();
    private final Map<String, List<String>> aliases = new HashMap<>();

    RegistryReader(MlflowClient client, MlflowHttp http, Part part, StoreDraft draft) {
        this.client = client;
        this.http = http;
        this.part = part;
        this.draft = draft;
    }

    void read() {
        part.read(this::loggedModels, draft, "the list of logged models");
        part.read(this::models, draft, "the list of registered models");
        part.read(this::versions, draft, "the list of registered versions");
    }

    /** The client knows nothing of MLflow 3's logged models. */
    private void loggedModels() {
        List<String> experiments = draft.experimentIds().stream()
                .filter(id -> ID.matcher(id).matches())
                .sorted()
                .toList();
        for (int from = 0; from < experiments.size(); from += PAGE) {
            String ids = experiments.subList(from, Math.min(experiments.size(), from + PAGE)).stream()
                    .map(id -> "\"" + id + "\"")
                    .collect(Collectors.joining(", "));
            pages(draft.caps().versions(), "logged models", token -> {
                String more = token.isEmpty() ? "" : ", \"page_token\": \"" + token + "\"";
                Doc page = http.post(
                        "/api/2.0/mlflow/logged-models/search",
                        "{\"experiment_ids\": [" + ids + "], \"max_results\": 50" + more + "}");
                for (Doc model : list(page, "models")) {
                    Doc info = model.mapping("info");
                    if (FileStoreReader.isReady(text(info, "status"))) {
                        draft.loggedModel(
                                text(info, "model_id"),
                                text(info, "name"),
                                text(info, "source_run_id"),
                                Millis.parse(text(info, "creation_timestamp_ms")));
                    }
                }
                return page;
            });
        }
    }

    /** The client cannot list registered models, and gives no aliases. */
    private void models() {
        pages(draft.caps().models(), "registered models", token -> {
            Map<String, String> query = new LinkedHashMap<>(Map.of("max_results", Integer.toString(PAGE)));
            if (!token.isEmpty()) {
                query.put("page_token", token);
            }
            Doc page = http.get("/api/2.0/mlflow/registered-models/search", query);
            list(page, "registered_models").forEach(this::model);
            return page;
        });
    }

    private void model(Doc model) {
        String name = text(model, "name");
        for (Doc tag : list(model, "tags")) {
            if (isForeign(text(tag, "key"), text(tag, "value"))) {
                dropped.add(name);
                return;
            }
        }
        draft.registeredModel(name);
        for (Doc alias : list(model, "aliases")) {
            aliases.computeIfAbsent(name + "/" + text(alias, "version"), key -> new ArrayList<>())
                    .add(text(alias, "alias"));
        }
    }

    private void versions() {
        Optional<String> token = Optional.empty();
        for (int page = 0; page * PAGE < draft.caps().versions() + PAGE; page++) {
            ModelVersionsPage found = token.isEmpty()
                    ? client.searchModelVersions("", PAGE, List.of())
                    : client.searchModelVersions("", PAGE, List.of(), token.get());
            found.getItems().forEach(this::version);
            token = found.getNextPageToken();
            if (!found.hasNextPage()) {
                return;
            }
        }
        draft.problem("more than " + draft.caps().versions() + " registered versions");
    }

    private void version(ModelRegistry.ModelVersion version) {
        boolean foreign = version.getTagsList().stream().anyMatch(tag -> isForeign(tag.getKey(), tag.getValue()));
        if (foreign || dropped.contains(version.getName())) {
            return;
        }
        draft.version(new StoreDraft.Version(
                version.getName(),
                version.getVersion(),
                version.getRunId(),
                version.getSource(),
                aliases.getOrDefault(version.getName() + "/" + version.getVersion(), List.of()),
                version.getCurrentStage(),
                version.getCreationTimestamp()));
    }

    private static boolean isForeign(String tag, String value) {
        return tag.equals("mlflow.prompt.is_prompt") || (tag.equals("demo") && value.equals("true"));
    }

    private interface Page {
        Doc read(String token);
    }

    private void pages(int most, String what, Page page) {
        String token = "";
        for (int read = 0; read <= most; read += PAGE / 2) {
            token = text(page.read(token), "next_page_token");
            if (!TOKEN.matcher(token).matches()) {
                return;
            }
        }
        draft.problem("more than " + most + " " + what);
    }

    static List<Doc> list(Doc doc, String key) {
        return doc.get(key).map(Doc::items).orElse(List.of());
    }

    static String text(Doc doc, String key) {
        return doc.get(key).flatMap(Doc::string).orElse("");
    }
}

package org.labharness.pipeline.collect.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;

/** Reads a folder that MLflow's file store wrote ({@code mlruns}), versions 1 to 3. */
final class FileStoreReader {
    private static final Pattern META = Pattern.compile("([0-9]{1,20})/meta\\.yaml");
    private static final Pattern RUN = Pattern.compile("([0-9]{1,20})/([0-9a-f]{32})/meta\\.yaml");
    private static final Pattern LOGGED = Pattern.compile("[0-9]{1,20}/models/(m-[0-9a-f]{32})/meta\\.yaml");
    private static final Pattern VERSION = Pattern.compile("models/([^/]+)/version-([0-9]+)/meta\\.yaml");
    private static final Pattern MODEL = Pattern.compile("models/([^/]+)/meta\\.yaml");
    private static final String PROMPT = "tags/mlflow.prompt.is_prompt";
    /** As MLflow numbers them, from 1. */
    private static final List<String> STATUS = List.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");

    private final TreeStores stores;
    private final String root;
    private final StoreDraft draft;
    private long bytesLeft;

    private FileStoreReader(TreeStores stores, String folder, StoreDraft draft) {
        this.stores = stores;
        this.root = folder.isEmpty() ? "" : folder + "/";
        this.draft = draft;
        this.bytesLeft = draft.caps().bytes();
    }

    /** Reads it; of each run that is new, all that hangs on it. */
    static void read(TreeStores stores, String folder, StoreDraft draft) {
        FileStoreReader reader = new FileStoreReader(stores, folder, draft);
        List<String> files = stores.below(folder);
        reader.each(files, META, (match, meta) -> draft.experiment(match.group(1), text(meta, "name")));
        reader.each(files, RUN, reader::run);
        reader.each(files, LOGGED, reader::loggedModel);
        reader.each(files, MODEL, reader::model);
        reader.each(files, VERSION, reader::version);
        if (reader.bytesLeft <= 0) {
            draft.problem("more than " + (draft.caps().bytes() >> 20) + " MiB");
        }
    }

    private interface Reading {
        void read(Matcher match, Doc meta);
    }

    private void each(List<String> files, Pattern pattern, Reading reading) {
        for (String file : files) {
            Matcher match = pattern.matcher(file);
            if (!match.matches() || bytesLeft <= 0) {
                continue;
            }
            if (draft.allowance().timeUp()) {
                draft.unread(draft.allowance().timeUpWords());
                return;
            }
            bytesLeft -= stores.size(root + file);
            Optional<Doc> meta = Documents.read(stores.tree(), root + file, Documents.Form.YAML)
                    .document();
            if (meta.isEmpty()) {
                draft.problem("a meta.yaml that cannot be read");
            } else if (!text(meta.get(), "lifecycle_stage").equals("deleted")) {
                reading.read(match, meta.get());
            }
        }
    }

    private void run(Matcher match, Doc meta) {
        String id = match.group(2);
        long started = Millis.parse(text(meta, "start_time"));
        draft.run(id, text(meta, "run_name"), match.group(1), status(text(meta, "status")), started)
                .ifPresent(run -> details(run, root + match.group(1) + "/" + id));
    }

    private void details(RunDraft run, String folder) {
        for (String key : stores.below(folder + "/params")) {
            run.param(key, head(folder + "/params/" + key));
        }
        for (String key : stores.below(folder + "/tags")) {
            run.tag(key, head(folder + "/tags/" + key));
        }
        for (String key : stores.below(folder + "/metrics")) {
            metric(run, key, folder + "/metrics/" + key);
        }
    }

    private void loggedModel(Matcher match, Doc meta) {
        String runId = text(meta, "source_run_id");
        String name = text(meta, "name");
        if (isReady(text(meta, "status"))) {
            draft.loggedModel(match.group(1), name, runId, Millis.parse(text(meta, "creation_timestamp")));
        }
    }

    private void model(Matcher match, Doc meta) {
        if (!isPrompt("models/" + match.group(1))) {
            draft.registeredModel(match.group(1));
        }
    }

    private void version(Matcher match, Doc meta) {
        String folder = "models/" + match.group(1);
        String version = match.group(2);
        if (isPrompt(folder) || isPrompt(folder + "/version-" + version)) {
            return;
        }
        Map<String, String> aliases = new TreeMap<>();
        stores.below(root + folder + "/aliases")
                .forEach(alias -> aliases.put(alias, head(root + folder + "/aliases/" + alias)));
        aliases.values().removeIf(target -> !target.strip().equals(version));
        draft.version(new StoreDraft.Version(
                match.group(1),
                version,
                text(meta, "run_id"),
                text(meta, "source"),
                aliases.keySet(),
                text(meta, "current_stage"),
                Millis.parse(text(meta, "creation_timestamp"))));
    }

    private boolean isPrompt(String folder) {
        return stores.size(root + folder + "/" + PROMPT) >= 0
                || (stores.size(root + folder + "/tags/demo") >= 0
                        && head(root + folder + "/tags/demo").strip().equals("true"));
    }

    private void metric(RunDraft run, String key, String path) {
        StepHistory history = new StepHistory(draft.caps().steps());
        try (InputStream in = stores.tree().stream(path)) {
            MetricLines.read(in, Math.min(bytesLeft, stores.size(path)), history);
        } catch (IOException e) {
            draft.problem("a metric that cannot be read");
        }
        bytesLeft -= stores.size(path);
        if (history.seen() > 0) {
            run.metric(key, history.latest());
            draft.history(run, key, history);
        }
    }

    /** The start of a small file; what is too long is cut later. */
    private String head(String path) {
        int most = 4 * draft.caps().text();
        bytesLeft -= Math.min(most, stores.size(path));
        try (InputStream in = stores.tree().stream(path)) {
            return new String(in.readNBytes((int) Math.max(0, Math.min(most, bytesLeft))), StandardCharsets.UTF_8);
        } catch (IOException e) {
            draft.problem("a file that cannot be read");
            return "";
        }
    }

    /** A model that is still being logged, or whose upload failed, is none; before there was a status, each was one. */
    static boolean isReady(String status) {
        return status.isEmpty() || status.equals("2") || status.endsWith("READY");
    }

    private static String status(String number) {
        return number.matches("[1-5]") ? STATUS.get(Integer.parseInt(number) - 1) : number;
    }

    private static String text(Doc meta, String key) {
        return meta.get(key).flatMap(Doc::string).orElse("");
    }
}

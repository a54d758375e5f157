package org.labharness.pipeline.run;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.environment.PreparedEnvironment;

/** The environment variables of every command of the student's. */
public final class StageVariables {
    /** Nothing is reachable: whoever would try for minutes is told so at once. */
    private static final Map<String, String> OFFLINE = Map.of(
            "HF_HUB_OFFLINE", "1",
            "HF_DATASETS_OFFLINE", "1",
            "TRANSFORMERS_OFFLINE", "1",
            "PIP_RETRIES", "0",
            "PIP_NO_INPUT", "1",
            "PIP_DISABLE_PIP_VERSION_CHECK", "1",
            "UV_OFFLINE", "1",
            "WANDB_MODE", "offline",
            "WANDB_DIR", "/tmp",
            "NO_ALBUMENTATIONS_UPDATE", "1");

    private StageVariables() {}

    /** @param trackingUri where MLflow logs; null: where it would by itself, for stages that declare such a store as their output */
    public static Map<String, String> of(PreparedEnvironment environment, @Nullable String trackingUri, double cpus) {
        String threads = Integer.toString(Math.max(1, (int) cpus));
        Map<String, String> all = new TreeMap<>(environment.variables());
        all.putAll(Map.of(
                "HOME", "/tmp",
                "TMPDIR", "/tmp",
                "LANG", "C.UTF-8",
                "LC_ALL", "C.UTF-8",
                "USER", "student",
                "MPLBACKEND", "Agg",
                "MPLCONFIGDIR", "/tmp/matplotlib"));
        all.putAll(Map.of(
                "PYTHONHASHSEED", "0",
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONUNBUFFERED", "1",
                "PYTHONUTF8", "1",
                "OMP_NUM_THREADS", threads,
                "OPENBLAS_NUM_THREADS", threads,
                "MKL_NUM_THREADS", threads,
                "PYTHONPATH", "/opt/lab/headless"));
        all.putAll(OFFLINE);
        if (trackingUri != null) {
            all.put("MLFLOW_TRACKING_URI", trackingUri);
        }
        all.putAll(Map.of(
                "MLFLOW_ALLOW_FILE_STORE", "true",
                "MLFLOW_DISABLE_TELEMETRY", "true",
                "DO_NOT_TRACK", "true",
                "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2",
                "MLFLOW_HTTP_REQUEST_TIMEOUT", "30"));
        all.putAll(Map.of(
                "GIT_PYTHON_REFRESH", "quiet",
                "GIT_CONFIG_COUNT", "1",
                "GIT_CONFIG_KEY_0", "safe.directory",
                "GIT_CONFIG_VALUE_0", "*",
                "DVC_NO_ANALYTICS", "1",
                "DVC_SITE_CACHE_DIR", "/tmp/dvc"));
        return all;
    }
}

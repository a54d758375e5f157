package org.labharness.pipeline.preflight;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonValue.Constant;
import org.labharness.pipeline.preflight.TreeView.PythonFile;

/** Calls in the scripts of stages that fetch something from the network. */
final class DownloadQuirk implements Quirk {
    private static final Set<String> ALWAYS = Set.of(
            "nltk.download",
            "gdown.download",
            "wget.download",
            "kagglehub.dataset_download",
            "kaggle.api.dataset_download_files",
            "seaborn.load_dataset",
            "tensorflow_datasets.load",
            "datasets.load_dataset",
            "huggingface_hub.snapshot_download",
            "huggingface_hub.hf_hub_download",
            "openml.datasets.get_dataset",
            "ucimlrepo.fetch_ucirepo");
    private static final Pattern FETCHERS = Pattern.compile(
            "sklearn\\.datasets\\.fetch_\\w{1,40}|(?:tensorflow\\.)?keras\\.datasets\\.\\w{1,40}\\.load_data");
    private static final List<String> WITH_ADDRESS = List.of(
            "requests.get",
            "requests.post",
            "urllib.request.urlretrieve",
            "urllib.request.urlopen",
            "httpx.get",
            "pandas.read_csv",
            "pandas.read_json",
            "pandas.read_excel",
            "pandas.read_parquet",
            "pandas.read_html");
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(?:https?|ftp|s3|gs)://(?!localhost\\b|127\\.|0\\.0\\.0\\.0|\\[::1])[A-Za-z0-9].*", Pattern.DOTALL);

    private static final String HINT =
            "Fetch it once by hand, keep it under DVC (dvc add, dvc push), and read it from the file.";

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        for (PythonFile file : view.scripts().reachable()) {
            Set<String> told = new HashSet<>();
            file.module()
                    .ifPresent(module -> module.calls().stream()
                            .sorted(Comparator.comparing(Call::tried))
                            .flatMap(call -> fetched(call, module).filter(told::add).stream()
                                    .map(what -> finding(file.path(), call, what)))
                            .limit(3)
                            .forEach(findings));
        }
    }

    /** What a call fetches, in words. */
    private static Optional<String> fetched(Call call, Module module) {
        String callee = call.callee();
        boolean download = callee.startsWith("torchvision.datasets.")
                && call.keywords().get("download") instanceof Constant constant
                && constant.text().equals("True");
        if (download || ALWAYS.contains(callee) || FETCHERS.matcher(callee).matches()) {
            return Optional.of("calls " + callee);
        }
        if (!WITH_ADDRESS.contains(callee) || call.arguments().isEmpty()) {
            return Optional.empty();
        }
        return PythonText.of(call.arguments().getFirst(), module)
                .map(PythonText::text)
                .filter(text -> ELSEWHERE.matcher(text).matches())
                .map(text -> "fetches " + withoutLogin(text.length() > 80 ? text.substring(0, 79) + "…" : text));
    }

    private static String withoutLogin(String address) {
        return address.replaceFirst("://[^/@]{1,200}@", "://***@").replaceFirst("\\?.*", "?…");
    }

    private static Finding finding(String path, Call call, String what) {
        if (call.tried()) {
            return FindingCode.CODE_OPTIONAL_DOWNLOAD.at(
                    new Place(path, call.line()),
                    path + ":" + call.line() + " " + what
                            + " from the network, which is not there while grading. Where that fails, the code goes on; you lose no points"
                            + " as long as what it goes on with is enough.",
                    "Nothing has to be done, if what it goes on with is in the repository or comes with a package; else fetch it once"
                            + " by hand, keep it under DVC (dvc add, dvc push), and read it from the file.");
        }
        return FindingCode.CODE_DOWNLOADS.at(
                new Place(path, call.line()),
                path + ":" + call.line() + " " + what
                        + " from the network, which is not there while grading, so it will fail "
                        + (call.conditional() ? "if that line is reached." : "unless the lab puts the file in place."),
                HINT);
    }
}

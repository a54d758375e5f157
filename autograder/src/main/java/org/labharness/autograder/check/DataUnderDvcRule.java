package org.labharness.autograder.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Finding;
import org.labharness.lab.Memory;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.DataFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PipelineFacts.Output;
import org.labharness.pipeline.evidence.PipelineFacts.Stage;
import org.labharness.pipeline.evidence.TreeFacts.Kind;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;
import org.labharness.pipeline.preflight.FindingCode;

/** {@code data-under-dvc}: a part of the points for each path, or for each data file where the lab names none. */
final class DataUnderDvcRule {
    private static final Set<String> DATA = Set.of(
            "csv",
            "tsv",
            "parquet",
            "feather",
            "npy",
            "npz",
            "h5",
            "hdf5",
            "pkl",
            "pickle",
            "joblib",
            "zip",
            "gz",
            "tar",
            "tgz",
            "xlsx",
            "arff",
            "jsonl",
            "pt",
            "pth",
            "onnx",
            "safetensors",
            "sqlite");
    /** Smaller files are examples or results, not data sets; unless a stage depends on them or reads them. */
    private static final long LARGE = 100_000;
    /** Smaller ones are a handful of lines, for which nobody needs DVC, whatever reads them. */
    private static final long SMALLEST = 2_000;

    /** What MLflow kept of earlier runs: artifacts of a run, not data of the pipeline. */
    private static final Pattern STORE = Pattern.compile("(?:^|/)(?:mlruns|mlartifacts)/");

    private final Evidence evidence;
    private final NavigableSet<String> inGit;
    private final Set<String> links;
    private final List<String> reading;
    private final List<String> faults = new ArrayList<>();
    private final List<String> tracked = new ArrayList<>();
    private String worst = "";

    private DataUnderDvcRule(Evidence evidence) {
        this.evidence = evidence;
        inGit = evidence.tree().files().stream()
                .map(TreeFile::path)
                .filter(path ->
                        !path.endsWith("/.gitignore") && !path.endsWith("/.gitkeep")) // keep a folder, hold no data
                .collect(Collectors.toCollection(TreeSet::new));
        reading = evidence.findings().stream()
                .filter(finding -> finding.code().equals(FindingCode.CODE_UNDECLARED_READ.code()))
                .map(Finding::message)
                .toList();
        links = evidence.tree().files().stream()
                .filter(file -> file.kind() == Kind.SYMLINK)
                .map(TreeFile::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Ruling judge(DvcCheck.DataUnderDvc spec, Case subject) {
        DataUnderDvcRule rule = new DataUnderDvcRule(subject.evidence());
        if (spec.paths().isEmpty()) {
            rule.anyData();
        } else {
            spec.paths().forEach(rule::named);
        }
        return rule.ruling(subject);
    }

    private void named(String path) {
        Pattern pattern = Glob.compile(path);
        Predicate<String> wanted =
                candidate -> pattern.matcher(candidate).matches() || candidate.startsWith(path + "/");
        Optional<TreeFile> committed = evidence.tree().files().stream()
                .filter(file -> wanted.test(file.path()) && !isLinkToTracked(file))
                .findFirst();
        if (committed.isPresent()) {
            committed(committed.get());
        } else if (trackedPaths().anyMatch(known -> wanted.test(known) || path.startsWith(known + "/"))) {
            tracked.add(path);
        } else {
            worst = worst.isEmpty() ? path : worst;
            faults.add(PlainText.name(path) + " is neither tracked by DVC nor committed"
                    + NearestName.hint(path, trackedPaths().toList()));
        }
    }

    private void anyData() {
        Set<String> deps = stages().flatMap(stage -> stage.deps().stream()).collect(Collectors.toUnmodifiableSet());
        Set<String> known = trackedPaths().collect(Collectors.toUnmodifiableSet());
        Set<String> kept = Set.copyOf(outputs(output -> !output.cached()).toList());
        Set<String> madeByTools =
                CommittedEnvironmentRule.folders(evidence.tree().files());
        evidence.tree().files().stream()
                .filter(file -> DATA.contains(extension(file.path())) && !kept.contains(file.path()))
                .filter(file ->
                        madeByTools.stream().noneMatch(folder -> CommittedEnvironmentRule.under(folder, file.path())))
                .filter(file -> !STORE.matcher(file.path()).find())
                .filter(file -> file.size()
                                >= (deps.contains(file.path()) || isRead(file.path()) || isWithin(file.path(), known)
                                        ? SMALLEST
                                        : LARGE)
                        || file.kind() == Kind.LFS_POINTER)
                .forEach(this::committed);
        trackedPaths()
                .distinct()
                .filter(path -> !isInGit(path) && links.stream().noneMatch(link -> path.startsWith(link + "/")))
                .forEach(tracked::add);
    }

    /** Whether a stage's script reads it without the stage saying so: who leaves a dependency out is not better off. */
    private boolean isRead(String path) {
        return reading.stream()
                .anyMatch(words -> words.contains(" " + path + ",") || words.contains(" " + path + " and more,"));
    }

    /** Whether Git holds it, or anything of a folder. */
    private boolean isInGit(String path) {
        String next = inGit.ceiling(path + "/");
        return inGit.contains(path) || (next != null && next.startsWith(path + "/"));
    }

    /** Whether it lies in a folder that DVC keeps. */
    private static boolean isWithin(String path, Set<String> folders) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (folders.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    /** What a link leads to is counted where it lies. */
    private boolean isLinkToTracked(TreeFile file) {
        return file.kind() == Kind.SYMLINK && trackedPaths().anyMatch(file.path()::equals);
    }

    private Stream<Stage> stages() {
        return evidence.pipelines().stream().flatMap(pipeline -> pipeline.stages().stream());
    }

    /** The stage that makes a file and lets DVC keep it. */
    private Optional<String> maker(String path) {
        return stages().filter(stage -> stage.outs().stream()
                        .anyMatch(out -> out.cached() && out.path().equals(path)))
                .map(Stage::name)
                .findFirst();
    }

    private String advice(String path) {
        String quoted = PlainText.shell(path);
        Optional<String> link = links.stream()
                .filter(each -> path.equals(each) || path.startsWith(each + "/"))
                .findFirst();
        if (link.isPresent()) {
            // DVC would follow it, and keep and push whatever it leads to.
            return "Take the symbolic link out (git rm " + PlainText.shell(link.get())
                    + ") and put the data itself there; then: dvc add " + quoted + " && git add "
                    + PlainText.shell(path + ".dvc") + " && dvc push, commit and push.";
        }
        String out = inGit.contains(path) ? "git rm -r --cached " + quoted + " && " : "";
        return maker(path)
                .map(stage ->
                        out + "dvc commit -f " + PlainText.shell(stage) + ", then commit, push and dvc push: stage "
                                + PlainText.name(stage) + " declares it as its output, so DVC keeps it already.")
                .orElse(out + "dvc add " + quoted + " && git add " + PlainText.shell(path + ".dvc")
                        + " && dvc push, then commit and push.");
    }

    private void committed(TreeFile file) {
        worst = worst.isEmpty() ? file.path() : worst;
        faults.add(PlainText.name(file.path())
                + (file.kind() == Kind.LFS_POINTER
                        ? " is kept in Git LFS, not in DVC"
                        : " is committed to Git (" + new Memory(Math.max(0, file.size())) + ")"));
    }

    private Stream<String> trackedPaths() {
        return Stream.concat(
                evidence.data().stream()
                        .filter(data -> !data.tracker().isEmpty())
                        .map(DataFacts::path),
                outputs(Output::cached));
    }

    private Stream<String> outputs(Predicate<Output> wanted) {
        return stages().flatMap(stage -> stage.outs().stream()).filter(wanted).map(Output::path);
    }

    private Ruling ruling(Case subject) {
        int all = faults.size() + tracked.size();
        if (all == 0) {
            return Ruling.absent(Sentence.of(
                    "Nothing is tracked by DVC: there is no .dvc file and no stage has a cached output.",
                    "dvc add <your data>, commit the .dvc file that it writes, and dvc push."));
        }
        if (faults.isEmpty()) {
            return Ruling.full("Under DVC, not in Git: " + PlainText.list(tracked) + ".");
        }
        String shown = String.join("; ", faults.subList(0, Math.min(4, faults.size())));
        String more = faults.size() > 4 ? " and " + (faults.size() - 4) + " more" : "";
        return Ruling.part(
                subject.full().part(tracked.size(), all),
                Sentence.at(Place.of(worst), shown + more + ".", advice(worst)));
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}

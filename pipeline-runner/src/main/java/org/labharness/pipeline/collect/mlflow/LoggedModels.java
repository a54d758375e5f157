package org.labharness.pipeline.collect.mlflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.TreeReader;

/**
 * Where the files of models lie that a submission has logged to MLflow, in whatever layout its version of MLflow keeps them: below the artifacts of a run
 * ({@code RUN/artifacts/model}), or as logged models of their own ({@code models/m-ID/artifacts}, since MLflow 3). A source that a store names is never
 * followed: what counts is the id in it, and the folder of that id below the roots.
 */
public final class LoggedModels {
    private static final Pattern ID = Pattern.compile("(?<![0-9A-Za-z-])(m-[0-9a-f]{32}|[0-9a-f]{32})(?![0-9A-Za-z-])");
    private static final String ARTIFACTS = "artifacts";
    private static final String WORK = "/work/";
    private static final String TEMPORARY = "/tmp/";
    private static final int MOST_DESCRIPTIONS = 500;

    private final List<TreeStores> roots;
    private final TreeStores tree;
    private final TreeStores temporary;

    private LoggedModels(TreeStores tracking, TreeStores tree, TreeStores temporary) {
        this.roots = List.of(tracking, tree, temporary);
        this.tree = tree;
        this.temporary = temporary;
    }

    /**
     * Looks for them.
     *
     * @param tracking data of the submission's tracking server
     * @param tree its work tree, after the run
     * @param temporary what its stages had at {@code /tmp}
     */
    public static LoggedModels in(Path tracking, Path tree, Path temporary) {
        return new LoggedModels(TreeStores.whole(tracking), TreeStores.of(tree), TreeStores.of(temporary));
    }

    /** @param path of the folder below the reader's root, without a slash at its end */
    public record Folder(TreeReader root, String path) {}

    /**
     * The folder that the source of a registered version means.
     *
     * @param named ids of models that were logged the MLflow 3 way, by run and name, as far as they are known
     */
    public Optional<Folder> ofSource(String source, Map<String, Map<String, String>> named) {
        Matcher ids = ID.matcher(source);
        int end = -1;
        String id = "";
        while (ids.find()) {
            id = ids.group(1);
            end = ids.end();
        }
        if (end < 0) {
            return ofPlace(source);
        }
        String rest = trimmed(source.substring(end));
        if (rest.equals(ARTIFACTS) || rest.startsWith(ARTIFACTS + "/")) {
            rest = trimmed(rest.substring(ARTIFACTS.length()));
        }
        return id.startsWith("m-") ? below(id, rest) : ofRun(id, rest, named.getOrDefault(id, Map.of()));
    }

    /**
     * What a run logged under a path, or, since MLflow 3, as a model of that name.
     *
     * @param named ids of the models that the run logged the MLflow 3 way, by name; none where they are not known
     */
    public Optional<Folder> ofRun(String run, String path, Map<String, String> named) {
        String plain = trimmed(path);
        Optional<Folder> found = below(run, plain);
        if (found.isPresent()) {
            return found;
        }
        int name = (plain + "/").indexOf('/');
        String id = named.get(plain.substring(0, name));
        return id == null && named.isEmpty()
                ? newest(run)
                : Optional.ofNullable(id).flatMap(one -> below(one, trimmed(plain.substring(name))));
    }

    /** The file or folder below the artifacts of a run or logged model. */
    private Optional<Folder> below(String id, String path) {
        for (TreeStores root : roots) {
            Optional<String> folder = root.artifactFolder(id);
            boolean there = path.isEmpty()
                    || root.artifacts(id).stream().anyMatch(file -> file.equals(path) || file.startsWith(path + "/"));
            if (folder.isPresent() && there) {
                return Optional.of(new Folder(root.tree(), trimmed(folder.get() + path)));
            }
        }
        return Optional.empty();
    }

    /** Of several models of one run that which was written last: their descriptions do not hold the names under which they were logged. */
    private Optional<Folder> newest(String run) {
        List<Folder> candidates = new ArrayList<>();
        int read = 0;
        for (TreeStores root : roots) {
            for (String file : root.paths()) {
                if (file.matches("(.*/)?m-[0-9a-f]{32}/artifacts/" + ModelFiles.NAME) && ++read <= MOST_DESCRIPTIONS) {
                    String folder = file.substring(0, file.length() - ModelFiles.NAME.length() - 1);
                    boolean same = Documents.read(root.tree(), file, Documents.Form.YAML)
                            .document()
                            .flatMap(doc -> doc.get("run_id"))
                            .flatMap(org.labharness.pipeline.document.Doc::string)
                            .filter(run::equals)
                            .isPresent();
                    if (same) {
                        candidates.add(new Folder(root.tree(), folder));
                    }
                }
            }
        }
        return candidates.stream()
                .max(Comparator.comparing(folder -> folder.root()
                        .modified(folder.path() + "/" + ModelFiles.NAME)
                        .orElseThrow()));
    }

    /** A place in the work tree or in {@code /tmp}, as stages saw them. */
    private Optional<Folder> ofPlace(String source) {
        String place = source.replaceFirst("^file:(//)?", "");
        if (place.startsWith(TEMPORARY)) {
            return inside(temporary, place.substring(TEMPORARY.length()));
        }
        return place.startsWith("/") && !place.startsWith(WORK)
                ? Optional.empty()
                : inside(tree, place.startsWith(WORK) ? place.substring(WORK.length()) : place);
    }

    private static Optional<Folder> inside(TreeStores root, String path) {
        String plain = trimmed(path.replaceFirst("^(\\./)+", ""));
        boolean there = root.tree().isPath(plain)
                && (root.size(plain) >= 0 || !root.below(plain).isEmpty());
        return there ? Optional.of(new Folder(root.tree(), plain)) : Optional.empty();
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}

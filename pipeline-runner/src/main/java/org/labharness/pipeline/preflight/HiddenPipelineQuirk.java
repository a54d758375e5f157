package org.labharness.pipeline.preflight;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.checkout.IgnoreLine;

/** Committed files of DVC that a {@code .gitignore} hides: to Git they are there, to DVC, which goes by the lines alone, they are not. */
final class HiddenPipelineQuirk implements Quirk {
    private static final int MOST = 30;

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        Set<Place> told = new HashSet<>();
        Stream<String> pipelines = view.pipelines().stream()
                .flatMap(pipeline -> Stream.of(pipeline.path("dvc.yaml"), pipeline.path("dvc.lock")))
                .filter(view::has);
        Stream<String> trackers = view.texts().keySet().stream().filter(path -> path.endsWith(".dvc"));
        Stream.concat(pipelines, trackers)
                .limit(MOST)
                .forEach(path -> view.hiding(path)
                        .filter(line -> told.add(line.where()))
                        .ifPresent(line -> findings.accept(finding(path, line))));
    }

    private static Finding finding(String path, IgnoreLine line) {
        return FindingCode.DVC_FILE_IGNORED.at(
                line.where(),
                path + " is in Git, but the line '" + line.pattern() + "' of "
                        + line.where().path()
                        + " hides it: DVC says that it is git-ignored, or passes over it without a word. The harness reads it all the same.",
                "Take that line out or make it narrower, until nothing is printed by: git check-ignore --no-index "
                        + path);
    }
}

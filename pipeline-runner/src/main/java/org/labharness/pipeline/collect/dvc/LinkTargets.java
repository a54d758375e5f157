package org.labharness.pipeline.collect.dvc;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.labharness.pipeline.document.TreeLinks;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Where committed links may lead: to what is committed, to what DVC tracks, to what a stage makes, to what the lab provides. */
public final class LinkTargets {
    private LinkTargets() {}

    /**
     * A reader of a clone that follows the links which lead somewhere.
     *
     * @param paths of the committed files
     * @param provided paths of what the lab puts in place
     */
    public static TreeReader reader(Path directory, TreeLinks links, List<String> paths, Collection<String> provided) {
        TreeReader all = new TreeReader(directory, links);
        if (links.followed().values().stream().allMatch(TreeLinks.Followed::committed)) {
            return all;
        }
        List<PipelineFacts> pipelines = Pipelines.read(all, paths);
        Set<String> places = new HashSet<>(provided);
        TrackedFile.readAll(all, paths).forEach(file -> places.add(all.followed(file.path())));
        pipelines.stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .forEach(out -> places.add(all.followed(out.path())));
        return new TreeReader(
                directory,
                links.leadingTo(place -> places.stream()
                        .anyMatch(known ->
                                RepositoryPath.isWithin(place, known) || RepositoryPath.isWithin(known, place))));
    }
}

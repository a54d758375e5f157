package org.labharness.pipeline.fetch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.labharness.pipeline.collect.dvc.DvcRemote;
import org.labharness.pipeline.collect.dvc.GitSource;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.document.TreeReader;

/** Other repositories that contents were imported from: where they keep what DVC tracks for them. */
final class ForeignRepositories {
    private static final int MOST = 20;

    /** By address and commit, the folder that their configuration is put into. */
    private final Map<GitSource, String> folders = new LinkedHashMap<>();

    ForeignRepositories(List<WantedContent> contents) {
        contents.stream()
                .flatMap(content -> content.git().stream())
                .map(ForeignRepositories::whole)
                .filter(repository -> !GitHost.files(repository).isEmpty())
                .distinct()
                .limit(MOST)
                .forEach(repository -> folders.put(repository, "repositories/" + folders.size()));
    }

    boolean isEmpty() {
        return folders.isEmpty();
    }

    /** Asks for the configuration of each. */
    void ask(FetchRequest request) {
        folders.forEach((repository, folder) -> request.add(folder + "/.dvc/config", repository));
    }

    /**
     * The contents with the remotes of the repositories that they were imported from.
     *
     * @param fetched what has come
     */
    List<WantedContent> located(List<WantedContent> contents, Path fetched) {
        Map<GitSource, List<DvcRemote>> remotes = new LinkedHashMap<>();
        folders.forEach((repository, folder) -> remotes.put(
                repository,
                DvcRemote.of(new TreeReader(fetched), folder).stream()
                        .filter(DvcRemote::isFetchable)
                        .toList()));
        List<WantedContent> located = new ArrayList<>();
        for (WantedContent content : contents) {
            List<DvcRemote> all = new ArrayList<>(content.remotes());
            content.git().ifPresent(source -> all.addAll(remotes.getOrDefault(whole(source), List.of())));
            located.add(new WantedContent(content.path(), content.md5(), all, content.source(), content.git()));
        }
        return located;
    }

    private static GitSource whole(GitSource source) {
        return new GitSource(source.url(), source.revision(), "");
    }
}

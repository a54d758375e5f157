package org.labharness.pipeline.collect.dvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.document.TreeReader;

/**
 * A DVC repository in a submission: its remotes, and the contents in its cache and in remotes that lie inside.
 *
 * @param remotes the default one first
 */
record DvcRoot(List<DvcRemote> remotes, StoredContent stored) {
    DvcRoot {
        remotes = List.copyOf(remotes);
    }

    static DvcRoot of(TreeReader tree, String folder, Optional<TreeReader> fetched) {
        List<DvcRemote> remotes = DvcRemote.of(tree, folder);
        List<StoredContent.Store> stores = new ArrayList<>();
        stores.add(new StoredContent.Store(tree, RepositoryPath.join(folder, ".dvc/cache")));
        remotes.stream()
                .map(DvcRemote::folder)
                .filter(inside -> !inside.isEmpty())
                .forEach(inside -> stores.add(new StoredContent.Store(tree, inside)));
        fetched.ifPresent(reader -> stores.add(new StoredContent.Store(reader, "")));
        return new DvcRoot(remotes, new StoredContent(stores));
    }

    /** The folder of the DVC repository that a file belongs to. */
    static String folderOf(TreeReader tree, String path) {
        String folder = RepositoryPath.parent(path);
        while (!folder.isEmpty() && !tree.isDirectory(folder + "/.dvc")) {
            folder = RepositoryPath.parent(folder);
        }
        return folder;
    }

    /** Where content of an output is looked for: in the remote that it names, else in all. */
    List<DvcRemote> remotesOf(TrackedFile file) {
        List<DvcRemote> named = remotes.stream()
                .filter(remote -> remote.name().equals(file.remote()))
                .toList();
        return named.isEmpty() ? remotes : named;
    }
}

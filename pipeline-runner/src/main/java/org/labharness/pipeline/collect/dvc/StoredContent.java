package org.labharness.pipeline.collect.dvc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.TreeReader;

/** Contents by their MD5 sum in caches, in remotes that lie inside the repository, and in what was fetched. */
final class StoredContent {
    private static final int MD5 = 32;

    private final List<Store> stores;
    /** A folder's list may name one large content any number of times. */
    private final Map<String, Optional<Stored>> located = new HashMap<>();

    StoredContent(List<Store> stores) {
        this.stores = List.copyOf(stores);
    }

    /** @param folder in the tree, empty for its root */
    record Store(TreeReader tree, String folder) {
        String path(String tail) {
            return RepositoryPath.join(folder, tail);
        }
    }

    /**
     * A file with some content.
     *
     * @param endings those that give the content as it was recorded: Git on Windows changes those of the text files that it is given
     */
    record Stored(Store store, String path, LineEndings endings) {
        TreeReader tree() {
            return store.tree();
        }
    }

    /**
     * The stored file of each target path: one for a file, many for a folder. Empty where some content is not there or not what its
     * name says.
     */
    Optional<Map<String, Stored>> find(TrackedFile file) {
        return file.md5().endsWith(".dir")
                ? folder(file)
                : locate(file.md5()).map(stored -> Map.of(file.path(), stored));
    }

    private Optional<Map<String, Stored>> folder(TrackedFile file) {
        Optional<Doc> list = locate(file.md5())
                .map(stored -> Documents.read(stored.tree(), stored.path(), Form.JSON))
                .flatMap(Parsed::document);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Stored> found = new LinkedHashMap<>();
        for (Doc item : list.get().items()) {
            String relative = item.get("relpath").flatMap(Doc::string).orElse("..");
            String target = RepositoryPath.join(file.path(), relative);
            Optional<Stored> stored = item.get("md5").flatMap(Doc::string).flatMap(this::locate);
            if (stored.isEmpty() || !RepositoryPath.isWithin(target, file.path())) {
                return Optional.empty();
            }
            found.put(target, stored.get());
        }
        return Optional.of(found);
    }

    /** The content with a sum; of a folder its list of files. */
    Optional<Stored> one(String md5) {
        return locate(md5);
    }

    private Optional<Stored> locate(String md5) {
        return located.computeIfAbsent(md5, this::search);
    }

    private Optional<Stored> search(String md5) {
        if (!md5.matches("[0-9a-f]{32}(?:\\.dir)?")) {
            return Optional.empty();
        }
        String tail = md5.substring(0, 2) + "/" + md5.substring(2);
        for (Store store : stores) {
            for (String path : List.of(store.path("files/md5/" + tail), store.path(tail))) {
                if (store.tree().isFile(path)) {
                    Optional<LineEndings> endings = endings(store.tree(), path, md5.substring(0, MD5));
                    if (endings.isPresent()) {
                        return endings.map(found -> new Stored(store, path, found));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Contents of DVC 2 are summed up with Unix line endings, whatever theirs are. */
    private static Optional<LineEndings> endings(TreeReader tree, String path, String sum) {
        return new ContentHash(tree)
                .endings(path, sum)
                .map(found -> found == LineEndings.UNIX ? LineEndings.AS_THEY_ARE : found);
    }
}

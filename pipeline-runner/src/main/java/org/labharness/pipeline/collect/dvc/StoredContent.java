package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;
import org.labharness.pipeline.document.Documents.Form;
import org.labharness.pipeline.document.Parsed;
import org.labharness.pipeline.document.TreeReader;

/** Contents by their MD5 sum in the caches and remotes that lie inside the repository. */
final class StoredContent {
    private static final int MD5 = 32;
    private static final int BUFFER = 1 << 16;

    private final TreeReader tree;
    private final List<String> stores = new ArrayList<>();
    /** A folder's list may name one large content any number of times. */
    private final Map<String, Optional<String>> located = new HashMap<>();

    StoredContent(TreeReader tree, Optional<DvcRemote> remote) {
        this.tree = tree;
        stores.add(".dvc/cache");
        remote.map(DvcRemote::folder).filter(folder -> !folder.isEmpty()).ifPresent(stores::add);
    }

    /**
     * The stored file of each target path: one for a file, many for a folder. Empty where some content is not there or not what its
     * name says.
     */
    Optional<Map<String, String>> find(TrackedFile file) {
        return file.md5().endsWith(".dir")
                ? folder(file)
                : locate(file.md5()).map(stored -> Map.of(file.path(), stored));
    }

    private Optional<Map<String, String>> folder(TrackedFile file) {
        Optional<Doc> list = locate(file.md5())
                .map(stored -> Documents.read(tree, stored, Form.JSON))
                .flatMap(Parsed::document);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (Doc item : list.get().items()) {
            String relative = item.get("relpath").flatMap(Doc::string).orElse("..");
            String target = RepositoryPath.join(file.path(), relative);
            Optional<String> stored = item.get("md5").flatMap(Doc::string).flatMap(this::locate);
            if (stored.isEmpty() || !RepositoryPath.isWithin(target, file.path())) {
                return Optional.empty();
            }
            found.put(target, stored.get());
        }
        return Optional.of(found);
    }

    private Optional<String> locate(String md5) {
        return located.computeIfAbsent(md5, this::search);
    }

    private Optional<String> search(String md5) {
        if (!md5.matches("[0-9a-f]{32}(?:\\.dir)?")) {
            return Optional.empty();
        }
        String tail = md5.substring(0, 2) + "/" + md5.substring(2);
        for (String store : stores) {
            for (String path : List.of(store + "/files/md5/" + tail, store + "/" + tail)) {
                if (tree.isFile(path) && isWhatItSays(path, md5)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    /** Contents of DVC 2 are summed up with Unix line endings. */
    private boolean isWhatItSays(String path, String md5) {
        String sum = md5.substring(0, MD5);
        MessageDigest digest = ContentHash.md5();
        try (InputStream in = tree.stream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            return false;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sum)
                || new ContentHash(tree)
                        .of(path, ContentHash.Endings.UNIX)
                        .filter(sum::equals)
                        .isPresent();
    }
}

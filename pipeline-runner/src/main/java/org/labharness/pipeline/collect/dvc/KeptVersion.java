package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.checkout.CommitTree;
import org.labharness.pipeline.checkout.CommitTree.Entry;
import org.labharness.pipeline.document.Doc;
import org.labharness.pipeline.document.Documents;

/**
 * What one commit keeps at a path.
 *
 * @param tracked what DVC records; null where Git holds it, or nothing does
 * @param held the file or folder in Git; null where DVC keeps it, or nothing does
 * @param sum MD5; of a folder in Git its id there; empty where nothing is kept
 */
record KeptVersion(
        CommitTree commit,
        @Nullable TrackedFile tracked,
        @Nullable Entry held,
        String sum) {
    private static final int MOST_FILES = 50_000;
    private static final int MOST_TRACKERS = 300;
    private static final int LARGEST_TRACKER = 4 << 20;
    private static final byte[] POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

    /** DVC's word counts before Git's: the folder of a tracked file may hold a {@code .gitignore}. */
    static KeptVersion of(CommitTree commit, String path) {
        Optional<TrackedFile> tracked = tracked(commit).stream()
                .filter(file -> file.covers(path) && !file.md5().isEmpty())
                .findFirst();
        if (tracked.isPresent()) {
            return new KeptVersion(commit, tracked.get(), null, tracked.get().md5());
        }
        Optional<Entry> held = commit.entry(path);
        return new KeptVersion(
                commit,
                null,
                held.orElse(null),
                held.map(entry -> sum(commit, entry)).orElse(""));
    }

    private static List<TrackedFile> tracked(CommitTree commit) {
        List<String> files =
                commit.files("", MOST_FILES).stream().map(Entry::path).toList();
        Stream<TrackedFile> trackers = files.stream()
                .filter(path -> path.endsWith(".dvc") && !path.startsWith(".dvc/") && !path.contains("/.dvc/"))
                .limit(MOST_TRACKERS)
                .flatMap(path -> document(commit, path).stream().flatMap(root -> TrackedFile.of(root, path).stream()));
        Stream<TrackedFile> locks = files.stream()
                .filter(path -> RepositoryPath.name(path).equals(Pipelines.LOCK))
                .limit(MOST_TRACKERS)
                .flatMap(path -> locked(commit, path));
        return Stream.concat(trackers, locks).toList();
    }

    static Optional<Doc> document(CommitTree commit, String path) {
        return commit.bytes(path, LARGEST_TRACKER)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .flatMap(text -> Documents.yaml(text).document());
    }

    /** What a lock says of the outputs of stages. */
    private static Stream<TrackedFile> locked(CommitTree commit, String lock) {
        String folder = RepositoryPath.parent(lock);
        Doc stages =
                document(commit, lock).map(root -> (Doc) root.mapping("stages")).orElse(Doc.Mapping.empty());
        Doc declared = document(commit, RepositoryPath.join(folder, Pipelines.FILE))
                .map(root -> (Doc) root.mapping("stages"))
                .orElse(Doc.Mapping.empty());
        return stages instanceof Doc.Mapping mapping
                ? mapping.entries().entrySet().stream().flatMap(stage -> {
                    String wdir = declared.get(stage.getKey())
                            .flatMap(one -> one.get("wdir"))
                            .flatMap(Doc::string)
                            .orElse(".");
                    return stage.getValue().get("outs").map(Doc::items).orElse(List.of()).stream()
                            .flatMap(out -> out.get("path").flatMap(Doc::string).stream()
                                    .map(path -> new TrackedFile(
                                            RepositoryPath.join(RepositoryPath.join(folder, wdir), path),
                                            lock,
                                            out.line(),
                                            out.get("md5").flatMap(Doc::string).orElse(""),
                                            TrackedFile.size(out),
                                            "",
                                            Optional.empty(),
                                            "")));
                })
                : Stream.empty();
    }

    private static String sum(CommitTree commit, Entry entry) {
        if (entry.folder()) {
            return entry.id();
        }
        MessageDigest digest = ContentHash.md5();
        try (InputStream in = commit.open(entry);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        } catch (IOException e) {
            return "";
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whether Git holds only the pointer of Git LFS. */
    boolean isPointer() {
        Entry file = held;
        if (file == null || file.folder() || file.size() > 1024) {
            return false;
        }
        return commit.bytes(file.path(), 1024)
                .filter(bytes -> bytes.length > POINTER.length
                        && java.util.Arrays.equals(bytes, 0, POINTER.length, POINTER, 0, POINTER.length))
                .isPresent();
    }

    boolean isNothing() {
        return tracked == null && held == null;
    }
}

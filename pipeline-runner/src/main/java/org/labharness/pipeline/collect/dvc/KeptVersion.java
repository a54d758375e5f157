package org.labharness.pipeline.collect.dvc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
    private static final int MOST_TRACKED = 20_000;
    private static final int LARGEST_TRACKER = 256 << 10;
    private static final int LARGEST_LOCK = 4 << 20;
    private static final byte[] POINTER = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

    /**
     * DVC's word counts before Git's: the folder of a tracked file may hold a {@code .gitignore}.
     *
     * @param known of all versions that are looked at together
     */
    static KeptVersion of(CommitTree commit, String path, Known known) {
        Optional<TrackedFile> tracked = tracked(commit, known).stream()
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
                held.map(entry -> known.sums().computeIfAbsent(entry.id(), id -> sum(commit, entry)))
                        .orElse(""));
    }

    /**
     * What needs to be found out once only.
     *
     * @param sums of contents by their ids in Git
     * @param documents by theirs
     */
    record Known(Budget budget, Map<String, String> sums, Map<String, Optional<Doc>> documents) {
        private static final long MOST_PARSED = 4L << 20;

        Known() {
            this(new Budget(MOST_PARSED), new HashMap<>(), new HashMap<>());
        }
    }

    private static List<TrackedFile> tracked(CommitTree commit, Known known) {
        List<String> files =
                commit.files("", MOST_FILES).stream().map(Entry::path).toList();
        Stream<TrackedFile> trackers = files.stream()
                .filter(path -> path.endsWith(".dvc") && !path.startsWith(".dvc/") && !path.contains("/.dvc/"))
                .limit(MOST_TRACKERS)
                .flatMap(path -> document(commit, path, LARGEST_TRACKER, known).stream()
                        .flatMap(root -> TrackedFile.of(root, path).stream()));
        Stream<TrackedFile> locks = files.stream()
                .filter(path -> RepositoryPath.name(path).equals(Pipelines.LOCK))
                .limit(MOST_TRACKERS)
                .flatMap(path -> locked(commit, path, known));
        return Stream.concat(trackers, locks).limit(MOST_TRACKED).toList();
    }

    private static Optional<Doc> document(CommitTree commit, String path, int largest, Known known) {
        return commit.entry(path)
                .flatMap(entry -> known.documents()
                        .computeIfAbsent(entry.id(), id -> parsed(commit, path, largest, known.budget())));
    }

    private static Optional<Doc> parsed(CommitTree commit, String path, int largest, Budget budget) {
        return commit.bytes(path, largest)
                .filter(bytes -> budget.take(bytes.length))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .flatMap(text -> Documents.yaml(text).document());
    }

    /** What a lock says of the outputs of stages. */
    private static Stream<TrackedFile> locked(CommitTree commit, String lock, Known known) {
        String folder = RepositoryPath.parent(lock);
        Doc declared = document(commit, RepositoryPath.join(folder, Pipelines.FILE), LARGEST_LOCK, known)
                .map(root -> (Doc) root.mapping("stages"))
                .orElse(Doc.Mapping.empty());
        return document(commit, lock, LARGEST_LOCK, known).map(root -> root.mapping("stages")).stream()
                .flatMap(stages -> stages.entries().entrySet().stream())
                .flatMap(stage -> {
                    String wdir = declared.get(stage.getKey())
                            .flatMap(one -> one.get("wdir"))
                            .flatMap(Doc::string)
                            .orElse(".");
                    return stage.getValue().get("outs").map(Doc::items).orElse(List.of()).stream()
                            .flatMap(out -> output(RepositoryPath.join(folder, wdir), lock, out).stream());
                });
    }

    private static Optional<TrackedFile> output(String folder, String lock, Doc out) {
        return out.get("path")
                .flatMap(Doc::string)
                .map(path -> new TrackedFile(
                        RepositoryPath.join(folder, path),
                        lock,
                        out.line(),
                        out.get("md5").flatMap(Doc::string).orElse(""),
                        TrackedFile.size(out),
                        "",
                        Optional.empty(),
                        ""));
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
}

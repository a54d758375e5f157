package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSet;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Takes contents out of a clone. Commits, trees, tags and their ids stay, so that whatever asks for the commit or describes it gets the
 * same answer. In the place of a content lies another text under the same id: commands that only compare need to find something there.
 */
public final class ForgottenBlobs {
    private static final byte[] INSTEAD = "The grader took this content away.\n".getBytes(StandardCharsets.UTF_8);

    private final Path objects;
    private final Owner owner;

    private ForgottenBlobs(Path objects, Owner owner) {
        this.objects = objects;
        this.owner = owner;
    }

    /** Gives a new file or folder to whom the clone belongs. */
    @FunctionalInterface
    public interface Owner {
        void own(Path made) throws IOException;
    }

    /**
     * The id that Git gives to a content, in hexadecimal digits.
     *
     * @param size of the content, all of which is read; bytes
     */
    public static String id(long size, InputStream content) throws IOException {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, size, content).name();
        }
    }

    /**
     * @param clone directory of a clone that {@link Checkout} made, in which nothing runs
     * @param blobs ids of contents, in hexadecimal digits
     * @return those that were there; where it fails all are as they were
     */
    public static Set<String> take(Path clone, Set<String> blobs, Owner owner) throws IOException {
        QuietSystem.install();
        Path git = clone.resolve(".git");
        for (Path folder : List.of(git, git.resolve("objects"), git.resolve("objects/pack"))) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Set.of();
            }
        }
        Set<String> there = new TreeSet<>();
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(git.toFile())
                .setMustExist(true)
                .build()) {
            for (String blob : blobs) {
                if (repository.getObjectDatabase().has(ObjectId.fromString(blob))) {
                    there.add(blob);
                }
            }
            if (!there.isEmpty()) {
                new ForgottenBlobs(git.resolve("objects"), owner).packWithout(repository, there);
            }
        }
        return there;
    }

    private void packWithout(Repository repository, Set<String> blobs) throws IOException {
        Set<ObjectId> left = new HashSet<>();
        blobs.forEach(blob -> left.add(ObjectId.fromString(blob)));
        PackConfig config = new PackConfig(repository);
        config.setDeltaCompress(false);
        Path pack = objects.resolve("pack/tmp.pack");
        Path index = objects.resolve("pack/tmp.idx");
        try (ObjectReader reader = repository.newObjectReader();
                PackWriter writer = new PackWriter(config, reader)) {
            ObjectIdSet without = left::contains;
            writer.excludeObjects(without);
            writer.setUseBitmaps(false);
            writer.preparePack(NullProgressMonitor.INSTANCE, tips(repository), Set.of());
            try (OutputStream out = Files.newOutputStream(pack)) {
                writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
            }
            try (OutputStream out = Files.newOutputStream(index)) {
                writer.writeIndex(out);
            }
            String name = "pack/pack-" + writer.computeName().name();
            removeOthers(Set.of(pack, index));
            put(pack, objects.resolve(name + ".pack"));
            put(index, objects.resolve(name + ".idx"));
        } finally {
            Files.deleteIfExists(pack);
            Files.deleteIfExists(index);
        }
        for (String blob : blobs) {
            stub(blob);
        }
    }

    private static Set<ObjectId> tips(Repository repository) throws IOException {
        Set<ObjectId> tips = new HashSet<>();
        for (Ref ref : repository.getRefDatabase().getRefs()) {
            ObjectId id = ref.getObjectId();
            if (id != null) {
                tips.add(id);
            }
        }
        ObjectId head = repository.resolve("HEAD");
        if (head != null) {
            tips.add(head);
        }
        return tips;
    }

    private void put(Path made, Path place) throws IOException {
        Files.move(made, place);
        owner.own(place);
    }

    /** Whatever else holds objects: other packs, and files of one object each. */
    private void removeOthers(Set<Path> kept) throws IOException {
        try (Stream<Path> files = Files.walk(objects)) {
            for (Path file : (Iterable<Path>) files.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !kept.contains(path))::iterator) {
                Files.delete(file);
            }
        }
    }

    /** Git, asked for an object, checks no sum of what lies in a file of its own. */
    private void stub(String blob) throws IOException {
        Path file = objects.resolve(blob.substring(0, 2)).resolve(blob.substring(2));
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        owner.own(folder);
        try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
            out.write(("blob " + INSTEAD.length + "\0").getBytes(StandardCharsets.US_ASCII));
            out.write(INSTEAD);
        }
        owner.own(file);
    }
}

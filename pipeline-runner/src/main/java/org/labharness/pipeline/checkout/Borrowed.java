package org.labharness.pipeline.checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Lets a clone that is only read use the objects of a repository on this machine where they lie: copying them costs most of an inspection. */
final class Borrowed {
    private Borrowed() {}

    /** @param git the repository's own folder, which was looked at for what reaches outside it */
    static References from(Path git, CappedRepository clone, Caps caps) throws IOException {
        List<Ref> offered = offered(git);
        References references = References.within(caps, offered);
        write(clone, git, offered);
        return references;
    }

    /** What a repository of this machine offers. */
    static List<Ref> offered(Path git) throws IOException {
        try (Repository owner = new FileRepositoryBuilder()
                .setGitDir(git.toFile())
                .setMustExist(true)
                .build()) {
            List<Ref> offered = new ArrayList<>(owner.getRefDatabase().getRefsByPrefix(Constants.R_REFS));
            Ref head = owner.exactRef(Constants.HEAD);
            if (head != null) {
                offered.add(head);
            }
            return offered;
        }
    }

    private static void write(CappedRepository clone, Path git, List<Ref> offered) throws IOException {
        Path own = clone.getDirectory().toPath();
        NavigableMap<String, ObjectId> refs = new TreeMap<>();
        for (Ref ref : offered) {
            ObjectId id = ref.getObjectId();
            if (id != null && References.isKept(ref.getName())) {
                refs.put(ref.getName(), id);
            }
        }
        PackedRefs.write(clone, refs);
        Path info = Files.createDirectories(own.resolve("objects/info"));
        Files.writeString(
                info.resolve("alternates"), git.toAbsolutePath().normalize().resolve("objects") + "\n");
        clone.getObjectDatabase().close();
    }
}

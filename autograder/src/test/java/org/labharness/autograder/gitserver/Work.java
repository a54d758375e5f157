package org.labharness.autograder.gitserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.labharness.pipeline.checkout.RepositoryBuilder;

/** A repository with one commit, and all of it as a pack. */
record Work(String commit, Bytes content) {
    /** What {@code toByteArray} gives. */
    interface Bytes {
        byte[] get();
    }

    byte[] pack() {
        return content.get();
    }

    static Work of(Path folder, String text) throws IOException {
        try (RepositoryBuilder builder = RepositoryBuilder.create(folder)) {
            builder.write("train.py", "print('" + text + "')\n");
            builder.commit("work", Instant.parse("2026-09-10T12:00:00Z"));
        }
        try (Git git = Git.open(folder.toFile());
                PackWriter writer = new PackWriter(git.getRepository())) {
            ObjectId head = git.getRepository().resolve("HEAD");
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(head), Set.of());
            ByteArrayOutputStream pack = new ByteArrayOutputStream();
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, pack);
            return new Work(head.name(), pack::toByteArray);
        }
    }
}

package org.labharness.autograder.gitserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Ref;

/** What was graded of a repository: each branch and tag with what it led to, in a file beside Git's own. */
record GradedRefs(Path directory) {
    private static final String FILE = "lab-graded";

    /** By the ref's name. */
    Map<String, String> read() {
        Map<String, String> graded = new TreeMap<>();
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            try {
                for (String line : Files.readAllLines(file)) {
                    int space = line.indexOf(' ');
                    if (space > 0) {
                        graded.put(line.substring(space + 1), line.substring(0, space));
                    }
                }
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return graded;
    }

    /** Adds what is graded now; what was graded before stays, wherever it leads. */
    void note(Collection<Ref> refs) {
        Map<String, String> graded = read();
        refs.forEach(ref -> {
            if (ref.getObjectId() != null && !ref.getName().startsWith(Submissions.R_EXPS)) {
                graded.put(ref.getName(), ref.getObjectId().name());
            }
        });
        StringBuilder text = new StringBuilder();
        graded.forEach((name, id) -> text.append(id).append(' ').append(name).append('\n'));
        whole(directory.resolve(FILE), text.toString());
    }

    /** Writes a file so that it is there as a whole or not at all. */
    static void whole(Path file, String text) {
        try {
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true); // else a machine that loses its power leaves an empty file of that name
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

package org.labharness.autograder.dvcremote;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much a remote holds, uploads that are under way included. */
final class Usage {
    private final DvcLimits limits;
    private long bytes;
    private int files;

    private Usage(DvcLimits limits) {
        this.limits = limits;
    }

    /** As it lies there now. */
    static Usage of(Path folder, DvcLimits limits) throws IOException {
        Usage usage = new Usage(limits);
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    usage.bytes += attributes.size();
                    usage.files++;
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return usage;
    }

    /** Whether one more file has a place; it has from then on. */
    synchronized boolean begin() {
        boolean place = files < limits.files();
        files += place ? 1 : 0;
        return place;
    }

    /** Whether some more bytes have. */
    synchronized boolean take(long more) {
        boolean place = bytes + more <= limits.total().bytes();
        bytes += place ? more : 0;
        return place;
    }

    /** Gives back what was taken for a file that is not kept. */
    synchronized void giveBack(long taken) {
        bytes -= taken;
        files--;
    }

    synchronized long bytes() {
        return bytes;
    }
}

package org.labharness.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Lab;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.checkout.CheckoutLimits;

/** Reads submissions without running anything; needs no engine. */
public final class Inspector {
    private final Checkout checkout;
    private final Path scratch;

    /** @param scratch folder for throwaway clones; what is made there is deleted again, also when the program is interrupted */
    public Inspector(Path scratch, Map<String, String> variables) {
        this.scratch = scratch;
        this.checkout = new Checkout(variables, InstantSource.system());
    }

    /** @throws SubmissionRefused where there is nothing that can be read */
    public Inspection inspect(Source source, Lab lab) {
        Path clone = folder();
        Thread atInterrupt = new Thread(() -> delete(clone), "remove-clone");
        Runtime.getRuntime().addShutdownHook(atInterrupt);
        try {
            CheckedOut out = checkout.into(clone, source, CheckoutLimits.DEFAULT);
            Reading reading = Reading.of(out, lab);
            return new Inspection(out.submission(), reading.pipelines(), reading.report().findings());
        } finally {
            delete(clone);
            Runtime.getRuntime().removeShutdownHook(atInterrupt);
        }
    }

    private Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(scratch), "clone-");
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "No folder for a clone can be made in " + scratch + ": " + problem.getMessage(), problem);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Deleter());
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.INTERNAL, "The throwaway clone " + folder + " cannot be deleted: " + problem.getMessage(), problem);
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}

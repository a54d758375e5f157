package org.labharness.lab.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Puts the files of a sample together: the solution's or the starter's, with those of a faulty submission laid over them. */
public final class SampleTree {
    private SampleTree() {}

    /**
     * Writes the files.
     *
     * @param lab the lab's folder
     * @param target is made where it is missing
     */
    public static void write(Path lab, Sample sample, Path target) throws IOException {
        Files.createDirectories(target);
        switch (sample.kind()) {
            case SOLUTION, STARTER -> copy(lab.resolve(sample.name()), target);
            case FAULTY -> {
                copy(lab.resolve("solution"), target);
                Path overlay = lab.resolve("faulty").resolve(sample.name());
                if (Files.isDirectory(overlay)) {
                    copy(overlay, target);
                }
                for (String gone : sample.delete()) {
                    Files.delete(target.resolve(gone));
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path place = to.resolve(from.relativize(file).toString());
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

package org.labharness.autograder.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.labharness.lab.Sha256;
import org.labharness.lab.course.Course;
import org.labharness.lab.load.CourseLoader;
import org.labharness.lab.load.InvalidCourse;
import org.labharness.lab.load.InvalidLab;
import org.labharness.lab.load.LabLoader;

/**
 * A {@code course.yaml} with the folders of its labs.
 *
 * @param bundled the folder of a lab that comes with the program
 */
record CourseFile(Path path, Function<String, Optional<Path>> bundled) {
    private static final int DEPTH = 5;
    private static final int MOST = 2_000;

    /**
     * What the files said when they were read.
     *
     * @param files which they are
     * @param print is another one as soon as one of them is
     */
    record Read(ServedCourse served, Set<Path> files, String print) {
        /** What it would be if it were taken now. */
        String printNow() {
            return printOf(files);
        }
    }

    /**
     * Reads them. An edit while they are read makes what was read old.
     *
     * @throws InvalidCourse where it cannot be used
     * @throws InvalidLab where one of its labs cannot be used
     */
    Read read() {
        Set<Path> files = Set.of(path);
        while (true) {
            String print = printOf(files);
            ServedCourse served = ServedCourse.of(CourseLoader.load(path, bundled));
            Set<Path> found = files(served.course());
            if (found.equals(files)) {
                return new Read(served, files, print);
            }
            files = found;
        }
    }

    private Set<Path> files(Course course) {
        Set<Path> files = new TreeSet<>(Set.of(path));
        course.labs().forEach(lab -> {
            Path folder = lab.lab();
            if (folder != null) {
                files.add(folder.resolve(LabLoader.FILE));
            }
        });
        return files;
    }

    private static String printOf(Set<Path> files) {
        StringBuilder print = new StringBuilder();
        for (Path file : new TreeSet<>(files)) {
            try {
                print.append(Sha256.hex(Files.readAllBytes(file)));
                if (file.endsWith(LabLoader.FILE)) {
                    beside(file.resolveSibling(""), print);
                }
            } catch (IOException | UncheckedIOException away) {
                // Some editors write a file anew; while there is none, what it says is something else too.
                print.append('-');
            }
        }
        return print.toString();
    }

    /** Inputs, hidden data and tests may be large: what tells that they changed is enough. */
    private static void beside(Path folder, StringBuilder print) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            for (Path file : (Iterable<Path>) files.sorted().limit(MOST)::iterator) {
                BasicFileAttributes facts =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (facts.isRegularFile()) {
                    print.append(file).append(facts.size()).append(facts.lastModifiedTime());
                }
            }
        }
    }
}

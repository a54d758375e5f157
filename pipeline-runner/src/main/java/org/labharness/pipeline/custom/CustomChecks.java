package org.labharness.pipeline.custom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.labharness.lab.SuiteFiles;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.evidence.CustomFacts;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;
import org.labharness.pipeline.sandbox.SpaceLayout;
import org.labharness.pipeline.sandbox.SubmissionSpace;

/**
 * Runs pytest files of a lab. When it does, nothing of the submission runs any more, and nothing of it is in the container but plain
 * files that cannot be written.
 */
public final class CustomChecks {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int WORD_BYTES = 16;
    private static final Duration TIME = Duration.ofSeconds(60);

    private final SubmissionSpace space;
    private final String image;
    private final Path lab;
    private final Duration time;

    /**
     * @param image the one that holds pytest
     * @param lab the lab's folder
     */
    public CustomChecks(SubmissionSpace space, String image, Path lab) {
        this(space, image, lab, TIME);
    }

    CustomChecks(SubmissionSpace space, String image, Path lab, Duration time) {
        this.time = time;
        this.space = space;
        this.image = image;
        this.lab = lab;
    }

    /**
     * What each of the files finds.
     *
     * @param files as the lab names them
     * @param evidence all that is known besides
     */
    public List<CustomFacts> run(List<String> files, Evidence evidence) {
        if (files.isEmpty()) {
            return List.of();
        }
        SpaceLayout layout = space.layout();
        // Links to files need their file system; what the lab and the harness put in must not need room on a full one.
        Path copy = layout.work().resolveSibling("custom-tree");
        Path given = layout.control().resolveSibling("custom");
        try {
            own(copy, layout.uid());
            own(given, layout.uid());
            TreeCopy tree = TreeCopy.make(layout.work(), copy);
            EvidenceFile.write(evidence, folder(given.resolve("evidence")));
            readable(given.resolve("evidence").resolve(EvidenceFile.NAME));
            List<CustomFacts> facts = new ArrayList<>();
            for (String file : files) {
                facts.add(run(file, given.resolve("suite-" + facts.size()), given, copy, tree.leftOut()));
            }
            // What runs after this finds the tree as it was: a file with a second link is another one to DVC.
            ThrowawayFolder.delete(copy);
            ThrowawayFolder.delete(given);
            return facts;
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "The lab's own tests cannot be given their files: " + e + ".", e);
        }
    }

    private CustomFacts run(String file, Path suite, Path given, Path tree, List<String> leftOut) throws IOException {
        folder(suite);
        Path root = SuiteFiles.root(lab, file);
        for (Path each : SuiteFiles.of(lab, file)) {
            Path place = suite.resolve(root.relativize(each).toString());
            for (Path above = place.getParent(); above != null && above.startsWith(suite); above = above.getParent()) {
                folder(above);
            }
            readable(Files.copy(each, place, StandardCopyOption.REPLACE_EXISTING));
        }
        byte[] secret = new byte[WORD_BYTES];
        RANDOM.nextBytes(secret);
        ToldLines told = new ToldLines(HexFormat.of().formatHex(secret));
        String target = root.equals(lab.resolve(file))
                ? "."
                : root.relativize(lab.resolve(file)).toString();
        return told.facts(
                file,
                new CustomContainer(space, image, time).run(target, suite, given.resolve("evidence"), tree, told),
                leftOut);
    }

    private static void own(Path path, int uid) throws IOException {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (((Number) Files.getAttribute(path, "unix:uid")).intValue() != uid) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", uid);
        }
    }

    static Path folder(Path path) throws IOException {
        Files.createDirectories(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void readable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}

package org.labharness.autograder.dvcremote;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import org.labharness.autograder.grading.Remotes;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.Sha256;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.collect.dvc.OwnRemote;

/** Where remotes lie: the folder {@code dvc} of a state folder, a folder for each owner of a course, and in it one for each lab. */
public final class DvcFolders implements Remotes {
    private static final int LONGEST = 150;
    private static final String ADDRESS = ".address";

    private final Path root;
    private final String server;

    /**
     * @param home the state folder
     * @param server address of the server for people, without a slash at the end; empty: as the last one that offered remotes said
     */
    public DvcFolders(Path home, String server) {
        this.root = home.toAbsolutePath().normalize().resolve("dvc");
        this.server = server;
    }

    /**
     * Lets a course have remotes from now on; the grader names them to whoever has pushed no data.
     *
     * @param address of the server that offers them
     */
    public void offer(CourseId course, String address) {
        Path folder = make(root.resolve(course.value()));
        try {
            Path written = Files.writeString(Files.createTempFile(incoming(), "address-", ""), address);
            Files.move(written, folder.resolve(ADDRESS), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private String server(CourseId course) {
        try {
            Path file = root.resolve(course.value()).resolve(ADDRESS);
            return server.isEmpty() && Files.exists(file) ? Files.readString(file) : server;
        } catch (IOException e) {
            return server;
        }
    }

    @Override
    public Optional<OwnRemote> remote(CourseId course, Owner owner, LabId lab) {
        String path = "/dvc/" + course + "/" + owner.id() + "/" + lab;
        return Files.isDirectory(root.resolve(course.value()))
                ? Optional.of(new OwnRemote(folder(course, owner, lab), path, server(course) + path))
                : Optional.empty();
    }

    Path folder(CourseId course, Owner owner, LabId lab) {
        return ofOwner(course, owner).resolve(lab.value());
    }

    /** All that somebody keeps in a course. */
    public Path ofOwner(CourseId course, Owner owner) {
        String name = URLEncoder.encode(owner.toString().replaceFirst(":", "-"), StandardCharsets.UTF_8);
        String known = name.length() <= LONGEST
                ? name
                : name.substring(0, 60) + "-"
                        + HexFormat.of()
                                .formatHex(
                                        Sha256.begin().digest(owner.toString().getBytes(StandardCharsets.UTF_8)));
        return root.resolve(course.value()).resolve(known);
    }

    /** For uploads until they are whole; on the file system of the remotes. */
    Path incoming() {
        return make(root.resolve(".incoming"));
    }

    private static Path make(Path folder) {
        try {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static SystemBroke unwritable(Path folder, IOException e) {
        return new SystemBroke(
                Breakdown.DISK_FULL, "The folder for data " + folder + " cannot be written: " + e.getMessage(), e);
    }
}

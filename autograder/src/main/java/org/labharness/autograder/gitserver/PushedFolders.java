package org.labharness.autograder.gitserver;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.Sha256;
import org.labharness.lab.course.CourseId;

/**
 * Where pushed repositories lie: the folder {@code pushed} of the state folder, in it one for each owner of a course, and in that one
 * for each lab.
 *
 * @param home the state folder
 */
public record PushedFolders(Path home) {
    /** File systems take names of 255 bytes. */
    private static final int LONGEST = 150;

    private static final int KEPT = 60;

    Path root() {
        return home.resolve("pushed");
    }

    /** All that somebody has pushed in a course. */
    public Path ofOwner(CourseId course, Owner owner) {
        String name = URLEncoder.encode(owner.toString().replaceFirst(":", "-"), StandardCharsets.UTF_8);
        return root().resolve(course.value()).resolve(name.length() <= LONGEST ? name : shortened(name, owner));
    }

    private static String shortened(String name, Owner owner) {
        byte[] digest = Sha256.begin().digest(owner.toString().getBytes(StandardCharsets.UTF_8));
        return name.substring(0, KEPT) + "-" + HexFormat.of().formatHex(digest);
    }

    Path repository(CourseId course, Owner owner, LabId lab) {
        return ofOwner(course, owner).resolve(lab.value() + ".git");
    }
}

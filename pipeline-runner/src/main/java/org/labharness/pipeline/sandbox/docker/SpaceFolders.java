package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.SpaceLayout;

/** The folders of one submission, before anything is mounted at {@code disk}. */
record SpaceFolders(Path folder, int uid) {
    private static final int NOBODY = 65_534;

    static SpaceFolders create(Path folder, int uid) throws IOException {
        SpaceFolders made = new SpaceFolders(folder, uid);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Files.createDirectory(made.disk());
        made.owned(made.layout().control());
        made.owned(made.layout().socket());
        Files.writeString(made.file("passwd"), """
                root:x:0:0:root:/root:/usr/sbin/nologin
                student:x:%1$d:%1$d:student:/tmp/home:/bin/sh
                nobody:x:%2$d:%2$d:nobody:/nonexistent:/usr/sbin/nologin
                """.formatted(uid, NOBODY));
        Files.writeString(made.file("group"), """
                root:x:0:
                student:x:%1$d:
                nogroup:x:%2$d:
                """.formatted(uid, NOBODY));
        Files.writeString(made.file("resolv.conf"), "");
        return made;
    }

    /** Makes the folders on the mounted file system. */
    void fillDisk() throws IOException {
        owned(layout().work());
        owned(layout().temporary());
        owned(layout().tracking());
    }

    Path disk() {
        return folder.resolve("disk");
    }

    SpaceLayout layout() {
        return new SpaceLayout(
                uid,
                disk().resolve("work"),
                disk().resolve("temporary"),
                disk().resolve("tracking"),
                folder.resolve("control"),
                folder.resolve("socket"));
    }

    /** What every container of the submission sees instead of the image's or the engine's files. */
    List<Mount> mounts() {
        return List.of(
                Mount.readOnly(file("passwd"), "/etc/passwd"),
                Mount.readOnly(file("group"), "/etc/group"),
                Mount.readOnly(file("resolv.conf"), "/etc/resolv.conf"));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void owned(Path made) throws IOException {
        Files.createDirectory(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (uid != HostRights.uid()) {
            Files.setAttribute(made, "unix:uid", uid);
            Files.setAttribute(made, "unix:gid", uid);
        }
    }
}

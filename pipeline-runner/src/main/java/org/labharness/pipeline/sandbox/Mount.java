package org.labharness.pipeline.sandbox;

import java.nio.file.Path;

/** A folder or file of the host in a container; {@code slave}: later mounts below it on the host appear inside too. */
public record Mount(Path source, String target, boolean readOnly, boolean slave) {
    public static Mount readOnly(Path source, String target) {
        return new Mount(source, target, true, false);
    }

    /** The same for where nothing is ever mounted below it: the engine refuses to follow a mount that is shared with nobody. */
    public Mount alone() {
        return new Mount(source, target, readOnly, false);
    }

    public static Mount readWrite(Path source, String target) {
        return new Mount(source, target, false, false);
    }
}

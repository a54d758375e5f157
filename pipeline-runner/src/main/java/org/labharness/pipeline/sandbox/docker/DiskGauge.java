package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;
import org.labharness.pipeline.evidence.LimitHit;

/** Says whether the file system of a work tree is full: no room, or no more files. */
final class DiskGauge {
    private static final double FULL = 0.97;
    /** For containers that write to no capped file system. */
    static final DiskGauge NONE = new DiskGauge(null, new Memory(0));

    private final @Nullable Path mount;
    private final Memory limit;

    private DiskGauge(@Nullable Path mount, Memory limit) {
        this.mount = mount;
        this.limit = limit;
    }

    static DiskGauge of(Path mount, Memory limit) {
        return new DiskGauge(mount, limit);
    }

    Optional<LimitHit> hit() {
        if (mount == null) {
            return Optional.empty();
        }
        try {
            FileStore store = Files.getFileStore(mount);
            long total = store.getTotalSpace();
            long used = total - store.getUsableSpace();
            if (used < FULL * total && canCreate(mount)) {
                return Optional.empty();
            }
            return Optional.of(new LimitHit(LimitHit.Name.DISK, limit.toString(), new Memory(used).toString()));
        } catch (IOException e) {
            // Unmounted by now, because the space was closed: nobody asks any more.
            return Optional.empty();
        }
    }

    private static boolean canCreate(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "probe", null));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

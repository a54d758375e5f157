package org.labharness.pipeline.tracking;

import java.time.Duration;
import org.labharness.lab.Memory;

/**
 * What one tracking server may use. Its disk is that of the submission.
 *
 * @param memory address space beyond what the process starts with
 * @param file largest file, the database and a single artifact
 * @param cpu processor time
 * @param processes threads included; counted by user, so the submission's own count too
 * @param files open at once
 */
record ServerLimits(Memory memory, Memory file, Duration cpu, int processes, int files) {
    static final ServerLimits DEFAULT =
            new ServerLimits(Memory.mebibytes(768), Memory.mebibytes(2048), Duration.ofMinutes(10), 2048, 1024);

    String words() {
        return memory.bytes() + "\t" + file.bytes() + "\t" + cpu.toSeconds() + "\t" + processes + "\t" + files;
    }
}

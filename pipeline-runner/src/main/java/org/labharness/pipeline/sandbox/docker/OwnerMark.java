package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which process owns an instance: its id, its start time and the boot it belongs to, so that a re-used id is no other's. */
record OwnerMark(String text) {
    static final String FILE = "owner";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /**
     * The mark of a running process.
     *
     * @throws IOException when it does not run
     */
    static OwnerMark of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name in parentheses may hold spaces; start time is the 22nd field, the 20th after it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new OwnerMark(
                pid + " " + fields[19] + " " + Files.readString(BOOT).strip());
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), text);
    }

    /** Whether the owner of an instance's folder is gone; false where that cannot be known. */
    static boolean ownerIsDead(Path folder) {
        String text;
        try {
            text = Files.readString(folder.resolve(FILE)).strip();
        } catch (IOException e) {
            return false;
        }
        String pid = text.substring(0, Math.max(text.indexOf(' '), 0));
        if (pid.isEmpty() || !pid.chars().allMatch(Character::isDigit)) {
            return false;
        }
        try {
            return !of(Long.parseLong(pid)).text().equals(text);
        } catch (IOException e) {
            return true;
        }
    }
}

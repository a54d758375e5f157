package org.labharness.pipeline.checkout;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.labharness.lab.Memory;

/**
 * Watches what JGit holds in memory at once of files that a pack stores as changes to other files: it keeps a whole chain of them while
 * a branch of the chain is open, so a pack of a few kilobytes could take all memory that this process has.
 */
public final class DeltaMemory {
    private static final int SMALL = 1 << 20;
    private static final int SHARE = 4;

    private final long most;
    private final List<WeakReference<byte[]>> held = new ArrayList<>();

    DeltaMemory() {
        this(1);
    }

    /** @param atOnce how many packs are read at the same time, each within its part */
    public DeltaMemory(int atOnce) {
        this.most = Runtime.getRuntime().maxMemory() / SHARE / atOnce;
    }

    public Memory most() {
        return new Memory(most);
    }

    /** Whether there is room for it beside what is still held. */
    public boolean hasRoomFor(byte[] content) {
        if (content.length < SMALL) {
            return true;
        }
        held.add(new WeakReference<>(content));
        if (bytes() > most) {
            System.gc(); // what is garbage only counts as held because nobody has looked yet
        }
        return bytes() <= most;
    }

    private long bytes() {
        long sum = 0;
        for (WeakReference<byte[]> one : List.copyOf(held)) {
            byte[] content = one.get();
            if (content == null) {
                held.remove(one);
            } else {
                sum += content.length;
            }
        }
        return sum;
    }
}

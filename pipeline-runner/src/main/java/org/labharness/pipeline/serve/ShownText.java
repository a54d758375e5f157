package org.labharness.pipeline.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looks for a text in output of any size, as it comes. One thread adds, another asks. */
final class ShownText {
    private final byte[] wanted;
    /** What was added last, shorter than the text. */
    private byte[] last = new byte[0];

    private boolean found;

    ShownText(String wanted) {
        this.wanted = wanted.getBytes(StandardCharsets.UTF_8);
        this.found = wanted.isEmpty();
    }

    synchronized void add(byte[] chunk) {
        if (found) {
            return;
        }
        byte[] both = new byte[last.length + chunk.length];
        System.arraycopy(last, 0, both, 0, last.length);
        System.arraycopy(chunk, 0, both, last.length, chunk.length);
        for (int at = 0; at + wanted.length <= both.length && !found; at++) {
            found = Arrays.equals(both, at, at + wanted.length, wanted, 0, wanted.length);
        }
        int kept = Math.min(both.length, wanted.length - 1);
        last = Arrays.copyOfRange(both, both.length - kept, both.length);
    }

    synchronized boolean isFound() {
        return found;
    }
}

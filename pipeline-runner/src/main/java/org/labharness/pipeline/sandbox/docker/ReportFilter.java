package org.labharness.pipeline.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the init says out of standard output: lines that begin with the secret word, its beats and last of all its report. Keeps back
 * only what may be the beginning of such a line.
 */
final class ReportFilter {
    private static final int MAX_LINE = 512;
    private static final String BEAT = "beat";
    private final byte[] marker;
    private final Runnable beat;
    private byte[] kept = new byte[0];
    /** What the init says just now, from behind the word on. */
    private @Nullable ByteArrayOutputStream line;

    /** @param beat called for each beat */
    ReportFilter(String word, Runnable beat) {
        marker = ("\u001e" + word + " ").getBytes(StandardCharsets.US_ASCII);
        this.beat = beat;
    }

    /** Takes the next bytes and gives those that are the command's own. */
    byte[] pass(byte[] chunk) {
        byte[] all = kept.length == 0 ? chunk : concatenate(kept, chunk);
        kept = new byte[0];
        ByteArrayOutputStream own = new ByteArrayOutputStream(all.length);
        int next = 0;
        while (next < all.length) {
            next = line == null ? command(all, next, own) : init(all, next, line);
        }
        return own.toByteArray();
    }

    /** Passes on what the command wrote, up to the next marker; gives where to go on. */
    private int command(byte[] all, int from, ByteArrayOutputStream own) {
        int at = indexOfMarker(all, from);
        own.write(all, from, at - from);
        if (at + marker.length <= all.length) {
            line = new ByteArrayOutputStream();
            return at + marker.length;
        }
        kept = Arrays.copyOfRange(all, at, all.length);
        return all.length;
    }

    /** Takes what the init wrote, up to the end of a beat: nothing comes after a report. */
    private int init(byte[] all, int from, ByteArrayOutputStream said) {
        int end = from;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        said.write(all, from, Math.min(end - from, MAX_LINE - said.size()));
        if (end == all.length) {
            return end;
        }
        if (!said.toString(StandardCharsets.US_ASCII).equals(BEAT)) {
            return all.length;
        }
        line = null;
        beat.run();
        return end + 1;
    }

    /** What was kept back in vain, at the end. */
    byte[] rest() {
        byte[] rest = kept;
        kept = new byte[0];
        return rest;
    }

    Optional<InitReport> report() {
        return Optional.ofNullable(line).flatMap(said -> InitReport.parse(said.toString(StandardCharsets.US_ASCII)));
    }

    /** Where the marker, or a beginning of it that reaches the end, starts; the length where there is none. */
    private int indexOfMarker(byte[] all, int from) {
        for (int at = from; at < all.length; at++) {
            int length = Math.min(marker.length, all.length - at);
            if (all[at] == marker[0] && Arrays.equals(all, at, at + length, marker, 0, length)) {
                return at;
            }
        }
        return all.length;
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

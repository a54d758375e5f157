package org.labharness.pipeline.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes what the init says out of standard output: its beats, which begin with half of the secret word, and its report, everything from the
 * whole word on. Keeps back only what may be the beginning of either.
 */
final class ReportFilter {
    private static final int MAX_REPORT = 512;
    private static final byte SIGN = 0x1e;
    private final byte[] marker;
    private final byte[] beat;
    private final Runnable beats;
    private final ByteArrayOutputStream report = new ByteArrayOutputStream();
    private byte[] kept = new byte[0];
    private boolean found;

    /** @param beats called for each beat */
    ReportFilter(String word, Runnable beats) {
        marker = said(word + " ");
        beat = said(word.substring(0, word.length() / 2) + " beat\n");
        this.beats = beats;
    }

    private static byte[] said(String text) {
        return ((char) SIGN + text).getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the next bytes and gives those that are the command's own. */
    byte[] pass(byte[] chunk) {
        if (found) {
            keepReport(chunk, 0);
            return new byte[0];
        }
        byte[] all = kept.length == 0 ? chunk : concatenate(kept, chunk);
        kept = new byte[0];
        ByteArrayOutputStream own = new ByteArrayOutputStream(all.length);
        int next = 0;
        while (next < all.length) {
            int at = indexOfSign(all, next);
            own.write(all, next, at - next);
            next = at < all.length ? init(all, at) : at;
        }
        return own.toByteArray();
    }

    /** Takes what the init says, or began to say, at this place; gives where to go on. */
    private int init(byte[] all, int at) {
        if (at + beat.length <= all.length && begins(all, at, beat)) {
            beats.run();
            return at + beat.length;
        }
        if (at + marker.length <= all.length && begins(all, at, marker)) {
            found = true;
            keepReport(all, at + marker.length);
        } else {
            kept = Arrays.copyOfRange(all, at, all.length);
        }
        return all.length;
    }

    /** What was kept back in vain, at the end. */
    byte[] rest() {
        byte[] rest = kept;
        kept = new byte[0];
        return rest;
    }

    Optional<InitReport> report() {
        return report.toString(StandardCharsets.US_ASCII).lines().findFirst().flatMap(InitReport::parse);
    }

    /** Where a beat or the marker, or a beginning of one that reaches the end, starts; the length where there is none. */
    private int indexOfSign(byte[] all, int from) {
        for (int at = from; at < all.length; at++) {
            if (all[at] == SIGN && (begins(all, at, marker) || begins(all, at, beat))) {
                return at;
            }
        }
        return all.length;
    }

    /** Whether what is looked for stands here, or as much of it as there is room for. */
    private static boolean begins(byte[] all, int at, byte[] sought) {
        int length = Math.min(sought.length, all.length - at);
        return Arrays.equals(all, at, at + length, sought, 0, length);
    }

    private void keepReport(byte[] chunk, int from) {
        report.write(chunk, from, Math.min(chunk.length - from, MAX_REPORT - report.size()));
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

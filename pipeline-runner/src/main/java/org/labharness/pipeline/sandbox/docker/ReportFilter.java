package org.labharness.pipeline.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Takes the init's report out of standard output: everything from the secret word on. Keeps back only what may be its beginning. */
final class ReportFilter {
    private static final int MAX_REPORT = 512;
    private final byte[] marker;
    private final ByteArrayOutputStream report = new ByteArrayOutputStream();
    private byte[] kept = new byte[0];
    private boolean found;

    ReportFilter(String word) {
        marker = ("\u001e" + word + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the next bytes and gives those that are the command's own. */
    byte[] pass(byte[] chunk) {
        if (found) {
            keepReport(chunk, 0);
            return new byte[0];
        }
        byte[] all = kept.length == 0 ? chunk : concatenate(kept, chunk);
        int at = indexOfMarker(all);
        int end = Math.min(at, all.length);
        if (at + marker.length <= all.length) {
            found = true;
            keepReport(all, at + marker.length);
            kept = new byte[0];
        } else {
            kept = Arrays.copyOfRange(all, end, all.length);
        }
        return end == all.length ? all : Arrays.copyOf(all, end);
    }

    /** What was kept back in vain, at the end. */
    byte[] rest() {
        byte[] rest = kept;
        kept = new byte[0];
        return rest;
    }

    Optional<InitReport> report() {
        return found ? InitReport.parse(report.toString(StandardCharsets.US_ASCII)) : Optional.empty();
    }

    /** Where the marker, or a beginning of it that reaches the end, starts; the length where there is none. */
    private int indexOfMarker(byte[] all) {
        for (int at = 0; at < all.length; at++) {
            int length = Math.min(marker.length, all.length - at);
            if (all[at] == marker[0] && Arrays.equals(all, at, at + length, marker, 0, length)) {
                return at;
            }
        }
        return all.length;
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

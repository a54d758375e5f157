package org.labharness.pipeline.checkout;

/**
 * Counts the entries of a list of refs while it passes by: packets of Git's protocol, or lines of text in its oldest one. JGit keeps them
 * in tables that names of the other end's choosing make slow: 80,000 entries can take two minutes.
 */
final class RefLines {
    private static final int HEADER = 4;

    private int packets;
    private int lines;
    private int header;
    private int length;
    private int left;
    private boolean text;

    /** How many there are at least. */
    int count() {
        return Math.max(packets, lines);
    }

    void pass(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            pass(bytes[i]);
        }
    }

    private void pass(byte one) {
        if (one == '\n' || one == '\r') {
            lines++;
        }
        if (text) {
            return;
        }
        if (left > 0) {
            left--;
            return;
        }
        int digit = Character.digit(one, 16);
        if (digit < 0) {
            text = true;
            return;
        }
        length = length * 16 + digit;
        header++;
        if (header == HEADER) {
            left = Math.max(0, length - HEADER);
            packets++;
            header = 0;
            length = 0;
        }
    }
}

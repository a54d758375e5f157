package org.labharness.pipeline.checkout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.DeflaterOutputStream;

/** A pack written by hand: objects may claim any size, and changes may copy as often as they like. */
public final class HostilePack {
    private static final int BLOB = 3;
    private static final int CHANGE_BY_OFFSET = 6;
    private static final int LONGEST_COPY = 0xFFFF;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int objects;

    public HostilePack() {
        bytes.writeBytes(new byte[12]);
    }

    /** Adds a file and gives its place. */
    public int blob(long claimed, byte[] content) {
        int place = begin(BLOB, claimed);
        deflate(content);
        return place;
    }

    /** Adds a file that consists of copies of another file's beginning, and gives its place. */
    public int copies(int base, long baseSize, long claimed, long size) {
        byte[] change = change(baseSize, claimed, size);
        int place = begin(CHANGE_BY_OFFSET, change.length);
        long distance = place - (long) base;
        ByteBuffer digits = ByteBuffer.allocate(10);
        digits.put((byte) (distance & 0x7F));
        for (long rest = distance >> 7; rest > 0; rest >>= 7) {
            rest--;
            digits.put((byte) (0x80 | (rest & 0x7F)));
        }
        for (int i = digits.position() - 1; i >= 0; i--) {
            bytes.write(digits.get(i));
        }
        deflate(change);
        return place;
    }

    private static byte[] change(long baseSize, long claimed, long size) {
        ByteArrayOutputStream change = new ByteArrayOutputStream();
        number(change, baseSize);
        number(change, claimed);
        for (long left = size; left > 0; ) {
            int length = (int) Math.min(left, Math.min(baseSize, LONGEST_COPY));
            change.write(0x80 | 0x10 | 0x20);
            change.write(length & 0xFF);
            change.write(length >> 8);
            left -= length;
        }
        return change.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        for (; rest > 0x7F; rest >>= 7) {
            out.write((int) (0x80 | (rest & 0x7F)));
        }
        out.write((int) rest);
    }

    private int begin(int type, long size) {
        objects++;
        int place = bytes.size();
        long rest = size >> 4;
        bytes.write((rest > 0 ? 0x80 : 0) | (type << 4) | (int) (size & 0xF));
        while (rest > 0) {
            bytes.write((int) ((rest > 0x7F ? 0x80 : 0) | (rest & 0x7F)));
            rest >>= 7;
        }
        return place;
    }

    private void deflate(byte[] content) {
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] toBytes() {
        byte[] all = bytes.toByteArray();
        ByteBuffer.wrap(all).putInt(0x5041434B).putInt(2).putInt(objects);
        try {
            byte[] sum = MessageDigest.getInstance("SHA-1").digest(all);
            return ByteBuffer.allocate(all.length + sum.length)
                    .put(all)
                    .put(sum)
                    .array();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

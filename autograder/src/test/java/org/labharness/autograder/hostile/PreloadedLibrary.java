package org.labharness.autograder.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A shared library for Linux on x86-64, written by hand (System V ABI, ELF64): when a program loads it, as those do that find it in
 * {@code LD_PRELOAD}, it prints a text and ends the program with exit code 0.
 */
final class PreloadedLibrary {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int ENTRY = 16;
    private static final int DYNAMIC = HEADER + 3 * SEGMENT;
    private static final int CODE = DYNAMIC + 6 * ENTRY;
    /** write(1, text, length); exit_group(0), with places for the distance to the text and for its length. */
    private static final String WRITE = "b801000000 bf01000000 488d35";

    private static final String EXIT = "0f05 b8e7000000 31ff 0f05";

    private PreloadedLibrary() {}

    /** The commands of a shell that put it into a file. */
    static String into(String path, String text) {
        return "echo " + Base64.getEncoder().encodeToString(saying(text)) + " | base64 -d > " + path + "\n";
    }

    private static byte[] saying(String text) {
        byte[] words = text.getBytes(StandardCharsets.US_ASCII);
        byte[] write = hex(WRITE);
        byte[] exit = hex(EXIT);
        int afterDistance = CODE + write.length + Integer.BYTES;
        int place = afterDistance + 1 + Integer.BYTES + exit.length;
        ByteBuffer file = ByteBuffer.allocate(place + words.length).order(ByteOrder.LITTLE_ENDIAN);
        header(file);
        segment(file, 1, 7, 0, file.capacity(), 4096); // all of it, loaded
        segment(file, 2, 6, DYNAMIC, 6 * ENTRY, 8);
        segment(file, 0x6474e551, 6, 0, 0, 16); // a stack that holds no code
        long[][] dynamic = {{5, 0}, {6, 0}, {10, 1}, {11, 24}, {12, CODE}, {0, 0}
        }; // of its tables only that of what is run at its start
        for (long[] entry : dynamic) {
            file.putLong(entry[0]).putLong(entry[1]);
        }
        file.put(write).putInt(place - afterDistance);
        file.put((byte) 0xba).putInt(words.length);
        return file.put(exit).put(words).array();
    }

    private static void header(ByteBuffer file) {
        file.put(hex("7f454c46 020101")).position(16);
        file.putShort((short) 3).putShort((short) 0x3e).putInt(1).putLong(0).putLong(HEADER);
        file.putLong(0)
                .putInt(0)
                .putShort((short) HEADER)
                .putShort((short) SEGMENT)
                .putShort((short) 3);
        file.position(HEADER);
    }

    private static void segment(ByteBuffer file, int type, int flags, long offset, long size, long alignment) {
        file.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
        file.putLong(size).putLong(size).putLong(alignment);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}

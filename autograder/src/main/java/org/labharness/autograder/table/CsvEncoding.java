package org.labharness.autograder.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a table is written: UTF-8 with or without a byte order mark, or UTF-16 with one. */
final class CsvEncoding {
    private CsvEncoding() {}

    /** @throws InvalidTable where it is no such text */
    static String text(String name, byte[] bytes) {
        if (begins(bytes, 'P', 'K', 3, 4) || begins(bytes, 0x1F, 0x8B)) {
            throw new InvalidTable(
                    name,
                    List.of(
                            "it is no text but a packed file, such as a zip or the workbook of a spreadsheet. Unpack it,"
                                    + " or save the sheet as \"CSV UTF-8\"."));
        }
        try {
            if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
                return decoded(StandardCharsets.UTF_8, bytes, 3);
            }
            if (begins(bytes, 0xFF, 0xFE)) {
                return decoded(StandardCharsets.UTF_16LE, bytes, 2);
            }
            if (begins(bytes, 0xFE, 0xFF)) {
                return decoded(StandardCharsets.UTF_16BE, bytes, 2);
            }
            String text = decoded(StandardCharsets.UTF_8, bytes, 0);
            if (text.indexOf('\0') >= 0) {
                throw new InvalidTable(
                        name,
                        List.of("it holds NUL characters, as UTF-16 without a byte order mark does, and as no table."
                                + " Save it as \"CSV UTF-8\"."));
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidTable(
                    name, List.of("it is no UTF-8 text. Save it as \"CSV UTF-8\", and names keep their letters."));
        }
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(Charset charset, byte[] bytes, int from) throws CharacterCodingException {
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }
}

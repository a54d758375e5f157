package org.labharness.probe.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts, bytes and lists as both files have them: a length in four bytes, then as many elements. */
final class Wires {
    private Wires() {}

    /** Reads or writes one element. */
    interface Reading<T> {
        T read() throws IOException;
    }

    static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static void numbers(DataOutputStream out, List<Integer> numbers) throws IOException {
        out.writeInt(numbers.size());
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    static void texts(DataOutputStream out, Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            text(out, entry.getKey());
            text(out, entry.getValue());
        }
    }

    static String text(DataInputStream in, int most) throws IOException {
        return new String(bytes(in, most), StandardCharsets.UTF_8);
    }

    static byte[] bytes(DataInputStream in, int most) throws IOException {
        byte[] bytes = new byte[count(in, most)];
        in.readFully(bytes);
        return bytes;
    }

    static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException(count + " where at most " + most + " are possible");
        }
        return count;
    }

    static <T> List<T> list(DataInputStream in, int most, Reading<T> reading) throws IOException {
        int count = count(in, most);
        List<T> list = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            list.add(reading.read());
        }
        return list;
    }

    static Map<String, String> texts(DataInputStream in, int most, int longest) throws IOException {
        int count = count(in, most);
        Map<String, String> texts = new LinkedHashMap<>();
        for (int at = 0; at < count; at++) {
            texts.put(text(in, longest), text(in, longest));
        }
        return texts;
    }
}

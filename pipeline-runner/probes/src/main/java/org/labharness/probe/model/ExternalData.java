package org.labharness.probe.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Finds where an ONNX model says that its weights lie: {@code external_data} of its tensors, in graphs, in graphs within nodes, in
 * functions. The file is a protocol buffer, read field by field; numbers are those of the format's published {@code onnx.proto}.
 */
final class ExternalData {
    private static final int MOST_MESSAGES = 5_000_000;
    private static final int DEEPEST = 200;

    /** Messages on the way to tensors, with the fields that lead there. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        SPARSE,
        FUNCTION,
        TRAINING,
        ENTRY
    }

    private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5,
                            Message.TENSOR,
                            6,
                            Message.GRAPH,
                            10,
                            Message.TENSOR,
                            11,
                            Message.GRAPH,
                            22,
                            Message.SPARSE,
                            23,
                            Message.SPARSE),
            Message.SPARSE, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of(13, Message.ENTRY));

    private record Part(Message message, ByteBuffer bytes, int depth) {}

    private ExternalData() {}

    /** All locations that are named; none where it is no protocol buffer, which the runtime itself refuses. */
    static List<String> locations(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException("the file has " + channel.size() + " bytes, and ONNX allows 2 GiB");
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return locations(bytes);
        }
    }

    static List<String> locations(ByteBuffer model) throws IOException {
        List<String> found = new ArrayList<>();
        Deque<Part> open = new ArrayDeque<>(List.of(new Part(Message.MODEL, model, 0)));
        for (int read = 0; !open.isEmpty(); read++) {
            Part part = open.removeLast();
            if (read > MOST_MESSAGES || part.depth() > DEEPEST) {
                throw new IOException("it is nested too deeply, or has too many parts");
            }
            read(part, open, found);
        }
        return found;
    }

    private static void read(Part part, Deque<Part> open, List<String> found) {
        ByteBuffer bytes = part.bytes();
        String key = "";
        String value = "";
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            int field = (int) (tag >>> 3);
            int wire = (int) (tag & 7);
            if (wire != 2) {
                if (!skip(bytes, wire)) {
                    return;
                }
                continue;
            }
            long length = varint(bytes);
            if (length < 0 || length > bytes.remaining()) {
                return;
            }
            ByteBuffer content = bytes.slice(bytes.position(), (int) length);
            bytes.position(bytes.position() + (int) length);
            if (part.message() == Message.ENTRY) {
                key = field == 1 ? text(content) : key;
                value = field == 2 ? text(content) : value;
            } else {
                Message next = FIELDS.getOrDefault(part.message(), Map.of()).get(field);
                if (next != null) {
                    open.addLast(new Part(next, content, part.depth() + 1));
                }
            }
        }
        if (key.equals("location")) {
            found.add(value);
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static boolean skip(ByteBuffer bytes, int wire) {
        int fixed = switch (wire) {
            case 0 -> 0;
            case 1 -> Long.BYTES;
            case 5 -> Integer.BYTES;
            default -> -1;
        };
        if (fixed < 0 || bytes.remaining() < fixed) {
            return false;
        }
        if (wire == 0) {
            varint(bytes);
        }
        bytes.position(bytes.position() + fixed);
        return true;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < 64 && bytes.hasRemaining(); shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return value;
    }
}

package org.labharness.pipeline.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages over a stream: a length and that many bytes of fields, each with a length of its own; lengths are four bytes, big endian.
 * The other end may be hostile: a message is at most {@link #LARGEST} bytes.
 */
final class Wire implements Closeable {
    static final int LARGEST = 1 << 20;

    private final SocketChannel channel;

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Fields of one message. */
    @SuppressWarnings("ArrayRecordComponent")
    record Message(List<byte[]> fields) {
        Message {
            fields = List.copyOf(fields);
        }

        static Message of(String... fields) {
            List<byte[]> encoded = new ArrayList<>();
            for (String field : fields) {
                encoded.add(field.getBytes(StandardCharsets.UTF_8));
            }
            return new Message(encoded);
        }

        /** A field as text, empty where the message has no such field. */
        String text(int index) {
            return index < fields.size() ? new String(fields.get(index), StandardCharsets.UTF_8) : "";
        }

        byte[] bytes(int index) {
            return index < fields.size() ? fields.get(index) : new byte[0];
        }

        /** A field that is a list separated by NUL. */
        List<String> list(int index) {
            String text = text(index);
            return text.isEmpty() ? List.of() : List.of(text.split("\0", -1));
        }

        /** All fields from one on. */
        List<String> rest(int from) {
            List<String> rest = new ArrayList<>();
            for (int i = from; i < fields.size(); i++) {
                rest.add(text(i));
            }
            return rest;
        }
    }

    void send(Message message) throws IOException {
        ByteBuffer buffer = encode(message);
        synchronized (this) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** The next message; empty when the other end hung up. */
    Optional<Message> receive() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
        if (!fill(head)) {
            return Optional.empty();
        }
        int size = head.flip().getInt();
        if (size < 0 || size > LARGEST) {
            throw new IOException("a message of " + Integer.toUnsignedString(size) + " bytes, more than " + LARGEST);
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        return fill(body) ? Optional.of(decode(body.flip())) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static ByteBuffer encode(Message message) {
        int size = message.fields().stream()
                .mapToInt(field -> Integer.BYTES + field.length)
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + size).putInt(size);
        message.fields().forEach(field -> buffer.putInt(field.length).put(field));
        return buffer.flip();
    }

    static Message decode(ByteBuffer body) throws IOException {
        List<byte[]> fields = new ArrayList<>();
        while (body.hasRemaining()) {
            int length = body.remaining() < Integer.BYTES ? -1 : body.getInt();
            if (length < 0 || length > body.remaining()) {
                throw new IOException("a field of " + length + " bytes where " + body.remaining() + " are left");
            }
            byte[] field = new byte[length];
            body.get(field);
            fields.add(field);
        }
        return new Message(fields);
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}

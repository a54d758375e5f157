package org.labharness.probe.exchange;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a prober saw, in a file that grows as it sees: whoever ends it finds what it had seen until then. What is in there came from code of a
 * submission; it is bounded when it is written and when it is read.
 */
public final class SeenFile implements AutoCloseable {
    /** Of a body no more is kept, in bytes. */
    public static final int LARGEST_BODY = 1 << 20;

    private static final int LONGEST_TEXT = 4 << 10;
    private static final int MOST_PORTS = 1 << 16;

    private final DataOutputStream out;

    /** Begins the file anew. */
    public SeenFile(Path file) throws IOException {
        out = new DataOutputStream(Files.newOutputStream(file));
    }

    /** Adds what was seen. */
    public synchronized void add(Seen seen) throws IOException {
        switch (seen) {
            case Seen.Listening listening -> {
                out.writeByte(1);
                Wires.numbers(out, listening.ports());
            }
            case Seen.Ready ready -> {
                out.writeByte(2);
                out.writeInt(ready.port());
                out.writeInt(ready.millis());
            }
            case Seen.NotReady not -> {
                out.writeByte(3);
                out.writeInt(not.status());
            }
            case Seen.Reply reply -> add(reply);
            case Seen.Heard heard -> {
                out.writeByte(5);
                Wires.text(out, cut(heard.method()));
                Wires.text(out, cut(heard.path()));
                Wires.text(out, cut(heard.contentType()));
                Wires.bytes(out, heard.body());
            }
            case Seen.Done done -> out.writeByte(6);
        }
        out.flush();
    }

    private void add(Seen.Reply reply) throws IOException {
        out.writeByte(4);
        out.writeInt(reply.batch());
        out.writeInt(reply.number());
        out.writeInt(reply.status());
        out.writeLong(reply.nanos());
        Wires.text(out, cut(reply.contentType()));
        Wires.bytes(out, reply.body());
        out.writeBoolean(reply.whole());
        Wires.text(out, reply.failure().name());
    }

    private static String cut(String text) {
        return text.length() <= 1000 ? text : text.substring(0, 1000);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /**
     * Reads a file, whoever wrote it; one that breaks off is read to there.
     *
     * @param mostBytes size that is not exceeded
     * @throws IOException where it is no such file, or larger
     */
    public static List<Seen> read(Path file, long mostBytes) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("no plain file");
        }
        List<Seen> all = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > mostBytes) {
                throw new IOException(channel.size() + " bytes, at most " + mostBytes + " are read");
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                all.add(one(kind, in));
            }
        } catch (EOFException e) {
            // Its writer was ended while it wrote.
        }
        return all;
    }

    private static Seen one(int kind, DataInputStream in) throws IOException {
        return switch (kind) {
            case 1 -> new Seen.Listening(Wires.list(in, MOST_PORTS, in::readInt));
            case 2 -> new Seen.Ready(in.readInt(), in.readInt());
            case 3 -> new Seen.NotReady(in.readInt());
            case 4 ->
                new Seen.Reply(
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readLong(),
                        Wires.text(in, LONGEST_TEXT),
                        Wires.bytes(in, LARGEST_BODY),
                        in.readBoolean(),
                        failure(Wires.text(in, LONGEST_TEXT)));
            case 5 ->
                new Seen.Heard(
                        Wires.text(in, LONGEST_TEXT),
                        Wires.text(in, LONGEST_TEXT),
                        Wires.text(in, LONGEST_TEXT),
                        Wires.bytes(in, LARGEST_BODY));
            case 6 -> new Seen.Done();
            default -> throw new IOException("nothing is written as " + kind);
        };
    }

    private static Seen.Failure failure(String name) throws IOException {
        try {
            return Seen.Failure.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("no failure is written as " + name, e);
        }
    }
}

package org.labharness.probe.exchange;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link Script} in a file; the harness writes it, and nobody else can. */
public final class ScriptFile {
    private static final int MOST = 100_000;
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LARGEST_BODY = 64 << 20;

    private ScriptFile() {}

    /** Writes the file anew. */
    public static void write(Path file, Script script) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            Script.StandIn standIn = script.standIn();
            out.writeBoolean(standIn != null);
            if (standIn != null) {
                out.writeInt(standIn.port());
                Wires.text(out, standIn.contentType());
                Wires.bytes(out, standIn.body());
                out.writeInt(standIn.millis());
            }
            Script.Wait wait = script.awaited();
            out.writeBoolean(wait != null);
            if (wait != null) {
                out.writeInt(wait.port());
                Wires.text(out, wait.path());
                out.writeInt(wait.millis());
                Wires.numbers(out, wait.taken());
                write(out, wait.proof());
            }
            out.writeInt(script.batches().size());
            for (Script.Batch batch : script.batches()) {
                out.writeInt(batch.concurrent());
                out.writeInt(batch.unlessWithin());
                write(out, batch.requests());
            }
        }
    }

    private static void write(DataOutputStream out, List<Request> requests) throws IOException {
        out.writeInt(requests.size());
        for (Request request : requests) {
            write(out, request);
        }
    }

    private static void write(DataOutputStream out, Request request) throws IOException {
        Wires.text(out, request.method());
        Wires.text(out, request.path());
        Wires.texts(out, request.headers());
        Wires.bytes(out, request.body());
        out.writeInt(request.millis());
        out.writeInt(request.keep());
    }

    /** Reads the file. */
    public static Script read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Script.StandIn standIn = in.readBoolean()
                    ? new Script.StandIn(
                            in.readInt(), Wires.text(in, LONGEST_TEXT), Wires.bytes(in, LARGEST_BODY), in.readInt())
                    : null;
            Script.Wait wait = in.readBoolean()
                    ? new Script.Wait(
                            in.readInt(),
                            Wires.text(in, LONGEST_TEXT),
                            in.readInt(),
                            Wires.list(in, MOST, in::readInt),
                            Wires.list(in, MOST, () -> request(in)))
                    : null;
            return new Script(standIn, wait, Wires.list(in, MOST, () -> batch(in)));
        }
    }

    private static Script.Batch batch(DataInputStream in) throws IOException {
        int concurrent = in.readInt();
        int unlessWithin = in.readInt();
        return new Script.Batch(Wires.list(in, MOST, () -> request(in)), concurrent, unlessWithin);
    }

    private static Request request(DataInputStream in) throws IOException {
        return new Request(
                Wires.text(in, LONGEST_TEXT),
                Wires.text(in, LONGEST_TEXT),
                Wires.texts(in, MOST, LONGEST_TEXT),
                Wires.bytes(in, LARGEST_BODY),
                in.readInt(),
                in.readInt());
    }
}

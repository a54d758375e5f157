package org.labharness.autograder.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line to a PostgreSQL server that is cut and mended as a test likes. */
public final class CutLine implements AutoCloseable {
    private final PostgresServer server;
    private final ServerSocket entrance;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    private CutLine(PostgresServer server, ServerSocket entrance) {
        this.server = server;
        this.entrance = entrance;
    }

    public static CutLine to(PostgresServer server) throws IOException {
        CutLine line = new CutLine(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(line::accept);
        return line;
    }

    /** A database of the server that nobody has used, by way of this line. */
    public DatabaseAddress fresh() {
        return server.fresh(entrance.getLocalPort());
    }

    /** Whoever is connected is so no more, and nobody new will be. */
    public void cut() {
        cut = true;
        open.forEach(CutLine::close);
        open.clear();
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket from = entrance.accept();
                if (cut) {
                    close(from);
                    continue;
                }
                Socket to = new Socket(InetAddress.getLoopbackAddress(), server.port());
                open.addAll(List.of(from, to));
                Thread.ofVirtual().start(() -> pass(from, to));
                Thread.ofVirtual().start(() -> pass(to, from));
            } catch (IOException e) {
                // the test has ended, or the server has
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // as it is meant to be
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        open.forEach(CutLine::close);
    }
}

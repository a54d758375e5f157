package org.labharness.pipeline.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries connections from a random port of 127.0.0.1 to a Unix socket. Closes itself after a deadline, or when the other end has sent
 * more bytes than it may: what comes from there is written by hostile code.
 */
final class LoopbackBridge implements Bridge {
    private static final int MOST_CONNECTIONS = 16;
    private static final int CHUNK = 64 * 1024;

    private final ServerSocketChannel listener;
    private final Path socket;
    private final int port;
    private final AtomicLong bytesLeft;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private LoopbackBridge(ServerSocketChannel listener, int port, Path socket, long bytes) {
        this.listener = listener;
        this.port = port;
        this.socket = socket;
        this.bytesLeft = new AtomicLong(bytes);
        open.add(listener);
    }

    static LoopbackBridge open(Path socket, long bytes, Duration deadline) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
            listener.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), MOST_CONNECTIONS);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            LoopbackBridge bridge = new LoopbackBridge(listener, port, socket, bytes);
            Thread.ofVirtual().name("bridge-" + port).start(bridge::accept);
            CompletableFuture<Void> unusedEnd = bridge.closed
                    .completeOnTimeout(null, deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(bridge::close);
            return bridge;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of 127.0.0.1 could be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public boolean exhausted() {
        return bytesLeft.get() < 0;
    }

    @Override
    public void close() {
        closed.complete(null);
        open.forEach(LoopbackBridge::shut);
        open.clear();
    }

    private void accept() {
        try {
            while (!closed.isDone()) {
                places.acquire();
                SocketChannel client = listener.accept();
                Thread.ofVirtual().start(() -> carry(client));
            }
        } catch (IOException e) {
            close(); // the listener was closed, which is how this ends
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        }
    }

    private void carry(SocketChannel client) {
        try (client;
                SocketChannel server = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            open.add(client);
            open.add(server);
            if (closed.isDone()) {
                return;
            }
            server.connect(UnixDomainSocketAddress.of(socket));
            Thread upwards = Thread.ofVirtual().start(() -> pump(client, server, new AtomicLong(Long.MAX_VALUE)));
            pump(server, client, bytesLeft);
            if (exhausted()) {
                close();
            }
            shut(client);
            upwards.join();
        } catch (IOException e) {
            shut(client); // the reader sees a broken connection, which is what it is
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            open.removeIf(channel -> !channel.isOpen());
            places.release();
        }
    }

    private static void pump(SocketChannel from, SocketChannel to, AtomicLong bytesLeft) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try {
            while (from.read(buffer) >= 0 && bytesLeft.addAndGet(-buffer.position()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            shut(from); // one side is gone, so the connection is over
            shut(to);
        }
    }

    private static void shut(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing is all that can be done with it.
        }
    }
}

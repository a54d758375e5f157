package org.labharness.pipeline.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * Carries connections from a random port of 127.0.0.1 to a Unix socket. Closes itself after a deadline, or when the other end has sent
 * more bytes than it may: what comes from there is written by hostile code. A connection on which one answer is too long for those who
 * parse it whole, in a small heap, is cut off; the others go on.
 */
final class LoopbackBridge implements Bridge {
    private static final int MOST_CONNECTIONS = 16;
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 4 << 20;

    private final ServerSocketChannel listener;
    private final Path socket;
    private final int port;
    private final AtomicLong bytesLeft;
    private final AtomicInteger oversized = new AtomicInteger();
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
            Thread.ofPlatform().daemon().name("bridge-" + port).start(bridge::accept);
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
    public int oversized() {
        return oversized.get();
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
                Thread.ofPlatform().daemon().start(() -> carry(client));
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
            // Head and body of an answer come apart; the second must not wait for the reader's word on the first.
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (closed.isDone()) {
                return;
            }
            server.connect(UnixDomainSocketAddress.of(socket));
            AtomicLong answer = new AtomicLong();
            Thread upwards = Thread.ofPlatform()
                    .daemon()
                    .start(() -> pump(client, server, read -> {
                        answer.set(0); // whoever asks anew has had the answer before
                        return true;
                    }));
            pump(server, client, read -> allows(read, answer));
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

    private boolean allows(int read, AtomicLong answer) {
        if (answer.addAndGet(read) > LONGEST_ANSWER) {
            oversized.incrementAndGet();
            return false;
        }
        return bytesLeft.addAndGet(-read) >= 0;
    }

    private static void pump(SocketChannel from, SocketChannel to, IntPredicate allowed) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try {
            while (from.read(buffer) >= 0 && allowed.test(buffer.position())) {
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

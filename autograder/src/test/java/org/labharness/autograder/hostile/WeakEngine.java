package org.labharness.autograder.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The engine of this machine, with one protection missing: what the harness asks for when it makes a container is changed on the way. The
 * harness knows nothing of it, so that an attack meets the real program without this one protection.
 */
final class WeakEngine implements AutoCloseable {
    private static final Path REAL = Path.of("/var/run/docker.sock");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder = Files.createTempDirectory("weak");
    private final Path socket = folder.resolve("engine.sock");
    private final ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Weakness weakness;

    WeakEngine(Weakness weakness) throws IOException {
        this.weakness = weakness;
        listener.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        Thread.ofVirtual().start(this::accept);
    }

    /** What lets the harness talk to it. */
    Map<String, String> variables() {
        return Map.of("DOCKER_HOST", "unix://" + socket);
    }

    Path socket() {
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel harness = listener.accept();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(REAL));
                Thread.ofVirtual().start(() -> pump(engine, harness));
                Thread.ofVirtual().start(() -> requests(harness, engine));
            }
        } catch (IOException e) {
            // The listener was closed: nobody asks any more.
        }
    }

    /** Answers, as they are. */
    private static void pump(SocketChannel from, SocketChannel to) {
        try (from;
                to) {
            Channels.newInputStream(from).transferTo(Channels.newOutputStream(to));
        } catch (IOException e) {
            // One of both hung up, and so does the other.
        }
    }

    private void requests(SocketChannel harness, SocketChannel engine) {
        try {
            HttpRequests requests =
                    new HttpRequests(Channels.newInputStream(harness), Channels.newOutputStream(engine));
            while (requests.next()) {
                if (requests.isFor("POST", "/containers/create")) {
                    requests.pass(weakened(requests.body()));
                } else if (requests.becomesStream()) {
                    requests.passAll();
                } else {
                    requests.pass();
                }
            }
            engine.shutdownOutput();
        } catch (IOException e) {
            // One of both hung up; the end of the answers closes both.
        }
    }

    private byte[] weakened(byte[] body) throws IOException {
        ObjectNode container = (ObjectNode) MAPPER.readTree(body);
        String role = container.path("Labels").path("org.labharness.role").asText();
        weakness.weaken(role, container, (ObjectNode) container.path("HostConfig"));
        return container.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }

    /** What a container lacks. */
    interface Weakness {
        /**
         * @param role of the container, such as {@code stage}
         * @param container what the engine is asked for
         * @param host its part about the host
         */
        void weaken(String role, ObjectNode container, ObjectNode host);

        /** The same, for the commands of submissions alone. */
        static Weakness ofStages(Consumer<ObjectNode> change) {
            return (role, container, host) -> {
                if (role.equals("stage")) {
                    change.accept(host);
                }
            };
        }
    }
}

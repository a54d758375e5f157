package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.sandbox.Execution;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.LoopbackPort;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.SpaceRequest;
import org.labharness.pipeline.sandbox.SubmissionSpace;

class LoopbackPortsIT {
    private static final String ASK = """
            import socket
            def ask(host, port):
                with socket.create_connection((host, port), 30) as s:
                    s.sendall(b'hello'); s.shutdown(socket.SHUT_WR)
                    return s.makefile().read()
            """;

    private DockerSandbox sandbox;
    private SubmissionSpace space;

    @BeforeEach
    void open(@TempDir Path home) {
        sandbox = new DockerSandbox(TestEngine.settings(home));
        space = sandbox.open(new SpaceRequest("ports", Memory.mebibytes(64)));
        space.openNetwork(Set.of(new LoopbackPort(5000, true), new LoopbackPort(8080, false)));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_harness_knows_whether_anything_connected() throws Exception {
        listen();
        assertThat(space.wasAsked()).isFalse();
        TestEngine.await(start("print('says nothing')"));
        assertThat(space.wasAsked()).isFalse();
        TestEngine.await(start("print(ask('localhost', 5000))"));
        assertThat(space.wasAsked()).isTrue();
    }

    private Execution start(String program) {
        return TestEngine.start(space, TestEngine.CAPS, Network.SUBMISSION, "python3", "-c", ASK + program);
    }

    private ServerSocketChannel listen() throws IOException {
        Path path = space.layout().socket().resolve("server.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        Thread.ofPlatform().daemon().start(() -> answer(server));
        return server;
    }

    private static void answer(ServerSocketChannel server) {
        try {
            while (true) {
                try (SocketChannel channel = server.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(64);
                    while (channel.read(request) >= 0) {
                        // until the client's end
                    }
                    channel.write(ByteBuffer.wrap(
                            ("served " + new String(request.array(), 0, request.position(), StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ports_are_answered_on_the_addresses_asked_for() throws IOException {
        try (ServerSocketChannel server = listen()) {
            assertThat(server.isOpen()).isTrue();
            ExecutionResult result = TestEngine.await(start("""
                    print(ask('::1', 5000), ask('127.0.0.1', 5000), ask('localhost', 5000), ask('::1', 8080), sep='\\n')
                    try: ask('127.0.0.1', 8080)
                    except ConnectionRefusedError: print('refused')
                    """));
            assertThat(result.log().head())
                    .containsExactly("served hello", "served hello", "served hello", "served hello", "refused");
        }
    }

    @Test
    void a_connection_is_held_until_the_server_is_there() throws IOException {
        Execution early = start("open('/work/started', 'w').close(); print(ask('127.0.0.1', 5000))");
        Path started = space.layout().work().resolve("started");
        Eventually.holds(() -> Files.exists(started));
        try (ServerSocketChannel server = listen()) {
            assertThat(server.isOpen()).isTrue();
            assertThat(TestEngine.await(early).log().head()).containsExactly("served hello");
        }
    }

    @Test
    void student_code_may_bind_a_port_that_is_answered_on_ipv6_only() {
        ExecutionResult result = TestEngine.await(start("""
                for host in ('127.0.0.1', '0.0.0.0'):
                    server = socket.socket(); server.bind((host, 8080)); server.listen(); server.close(); print('bound', host)
                """));
        assertThat(result.log().head()).containsExactly("bound 127.0.0.1", "bound 0.0.0.0");
    }

    @Test
    void connections_of_one_container_are_seen_by_another_of_the_same_submission() {
        Execution server = start("""
                server = socket.create_server(('127.0.0.1', 8080)); open('/work/ready', 'w').close()
                client = server.accept()[0]; client.recv(10); client.sendall(b'from the other'); client.close()
                """);
        Eventually.holds(() -> Files.exists(space.layout().work().resolve("ready")));
        assertThat(TestEngine.await(start("print(ask('127.0.0.1', 8080))"))
                        .log()
                        .head())
                .containsExactly("from the other");
        assertThat(TestEngine.await(server).exit()).isZero();
    }
}

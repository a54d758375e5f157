package org.labharness.pipeline.checkout;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.transport.sshd.agent.Connector;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/** SSH with the keys of {@code ~/.ssh} and the agent that {@code SSH_AUTH_SOCK} names; hosts must be in {@code known_hosts}. */
final class Ssh {
    private Ssh() {}

    static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }

    static SshSessionFactory factory(Map<String, String> environment, KnownHosts hosts) {
        File home = home(environment).toFile();
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(home)
                .setSshDirectory(new File(home, ".ssh"))
                .setPreferredAuthentications("publickey")
                .setServerKeyDatabase((user, folder) -> hosts)
                .setConnectorFactory(new Agents(environment.get("SSH_AUTH_SOCK")))
                .build(null);
    }

    private static final class Agents implements ConnectorFactory {
        private final @Nullable String usual;

        /** @param usual the socket where no other is configured */
        Agents(@Nullable String usual) {
            this.usual = usual;
        }

        @Override
        public Connector create(@Nullable String identityAgent, @Nullable File home) {
            String socket = identityAgent == null || identityAgent.isEmpty() || identityAgent.equals("SSH_AUTH_SOCK")
                    ? usual
                    : identityAgent;
            return new Agent(socket);
        }

        @Override
        public boolean isSupported() {
            return true;
        }

        @Override
        public String getName() {
            return "unix-socket";
        }

        @Override
        public Collection<ConnectorDescriptor> getSupportedConnectors() {
            return List.of(getDefaultConnector());
        }

        @Override
        public ConnectorDescriptor getDefaultConnector() {
            return new ConnectorDescriptor() {
                @Override
                public String getIdentityAgent() {
                    return "SSH_AUTH_SOCK";
                }

                @Override
                public String getDisplayName() {
                    return "ssh-agent";
                }
            };
        }
    }

    /** The agent's protocol: a length of four bytes, then the message (draft-miller-ssh-agent). */
    private static final class Agent implements Connector {
        private static final int LONGEST = 1 << 20;

        private final @Nullable String socket;
        private @Nullable SocketChannel channel;

        Agent(@Nullable String socket) {
            this.socket = socket;
        }

        @Override
        public boolean connect() throws IOException {
            if (socket == null || socket.isBlank() || !new File(socket).exists()) {
                return false;
            }
            SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
            opened.connect(UnixDomainSocketAddress.of(socket));
            channel = opened;
            return true;
        }

        @Override
        public byte[] rpc(byte command, byte[] message) throws IOException {
            SocketChannel open = channel;
            if (open == null) {
                throw new IOException("not connected to the SSH agent");
            }
            // JGit leaves room for length and command in front of the message
            int length = message.length == 0 ? 1 : message.length - 4;
            byte[] request = message.length == 0 ? new byte[5] : message.clone();
            ByteBuffer.wrap(request).putInt(length).put(command);
            OutputStream out = Channels.newOutputStream(open);
            out.write(request);
            out.flush();
            InputStream in = Channels.newInputStream(open);
            int size = ByteBuffer.wrap(exactly(in, 4)).getInt();
            if (size < 1 || size > LONGEST) {
                throw new IOException("the SSH agent answers with " + size + " bytes");
            }
            return exactly(in, size);
        }

        private static byte[] exactly(InputStream in, int size) throws IOException {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length < size) {
                throw new IOException("the SSH agent closed the connection");
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            SocketChannel open = channel;
            if (open != null) {
                open.close();
            }
        }
    }
}

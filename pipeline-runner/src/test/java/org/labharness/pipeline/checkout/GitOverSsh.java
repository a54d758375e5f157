package org.labharness.pipeline.checkout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.UploadPack;

/** A Git server on loopback that speaks SSH and lets in who shows a key that it knows. */
final class GitOverSsh implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey = newKey();
    private final Set<String> known = new CopyOnWriteArraySet<>();
    private final Path repository;

    private GitOverSsh(Path repository) {
        this.repository = repository;
    }

    static GitOverSsh start(Path repository) throws IOException {
        GitOverSsh git = new GitOverSsh(repository);
        git.server.setHost("127.0.0.1");
        git.server.setKeyPairProvider(KeyPairProvider.wrap(List.of(git.hostKey)));
        git.server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(
                false, List.of(BuiltinDHFactories.curve25519), ServerBuilder.DH2KEX)); // the strongest takes seconds
        git.server.setPublickeyAuthenticator((user, key, session) -> git.known.contains(KeyUtils.getFingerPrint(key)));
        git.server.setCommandFactory((channel, command) -> git.new Upload(command));
        git.server.start();
        return git;
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    GitOverSsh knows(KeyPair key) {
        known.add(KeyUtils.getFingerPrint(key.getPublic()));
        return this;
    }

    int port() {
        return server.getPort();
    }

    String url() {
        return "ssh://git@localhost:" + port() + "/team/work.git";
    }

    /** The line of {@code known_hosts} that names this server. */
    String knownHost() {
        return "[localhost]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** Writes a key as OpenSSH does. */
    static void write(KeyPair key, Path file) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "grader", null, bytes);
        Files.write(file, bytes.toByteArray());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** {@code git-upload-pack '/team/work.git'}, and nothing else. */
    private final class Upload implements Command {
        private final String command;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private ExitCallback exit = (code, message, close) -> {};

        Upload(String command) {
            this.command = command;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            try {
                if (!command.equals("git-upload-pack '/team/work.git'")) {
                    err.write("fatal: repository not found\n".getBytes(StandardCharsets.UTF_8));
                    err.flush();
                    exit.onExit(128);
                    return;
                }
                try (Repository opened =
                        FileRepositoryBuilder.create(repository.resolve(".git").toFile())) {
                    new UploadPack(opened).upload(in, out, err);
                    exit.onExit(0);
                }
            } catch (IOException e) {
                exit.onExit(1, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            // the streams end with the channel
        }
    }
}

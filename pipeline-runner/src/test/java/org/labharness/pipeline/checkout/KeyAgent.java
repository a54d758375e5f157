package org.labharness.pipeline.checkout;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An SSH agent that holds one key on curve P-256: what {@code ssh-agent} does, by the same protocol (draft-miller-ssh-agent). */
final class KeyAgent implements AutoCloseable {
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int FAILURE = 5;
    private static final String ALGORITHM = "ecdsa-sha2-nistp256";

    private final KeyPair key;
    private final Path socket;
    private final ServerSocketChannel channel;
    private final AtomicInteger signed = new AtomicInteger();

    KeyAgent(KeyPair key, Path socket) throws IOException {
        this.key = key;
        this.socket = socket;
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    Path socket() {
        return socket;
    }

    int signatures() {
        return signed.get();
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = channel.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (ClosedChannelException e) {
            // the end
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void answer(SocketChannel client) {
        try (client;
                DataInputStream in = new DataInputStream(Channels.newInputStream(client));
                DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client))) {
            while (true) {
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                byte[] answer = answer(new ByteArrayBuffer(request));
                out.writeInt(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (IOException | GeneralSecurityException e) {
            // the client has gone
        }
    }

    private byte[] answer(ByteArrayBuffer request) throws GeneralSecurityException {
        ByteArrayBuffer answer = new ByteArrayBuffer();
        switch (request.getUByte()) {
            case REQUEST_IDENTITIES -> {
                answer.putByte((byte) IDENTITIES_ANSWER);
                answer.putInt(1);
                answer.putPublicKey(key.getPublic());
                answer.putString("grader");
            }
            case SIGN_REQUEST -> {
                request.getBytes(); // the key; there is only one
                byte[] data = request.getBytes();
                ByteArrayBuffer signature = new ByteArrayBuffer();
                signature.putString(ALGORITHM);
                signature.putBytes(sign(data));
                answer.putByte((byte) SIGN_RESPONSE);
                answer.putBytes(signature.getCompactData());
                signed.incrementAndGet();
            }
            default -> answer.putByte((byte) FAILURE);
        }
        return answer.getCompactData();
    }

    /** Two numbers, each with its length, in place of ASN.1. */
    private byte[] sign(byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(data);
        byte[] both = signature.sign();
        ByteArrayBuffer numbers = new ByteArrayBuffer();
        numbers.putMPInt(new java.math.BigInteger(1, java.util.Arrays.copyOfRange(both, 0, both.length / 2)));
        numbers.putMPInt(new java.math.BigInteger(1, java.util.Arrays.copyOfRange(both, both.length / 2, both.length)));
        return numbers.getCompactData();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

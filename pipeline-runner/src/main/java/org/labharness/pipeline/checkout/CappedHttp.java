package org.labharness.pipeline.checkout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;

/**
 * HTTP connections whose answers are capped in size and time: JGit reads lists of refs into memory. Those that JGit brings end at neither:
 * they read what comes after the last chunk for as long as it comes, and more of an answer while they close it.
 */
final class CappedHttp implements HttpConnectionFactory, AutoCloseable {
    /** What is read into memory as a whole: ten thousand branches and tags have a tenth of it, the index of 200,000 objects three quarters. */
    private static final Memory LIST = Memory.mebibytes(8);

    /** Entries for each ref that may be fetched: what annotated tags lead to, and what forges list beside (pull requests). */
    private static final int OTHERS = 4;

    /** Bytes that a server may send besides packs. */
    private static final long BESIDE_PACK = 64L << 20;

    /** How long a connection and the beginning of an answer may take, and how long nothing may come of the rest. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Caps caps;
    private volatile @Nullable HttpClient client;
    private volatile boolean closed;
    private long all;

    CappedHttp(Caps caps) {
        this.caps = caps;
    }

    /** What is asked for. */
    enum Wanted {
        /** Branches and tags, or another text that is read into memory as a whole. */
        LIST,
        /** Of a pack; it is read into memory as well. */
        INDEX,
        /** One object, which is read into memory as well. */
        OBJECT,
        PACK
    }

    @Override
    public HttpConnection create(URL url) {
        return new CappedConnection(url, this);
    }

    /** @param proxy as the settings of the process say, which the client goes by as well */
    @Override
    public HttpConnection create(URL url, Proxy proxy) {
        return create(url);
    }

    /**
     * The answer as far as it tells of itself; what it holds is read as it comes.
     *
     * @throws SocketException where the connection fails, or none comes about: of others JGit thinks that it is the login that is wrong
     * @throws SSLHandshakeException where an encrypted one does not come about
     * @throws InterruptedIOException where nothing comes in time
     */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> asking =
                client().sendAsync(request, head -> new AnswerBody(caps, IDLE));
        try {
            return asking.get(caps.soonest(IDLE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw (IOException) new SocketTimeoutException("no answer").initCause(late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(stopped);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause(), request.uri().getHost());
        } finally {
            asking.cancel(true);
        }
    }

    private static IOException failure(@Nullable Throwable failure, String host) {
        if (failure instanceof ConnectException && failure.getCause() instanceof UnresolvedAddressException) {
            return broken(new UnknownHostException(host).initCause(failure));
        }
        return failure instanceof SocketException
                        || failure instanceof InterruptedIOException
                        || failure instanceof SSLHandshakeException
                ? (IOException) failure
                : broken(failure);
    }

    private static IOException broken(@Nullable Throwable failure) {
        return (IOException) new SocketException("the connection broke").initCause(failure);
    }

    private HttpClient client() throws IOException {
        HttpClient known = client;
        if (known == null) {
            try {
                known = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
            } catch (UncheckedIOException unusable) {
                throw broken(unusable.getCause()); // no file descriptor is left, or trust cannot be read
            }
            client = known;
        }
        if (closed) {
            known.shutdownNow();
        }
        return known;
    }

    InputStream body(HttpResponse<InputStream> answer, Wanted wanted) {
        return new Counted(answer.body(), wanted);
    }

    /** Ends all connections, whatever they are doing. */
    @Override
    public void close() {
        closed = true;
        HttpClient known = client;
        if (known != null) {
            known.shutdownNow();
        }
    }

    private final class Counted extends FilterInputStream {
        private final Wanted wanted;
        private final RefLines entries = new RefLines();
        private long came;

        Counted(InputStream in, Wanted wanted) {
            super(in);
            this.wanted = wanted;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (wanted == Wanted.LIST) {
                entries.pass(bytes, offset, Math.max(0, count));
            }
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            came += more;
            all += more;
            if (entries.count() > OTHERS * caps.limits().refs()) {
                throw caps.refuse(
                        "the number of branches and tags that the server lists",
                        "more than " + OTHERS * caps.limits().refs(),
                        String.valueOf(caps.limits().refs()));
            }
            if ((wanted == Wanted.LIST || wanted == Wanted.INDEX) && came > LIST.bytes()) {
                throw caps.refuse(
                        "the list of its branches, tags or packs", "more than " + new Memory(came), LIST.toString());
            }
            if (wanted == Wanted.OBJECT && came > caps.limits().blob().bytes()) {
                throw caps.refuse(
                        "one file",
                        "more than " + new Memory(came),
                        caps.limits().blob().toString());
            }
            if (all > caps.limits().pack().bytes() + BESIDE_PACK) {
                throw caps.refuse(
                        "what the server sends",
                        "more than " + new Memory(all),
                        caps.limits().pack().toString());
            }
        }
    }
}

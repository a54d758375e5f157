package org.labharness.pipeline.checkout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
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
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Memory;

/**
 * HTTP connections whose answers are capped in size, unpacked, and in time: a server's list of refs is read into memory. JGit's own end
 * at neither: they read what comes after the last chunk for as long as it comes, and more of an answer while they close it.
 */
final class CappedHttp implements HttpConnectionFactory, AutoCloseable {
    /** Of branches and tags; ten thousand of them have a tenth of it. */
    private static final Memory LIST = Memory.mebibytes(8);

    /** Bytes that a server may send besides packs. */
    private static final long BESIDE_PACK = 64L << 20;

    /** How long a connection and the beginning of an answer may take, and how long nothing may come of the rest. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Caps caps;
    private @Nullable HttpClient client;
    private long all;

    CappedHttp(Caps caps) {
        this.caps = caps;
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

    /** The answer as far as it tells of itself; what it holds is read as it comes. */
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
            return (IOException) new UnknownHostException(host).initCause(failure);
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    private HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = known;
        }
        return known;
    }

    /** @param list whether the answer lists branches and tags, all of which are read into memory */
    InputStream unpacked(HttpResponse<InputStream> answer, boolean list) throws IOException {
        String packed = answer.headers().firstValue("Content-Encoding").orElse("");
        InputStream in =
                packed.equals("gzip") || packed.equals("x-gzip") ? new GZIPInputStream(answer.body()) : answer.body();
        return new Unpacked(in, list ? LIST.bytes() : Long.MAX_VALUE);
    }

    /** Ends all connections, whatever they are doing. */
    @Override
    public void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private final class Unpacked extends FilterInputStream {
        private final long most;
        private long came;

        Unpacked(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            came += more;
            all += more;
            caps.checkTime();
            if (came > most) {
                throw caps.refuse(
                        "the list of its branches and tags", "more than " + new Memory(came), LIST.toString());
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

package org.labharness.pipeline.checkout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.labharness.lab.Memory;

/** HTTP connections whose answers are capped in size and time: a server's list of refs is read into memory. */
final class CappedHttp implements HttpConnectionFactory {
    private final Caps caps;
    private final long besidePack;
    private long received;

    /** @param besidePack bytes that a server may send besides what the limits allow for a pack */
    CappedHttp(Caps caps, long besidePack) {
        this.caps = caps;
        this.besidePack = besidePack;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new Connection(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return new Connection(url, proxy);
    }

    private final class Connection extends JDKHttpConnection {
        Connection(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Capped(super.getInputStream());
        }
    }

    private final class Capped extends FilterInputStream {
        Capped(InputStream in) {
            super(in);
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
            received += more;
            caps.receive(more);
            if (received > caps.limits().pack().bytes() + besidePack) {
                throw caps.refuse(
                        "what the server sends",
                        "more than " + new Memory(received),
                        caps.limits().pack().toString());
            }
        }
    }
}

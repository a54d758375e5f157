package org.labharness.pipeline.tracking;

import java.net.URI;

/** A way from a loopback port of the host to a tracking server, for as long as the harness reads. */
public interface Bridge extends AutoCloseable {
    /** {@code http://127.0.0.1:PORT}. */
    URI uri();

    /** Whether it was closed because the server had sent more than it may. */
    boolean exhausted();

    /** How many answers were cut off because one alone was longer than any may be. */
    int oversized();

    /** Ends every connection through it; whoever waits for an answer gets an exception at once. */
    @Override
    void close();
}

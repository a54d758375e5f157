package org.labharness.probe.exchange;

import java.util.List;

/** Something that the prober saw, in the order in which it did. */
public sealed interface Seen {
    /** The ports that somebody listened at when the wait was over, whoever they belong to but those that the script names. */
    record Listening(List<Integer> ports) implements Seen {
        public Listening {
            ports = List.copyOf(ports);
        }
    }

    /**
     * The service answers.
     *
     * @param port where, which may be another than was expected
     * @param millis since the wait began
     */
    record Ready(int port, int millis) implements Seen {}

    /** @param status of its last answer, 0 where there was none */
    record NotReady(int status) implements Seen {}

    /**
     * What came of a request.
     *
     * @param status of HTTP; 0 where there was no answer
     * @param nanos from sending to the last byte
     * @param body its beginning
     * @param whole whether {@code body} is all of it
     * @param failure why there is no answer, one of {@link Failure}
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they travel, compared by nobody
    record Reply(
            int batch,
            int number,
            int status,
            long nanos,
            String contentType,
            byte[] body,
            boolean whole,
            Failure failure)
            implements Seen {}

    /** Why a request has no answer. */
    enum Failure {
        NONE,
        /** Nobody listens. */
        REFUSED,
        /** The connection ended before the answer did. */
        CLOSED,
        TIMEOUT,
        /** What came is not HTTP. */
        NOT_HTTP
    }

    /** The stand-in was asked. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they travel, compared by nobody
    record Heard(String method, String path, String contentType, byte[] body) implements Seen {}

    /** All of the script was done. */
    record Done() implements Seen {}
}

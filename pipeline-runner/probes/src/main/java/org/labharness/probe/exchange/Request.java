package org.labharness.probe.exchange;

import java.util.Map;

/**
 * One HTTP request.
 *
 * @param path with its query, beginning with a slash
 * @param headers by name; {@code Host} and {@code Content-Length} go without saying
 * @param body as it is sent; empty for none
 * @param millis after which an answer is no longer waited for
 * @param keep bytes of the answer's body that are written down, at most {@link SeenFile#LARGEST_BODY}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they travel, compared by nobody
public record Request(String method, String path, Map<String, String> headers, byte[] body, int millis, int keep) {
    public Request {
        headers = Map.copyOf(headers);
    }
}

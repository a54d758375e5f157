package org.labharness.autograder.webhook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A delivery to a server that says how long it is and is not sent: an HTTP client that is still sending when it is refused may miss the
 * answer.
 */
public final class AnnouncedBody {
    private AnnouncedBody() {}

    /** The status that it is answered with. */
    public static int status(URI place, long length) throws IOException {
        String head = "POST " + place.getPath() + " HTTP/1.1\r\nHost: " + place.getAuthority()
                + "\r\nContent-Type: application/json\r\nX-GitHub-Event: push\r\nX-GitHub-Delivery: announced"
                + "\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\nContent-Length: " + length + "\r\n\r\n{";
        try (Socket server = new Socket(place.getHost(), place.getPort());
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            server.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return Integer.parseInt(answer.readLine().split(" ", -1)[1]);
        }
    }
}

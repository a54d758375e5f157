package org.labharness.pipeline.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The two calls to the engine that cleaning up needs, in plain HTTP, so that the guardian loads nothing but itself. */
record EngineSocket(Path path) {
    private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]{64})\"");

    /** Ids of the containers with a label, running or not. */
    List<String> containers(String label) throws IOException {
        String filters = URLEncoder.encode("{\"label\":[\"" + label + "\"]}", StandardCharsets.UTF_8);
        return ID.matcher(request("GET", "/containers/json?all=1&filters=" + filters))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    void remove(String container) throws IOException {
        request("DELETE", "/containers/" + container + "?force=1&v=1");
    }

    private String request(String method, String target) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            String head = method + " " + target + " HTTP/1.0\r\nHost: engine\r\n\r\n";
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(16384);
            while (channel.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}

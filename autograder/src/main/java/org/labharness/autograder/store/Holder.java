package org.labharness.autograder.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Properties;

/** The process that holds the embedded database, as H2 notes it beside the file. */
final class Holder {
    private static final int PATIENCE_MILLIS = 300;

    private Holder() {}

    /** Where it listens, if one answers there; what a killed process left behind does not. */
    static Optional<String> of(DatabaseAddress address) {
        Properties noted = new Properties();
        try (InputStream in = Files.newInputStream(address.lockFile())) {
            noted.load(in);
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
        String server = noted.getProperty("server", "");
        int colon = server.lastIndexOf(':');
        return colon > 0 && answers(server.substring(0, colon), server.substring(colon + 1))
                ? Optional.of(server)
                : Optional.empty();
    }

    private static boolean answers(String host, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), PATIENCE_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException nobody) {
            return false;
        }
    }
}

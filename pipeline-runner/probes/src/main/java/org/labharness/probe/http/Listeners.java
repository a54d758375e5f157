package org.labharness.probe.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who listens in this network namespace, by the kernel's word ({@code proc(5)}: {@code /proc/net/tcp}). */
final class Listeners {
    private static final String LISTEN = "0A";
    /** A socket of both families that was bound to an address of IPv4, as Java makes them; in the byte order of little machines. */
    private static final String IPV4_IN_IPV6 = "0000000000000000FFFF0000";

    private static final int ADDRESS = 1;
    private static final int STATE = 3;

    private final Path folder;

    Listeners() {
        this(Path.of("/proc/net"));
    }

    Listeners(Path folder) {
        this.folder = folder;
    }

    /** The address to reach each port at: {@code 127.0.0.1}, or {@code [::1]} where only that leads there. */
    Map<Integer, String> ports() {
        Map<Integer, String> ports = new TreeMap<>();
        for (String address : addresses("tcp6")) {
            // Whoever listens at :: answers IPv4 as well, unless it says not to: the kernel does not tell, and [::1] is
            // right in either case.
            ports.put(port(address), address.startsWith(IPV4_IN_IPV6) ? "127.0.0.1" : "[::1]");
        }
        for (String address : addresses("tcp")) {
            ports.put(port(address), "127.0.0.1");
        }
        return ports;
    }

    private List<String> addresses(String file) {
        try {
            return Files.readAllLines(folder.resolve(file)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > STATE && words[STATE].equals(LISTEN))
                    .map(words -> words[ADDRESS])
                    .toList();
        } catch (IOException e) {
            return List.of(); // a kernel without IPv6 has no such file
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}

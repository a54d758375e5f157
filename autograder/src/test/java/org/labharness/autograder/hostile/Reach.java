package org.labharness.autograder.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** What a stage tries to get hold of, and the one protection that keeps it away. */
enum Reach {
    /** Sockets to the hypervisor, rings of calls, tracing: the engine's own profile lets them through. */
    KERNEL(
            Set.of("vsock", "io_uring", "ptrace"),
            (host, outside) -> host.putArray("SecurityOpt").add("no-new-privileges")),
    /** The host's servers, by stream and by datagram. */
    HOST_NETWORK(
            Set.of("host-server", "datagram", "metadata", "neighbour"),
            (host, outside) -> host.put("NetworkMode", "host")),
    /** The address of a cloud's credentials, the tracking servers of others, and a name server, by which words travel too. */
    ANY_NETWORK(Set.of("metadata", "neighbour", "name"), (host, outside) -> host.put("NetworkMode", outside.network())),
    SHARED_MEMORY(Set.of("memory"), (host, outside) -> host.put("IpcMode", "host")),
    /** The harness's own folder and the lab's: rows nobody may see, the seed they are made of, other people's evidence. */
    FOLDERS(Set.of("seed", "rows", "evidence", "solution"), (host, outside) -> {
        mount(host, outside.home(), "/outside/home");
        mount(host, outside.lab(), "/outside/lab");
    }),
    /** A socket that everybody may use: the engine's own is kept from all but root by its permissions too. */
    ENGINE(Set.of("engine"), (host, outside) -> mount(host, outside.engine(), "/var/run/docker.sock"));

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> prizes;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Opening opening;

    Reach(Set<String> prizes, Opening opening) {
        this.prizes = prizes;
        this.opening = opening;
    }

    private interface Opening {
        void open(ObjectNode host, Outside outside);
    }

    /** What lies outside of the sandbox. */
    record Outside(Path home, Path lab, String network, Path engine) {}

    Set<String> prizes() {
        return prizes;
    }

    Consumer<ObjectNode> without(Outside outside) {
        return host -> opening.open(host, outside);
    }

    private static void mount(ObjectNode host, Path source, String target) {
        host.withArray("Mounts")
                .addObject()
                .put("Type", "bind")
                .put("Source", source.toString())
                .put("Target", target);
    }
}

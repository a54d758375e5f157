package org.labharness.autograder.hostile;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.sandbox.Images;

/**
 * A network of the engine as containers usually get one, with a server on it, at the address at which clouds hand out credentials.
 */
final class Street implements AutoCloseable {
    /** At which a server of it is found. */
    static final String ADDRESS = "169.254.169.254";

    /** By which a name server of the network finds it. */
    static final String NAME = "house";

    private static final String HANDS_OUT = """
            import socketserver, threading
            class Hand(socketserver.BaseRequestHandler):
                def handle(self):
                    self.request.sendall(b"WORD")
            servers = [socketserver.TCPServer(("", port), Hand) for port in (80, 5000)]
            threading.Thread(target=servers[0].serve_forever, daemon=True).start()
            servers[1].serve_forever()
            """;

    private final DockerClient engine;
    private final String network;
    private final String server;

    /** @param word that the server hands out to whoever comes */
    static Street handingOut(String word) {
        return new Street(HANDS_OUT.replace("WORD", word));
    }

    /** @param program of the server, in Python */
    Street(String program) {
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        engine = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
        network = engine.createNetworkCmd()
                .withName("street-" + UUID.randomUUID())
                .withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet("169.254.169.0/24")))
                .exec()
                .getId();
        server = engine.createContainerCmd(Images.load(Images.home(Path.of(""))).tools(PythonVersion.PY311))
                .withEntrypoint("python3", "-c", program)
                .withAliases(NAME)
                .withIpv4Address(ADDRESS)
                .withHostConfig(
                        HostConfig.newHostConfig().withNetworkMode(network).withAutoRemove(true))
                .exec()
                .getId();
        engine.startContainerCmd(server).exec();
    }

    /** By its id. */
    String network() {
        return network;
    }

    @Override
    public void close() throws IOException {
        try (engine) {
            engine.killContainerCmd(server).exec();
            engine.removeNetworkCmd(network).exec();
        }
    }
}

package org.labharness.pipeline.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** The engine, with a deadline on every call that is no stream, and failures in our own words. */
final class Engine implements AutoCloseable {
    private static final String DEFAULT = "unix:///var/run/docker.sock";
    private static final Duration CALL = Duration.ofSeconds(60);
    private final URI address;
    private final DockerClient calls;
    private final DockerClient streams;

    Engine(Map<String, String> environment) {
        String set = environment.getOrDefault("DOCKER_HOST", "");
        address = URI.create(set.isBlank() ? DEFAULT : set);
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address.toString())
                .withDockerTlsVerify(false)
                .build();
        calls = client(config, CALL);
        streams = client(config, null);
    }

    private static DockerClient client(DockerClientConfig config, @Nullable Duration timeout) {
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .maxConnections(1024)
                        .connectionTimeout(Duration.ofSeconds(10))
                        .responseTimeout(timeout)
                        .build());
    }

    /** For calls that answer at once. */
    DockerClient calls() {
        return calls;
    }

    /** For calls that answer for as long as a container runs. */
    DockerClient streams() {
        return streams;
    }

    /** The Unix socket of an engine on this host. */
    Optional<Path> socket() {
        return "unix".equals(address.getScheme()) ? Optional.of(Path.of(address.getPath())) : Optional.empty();
    }

    void ping() {
        call("answer", () -> calls.pingCmd().exec());
    }

    boolean hasImage(String name) {
        return call("look for image " + name, () -> {
            try {
                return calls.inspectImageCmd(name).exec() != null;
            } catch (NotFoundException e) {
                return false;
            }
        });
    }

    /**
     * Runs a call.
     *
     * @param what what the engine was asked to do, to follow "could not"
     */
    <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (DockerException e) {
            throw new SystemBroke(
                    Breakdown.ENGINE_FAILED,
                    "the container engine could not " + what + ": "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        } catch (SystemBroke e) {
            throw e;
        } catch (RuntimeException e) {
            // docker-java wraps every failure of the connection in a plain RuntimeException.
            throw unreachable(what, e);
        }
    }

    private SystemBroke unreachable(String what, RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return new SystemBroke(
                Breakdown.ENGINE_UNREACHABLE,
                "the container engine at " + address + " does not answer (asked to " + what + ": " + cause.getMessage()
                        + "); start it with `systemctl start docker`, or as root with `setsid dockerd >/var/log/dockerd.log 2>&1 &`",
                e);
    }

    void kill(String container) {
        call(
                "kill container " + container,
                () -> unlessGone(() -> calls.killContainerCmd(container).exec()));
    }

    void remove(String container) {
        call(
                "remove container " + container,
                () -> unlessGone(() -> calls.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec()));
    }

    /** That it has ended, is gone, or is being removed already, is what was wanted. */
    private static boolean unlessGone(Runnable call) {
        try {
            call.run();
            return true;
        } catch (NotFoundException | ConflictException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try (calls;
                streams) {
            // both are closed, whatever the first one says
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.ENGINE_FAILED, "the connection to the container engine could not be closed", e);
        }
    }
}

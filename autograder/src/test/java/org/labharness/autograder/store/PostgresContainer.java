package org.labharness.autograder.store;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container, from the image that {@code docker/images.sh build postgres} makes. */
final class PostgresContainer {
    private static final int PORT = 5432;

    private PostgresContainer() {}

    static PostgresServer.Running start() {
        String image = image();
        if (!succeeds("docker", "image", "inspect", "--format", ".", image)) {
            throw new IllegalStateException(
                    "These tests need PostgreSQL, and it is not here: neither its programs (initdb, postgres, pg_ctl in"
                            + " /usr/lib/postgresql/*/bin or PATH) nor the image " + image
                            + ". Install Debian's package postgresql, or run docker/images.sh build postgres.");
        }
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withImagePullPolicy(name -> false)
                .withEnv(Map.of("LAB_USER", PostgresServer.USER, "LAB_PASSWORD", PostgresServer.PASSWORD))
                .withTmpFs(Map.of("/data", "rw,size=512m,mode=1777"))
                .withExposedPorts(PORT)
                .withCreateContainerCmdModifier(create -> create.getHostConfig()
                        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), new ExposedPort(PORT))))
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 1)
                        .withStartupTimeout(Duration.ofMinutes(1)));
        container.start();
        return new PostgresServer.Running() {
            @Override
            public int port() {
                return container.getMappedPort(PORT);
            }

            @Override
            public void stop() {
                container.stop();
            }
        };
    }

    private static String image() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(place.resolve("docker/images.sh"))) {
            place = Objects.requireNonNull(place.getParent(), "no docker/images.sh above the working directory");
        }
        try {
            Process process = new ProcessBuilder(
                            place.resolve("docker/images.sh").toString(), "print", "postgres")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("docker/images.sh print postgres failed");
            }
            return line.substring(line.indexOf('=') + 1);
        } catch (IOException e) {
            throw new IllegalStateException("docker/images.sh cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

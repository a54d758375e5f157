package org.labharness.pipeline.sandbox.docker;

import java.nio.file.Path;
import java.util.Map;
import org.labharness.pipeline.sandbox.Images;

/**
 * How the sandbox is set up.
 *
 * @param home state folder of the harness; sparse disk images and owner marks live in {@code instances} below it
 * @param acceptWeaker whether to go on where this engine or user cannot enforce everything
 * @param hostEnvironment variables of the harness: {@code DOCKER_HOST} and the settings of proxies and package indexes are read here
 */
public record DockerSettings(Path home, Images images, boolean acceptWeaker, Map<String, String> hostEnvironment) {
    public DockerSettings {
        home = home.toAbsolutePath().normalize();
        hostEnvironment = Map.copyOf(hostEnvironment);
    }

    /** With the images that were built into {@code home}, and the variables of this process. */
    public static DockerSettings of(Path home, boolean acceptWeaker) {
        return new DockerSettings(home, Images.load(home), acceptWeaker, System.getenv());
    }
}

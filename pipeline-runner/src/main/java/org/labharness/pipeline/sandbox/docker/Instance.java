package org.labharness.pipeline.sandbox.docker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * What one harness process has on the host: an id, a folder in the state folder with its owner's mark and its disk images, a short
 * folder for mount points and sockets (paths of Unix sockets are short), a guardian.
 *
 * @param capped whether work trees are file systems of their own, which takes root and loop devices
 */
record Instance(
        String id, Path state, Path root, boolean capped, Engine engine, Leftovers leftovers, GuardianProcess guardian)
        implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Instance create(DockerSettings settings) {
        Engine engine = new Engine(settings.hostEnvironment());
        engine.ping();
        List<String> weaknesses = EngineCheck.weaknesses(engine);
        if (!weaknesses.isEmpty() && !settings.acceptWeaker()) {
            throw EngineCheck.tooWeak(weaknesses);
        }
        try {
            boolean capped = HostRights.whyNoMounts().isEmpty();
            return create(settings, engine, capped);
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.INTERNAL, "the folders of the sandbox could not be made: " + e.getMessage(), e);
        }
    }

    private static Instance create(DockerSettings settings, Engine engine, boolean capped) throws IOException {
        byte[] random = new byte[5];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        Path instances = Files.createDirectories(settings.home().resolve("instances"));
        EngineSocket socket = new EngineSocket(engine.socket().orElse(Path.of("/nowhere")));
        sweep(instances, socket);
        Path state = instances.resolve(id);
        Leftovers leftovers =
                new Leftovers(id, state, HostRights.runtimeFolder().resolve(id), socket);
        Path unfinished = Files.createDirectory(Leftovers.unfinished(state));
        OwnerMark.of(ProcessHandle.current().pid()).write(unfinished);
        GuardianProcess guardian =
                GuardianProcess.start(leftovers, settings.home().resolve("logs").resolve("guardian.log"));
        Files.move(unfinished, state);
        Path root = Files.createDirectories(leftovers.root());
        if (capped) {
            // A shared mount of its own: what is mounted below it later appears in containers that have it as a slave.
            HostCommand.run("mount", "--bind", root.toString(), root.toString());
            HostCommand.run("mount", "--make-shared", root.toString());
        }
        return new Instance(id, state, root, capped, engine, leftovers, guardian);
    }

    /** Removes what instances of dead processes have left, should their guardians have been killed too. */
    private static void sweep(Path instances, EngineSocket socket) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(instances)) {
            for (Path folder : folders) {
                if (OwnerMark.ownerIsDead(folder)) {
                    String id = folder.getFileName().toString().replace(Leftovers.UNFINISHED, "");
                    new Leftovers(id, folder, HostRights.runtimeFolder().resolve(id), socket).removeOnce();
                }
            }
        }
    }

    @Override
    public void close() {
        leftovers.removeOnce();
        guardian.close();
        engine.close();
    }
}

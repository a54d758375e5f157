package org.labharness.autograder.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A user who is not root, has no name on this machine, and may talk to the engine. Owns a folder with a program, launcher and state of
 * its own, for this user may read neither those of root nor their caches.
 */
final class Unprivileged {
    static final int UID = 60_777;
    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    private final Path folder;

    /** @param folder parents included, it is opened to everybody */
    Unprivileged(Path folder) throws IOException {
        this.folder = folder;
        for (Path parent : List.of(folder.getParent(), folder)) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        RealHome.empty(home());
        Files.createDirectories(folder.resolve("user"));
        Path root = launcher();
        Files.copy(root.resolve("lab"), folder.resolve("lab"), StandardCopyOption.COPY_ATTRIBUTES);
        copy(root.resolve("docker"), folder.resolve("docker"));
        copyProgram();
    }

    Path home() {
        return folder.resolve("home");
    }

    private static Path launcher() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(place.resolve("lab"))) {
            place = Objects.requireNonNull(place.getParent(), "no launcher above the working directory");
        }
        return place;
    }

    private void copyProgram() throws IOException {
        Path program = Files.createDirectories(folder.resolve("program"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            if (Files.isDirectory(from)) {
                copy(from, program.resolve("classes-" + number++));
            } else if (Files.exists(from)) {
                Files.copy(from, program.resolve("jar-" + number++ + ".jar"));
            }
        }
    }

    private String classPath() throws IOException {
        try (var entries = Files.list(folder.resolve("program"))) {
            // In the order of the class path that they come from.
            return String.join(
                    File.pathSeparator,
                    entries.sorted(java.util.Comparator.comparingInt(Unprivileged::number))
                            .map(Path::toString)
                            .toList());
        }
    }

    private static int number(Path entry) {
        return Integer.parseInt(entry.getFileName().toString().replaceAll("[^0-9]", ""));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(place).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Makes everything in the folder the user's. */
    void ownAll() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                return visitFile(place, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:uid", UID, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", UID, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Starts a command of the launcher. */
    Process launcher(Path output, String... arguments) throws IOException {
        return start(output, folder.resolve("lab").toString(), arguments);
    }

    /** Starts the program; what it says goes to one file. */
    Process program(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return start(
                output,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                command.toArray(String[]::new));
    }

    private Process start(Path output, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + UID,
                "--regid=" + UID,
                "--groups=" + Files.getAttribute(ENGINE, "unix:gid"),
                "--no-new-privs",
                program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", path, "HOME", folder.resolve("user").toString(), "LAB_HOME", home().toString()));
        return builder.start();
    }
}

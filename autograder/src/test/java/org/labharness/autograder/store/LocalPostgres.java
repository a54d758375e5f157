package org.labharness.autograder.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs as a package of this machine has brought them.
 *
 * @param programs the folder that holds {@code initdb}
 */
record LocalPostgres(Path programs) {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final int PATIENCE_SECONDS = 60;
    private static final int ATTEMPTS = 3;

    /** The newest of Debian's, or what PATH names. */
    static Optional<LocalPostgres> find() {
        List<Path> places = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.comparingInt(LocalPostgres::version).reversed())
                        .forEach(version -> places.add(version.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of)
                .forEach(places::add);
        return places.stream()
                .filter(place -> Stream.of("initdb", "postgres", "pg_ctl")
                        .allMatch(program -> Files.isExecutable(place.resolve(program))))
                .findFirst()
                .map(LocalPostgres::new);
    }

    private static int version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    /** PostgreSQL refuses to be run by root. */
    private static Optional<String> unprivileged() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        return Stream.of("postgres", "nobody")
                .filter(LocalPostgres::isKnown)
                .findFirst()
                .or(() -> {
                    throw new IllegalStateException(
                            "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' here");
                });
    }

    private static boolean isKnown(String user) {
        try {
            Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
            return true;
        } catch (UserPrincipalNotFoundException nobody) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PostgresServer.Running start() {
        try {
            Path folder = Files.createTempDirectory("lab-postgres-");
            Optional<String> user = unprivileged();
            Path password = Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD + "\n");
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
            if (user.isPresent()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.get()));
            }
            Path data = folder.resolve("data");
            run(
                    folder,
                    user,
                    "initdb",
                    "-D",
                    data.toString(),
                    "-U",
                    PostgresServer.USER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile",
                    password.toString(),
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--no-sync");
            return start(folder, user, data, ATTEMPTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresServer.Running start(Path folder, Optional<String> user, Path data, int attempts)
            throws IOException {
        int port = freePort();
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + data
                + " -c fsync=off -c max_connections=60";
        try {
            run(
                    folder,
                    user,
                    "pg_ctl",
                    "start",
                    "-w",
                    "-t",
                    "30",
                    "-D",
                    data.toString(),
                    "-l",
                    data.resolve("log").toString(),
                    "-o",
                    options);
        } catch (IllegalStateException failed) {
            if (attempts == 1) {
                throw failed;
            }
            return start(folder, user, data, attempts - 1); // somebody else took the port
        }
        return new Server(this, folder, user, data, port);
    }

    private record Server(LocalPostgres postgres, Path folder, Optional<String> user, Path data, int port)
            implements PostgresServer.Running {
        @Override
        public void stop() {
            if (!Files.exists(folder)) {
                return;
            }
            try {
                if (Files.exists(data.resolve("postmaster.pid"), LinkOption.NOFOLLOW_LINKS)) {
                    postgres.run(folder, user, "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data.toString());
                }
                try (Stream<Path> left = Files.walk(folder)) {
                    left.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void run(Path folder, Optional<String> user, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        user.ifPresent(name ->
                command.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + name(name), "--clear-groups", "--")));
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("lab-postgres-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile()) // a pipe would stay open as long as the server runs
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        String.join(" ", command) + " failed: " + Files.readString(said, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL was started", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static String name(String user) {
        return user.equals("nobody") ? "nogroup" : user;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

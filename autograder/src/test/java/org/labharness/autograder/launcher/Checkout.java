package org.labharness.autograder.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A checkout of the launcher alone, in a folder of its own, with a Maven on PATH that only hands out a finished jar and writes down that it was called.
 */
final class Checkout {
    private static final long DEADLINE_SECONDS = 60;

    private final Path folder;
    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();

    Checkout(Path folder, Path jar) {
        this.folder = folder;
        this.root = folder.resolve("checkout");
        Path real = repository();
        copy(real.resolve("lab"), root.resolve("lab"));
        copyTree(real.resolve("docker"), root.resolve("docker"));
        write(root.resolve("pom.xml"), "<project/>");
        write(root.resolve("autograder/src/main/java/Some.java"), "class Some {}");
        program("mvn", """
                case "$1" in -v) echo 'Apache Maven 3.9.16 (fake)'; exit ;; esac
                echo "$*" >> %1$s
                mkdir -p %2$s %3$s
                cp %4$s %2$s/
                cp %4$s %3$s/""".formatted(
                        calls(),
                        root.resolve("autograder/target/app"),
                        root.resolve("pipeline-runner/probes/target/app"),
                        jar));
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", home().toString());
        home().toFile().mkdirs();
    }

    static Path repository() {
        return Path.of(System.getProperty("basedir", "."))
                .toAbsolutePath()
                .resolve("..")
                .normalize();
    }

    Path root() {
        return root;
    }

    Path home() {
        return folder.resolve("home");
    }

    Checkout with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Puts a program on PATH before all others. */
    Checkout program(String name, String script) {
        executable(folder.resolve("bin").resolve(name), script);
        return this;
    }

    /** Puts a JDK where the launcher looks for one, whose {@code java} prints its version and the words for the program. */
    Checkout scriptedJdk(String version) {
        Path jdk = home().resolve(".sdkman/candidates/java/scripted");
        write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/javac"), "exit 1");
        executable(jdk.resolve("bin/java"), """
                for word; do
                  case "$word" in -XX:AOTCacheOutput=*) : > "${word#*=}" ;; esac
                  shift
                  case "$word" in *.Main) break ;; *TrustStore.java) : > "$2"; exit ;; esac
                done
                [[ $1 != exit ]] || exit "$2"
                echo "%s [$*]"
                echo "root $LAB_ROOT"
                echo "state $LAB_HOME\"""".formatted(version));
        return this;
    }

    /** How often Maven was called to build. */
    long builds() {
        try {
            return Files.exists(calls()) ? Files.readAllLines(calls()).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result lab(String... arguments) {
        return run(root, root.resolve("lab").toString(), arguments);
    }

    Result run(Path directory, String program, String... arguments) {
        return new Running(start(directory, program, arguments)).result();
    }

    Running start(String... arguments) {
        return new Running(start(root, root.resolve("lab").toString(), arguments));
    }

    private Started start(Path directory, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Started(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path calls() {
        return folder.resolve("maven-calls.txt");
    }

    static void executable(Path file, String script) {
        write(file, "#!/bin/bash\n" + script + "\n");
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    copy(file, to.resolve(from.relativize(file).toString()));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a finished command left. */
    record Result(int exit, String out, String err) {}

    private record Started(Process process, Path out, Path err) {}

    /** A command under way. */
    record Running(Started started) {
        Result result() {
            try {
                if (!started.process().waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    started.process().destroyForcibly();
                    throw new AssertionError("not finished after " + DEADLINE_SECONDS + " s: "
                            + started.process().info());
                }
                return new Result(
                        started.process().exitValue(),
                        Files.readString(started.out()),
                        Files.readString(started.err()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}

package org.labharness.pipeline.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.sandbox.Held;

/**
 * What the programs in containers need, in one folder that they see read-only: a Java runtime with the modules they use and no more,
 * their jars, native libraries unpacked beforehand, and a cache of what starts take longest for. Made once for each build of the program,
 * at its first use; safe for use by several threads and processes on one state folder.
 */
public final class ProbeKit {
    /** Where it lies inside. */
    public static final String INSIDE = "/probe";

    private static final String MODULES = "java.base,java.logging,java.net.http,jdk.httpserver,jdk.unsupported";
    private static final String REHEARSAL = "org.labharness.probe.Rehearsal";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The first Java that makes and takes a cache of the newer kind in one step. */
    private static final int AHEAD_OF_TIME = 25;

    private final Path home;
    private final Supplier<ProbeJars> source;
    private @Nullable Path ready;

    /** @param home state folder of the harness; kits live in {@code probes} below it */
    public ProbeKit(Path home) {
        this(home, ProbeJars::ofThisProgram);
    }

    /** @param source asked at first use: whoever needs no evaluator needs no jars */
    ProbeKit(Path home, Supplier<ProbeJars> source) {
        this.home = home.resolve("probes");
        this.source = source;
    }

    /**
     * The folder, made where it is not there yet, which takes some seconds.
     *
     * @param note told in that case
     */
    public synchronized Path folder(Consumer<String> note) {
        Path known = ready;
        if (known == null) {
            known = find(note);
            ready = known;
        }
        return known;
    }

    private Path find(Consumer<String> note) {
        ProbeJars jars = source.get();
        Path folder = home.resolve(jars.digest(javaVersion() + MODULES));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        note.accept("The evaluator of models is prepared, once for this build of the program.");
        Held lock = Held.take(home.resolve("lock"), PATIENCE)
                .orElseThrow(() -> new SystemBroke(
                        Breakdown.TIMED_OUT, "another process has been preparing " + folder + " for " + PATIENCE));
        try (lock) {
            if (!Files.isDirectory(folder)) {
                make(folder, jars);
            }
        }
        return folder;
    }

    private void make(Path folder, ProbeJars jars) {
        try (ThrowawayFolder throwaway = ThrowawayFolder.in(home, "new")) {
            Path kit = Files.createDirectory(throwaway.path().resolve("kit"));
            runTool(List.of(
                    jlink().toString(),
                    "--add-modules",
                    MODULES,
                    "--no-header-files",
                    "--no-man-pages",
                    "--output",
                    kit.resolve("runtime").toString()));
            Files.createDirectory(kit.resolve("lib"));
            for (Path jar : jars.files()) {
                Files.copy(jar, kit.resolve("lib").resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            unpackNatives(kit);
            cache(kit, Files.createDirectory(throwaway.path().resolve("rehearsal")));
            openToAll(kit);
            forgetEarlier();
            Files.move(kit, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL,
                    "the evaluator of models cannot be prepared in " + home + ": " + e
                            + "; it takes 200 MB, see whether the disk has them",
                    e);
        }
    }

    /** Those of earlier builds, unless they were made today: another process may be using one. */
    private void forgetEarlier() throws IOException {
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        for (Path kit : list(home)) {
            if (Files.isDirectory(kit) && Files.getLastModifiedTime(kit).compareTo(yesterday) < 0) {
                ThrowawayFolder.delete(kit);
            }
        }
    }

    private static Path jlink() {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(tool)) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    "there is no " + tool + ": the program runs on a Java without development tools; install a JDK");
        }
        return tool;
    }

    /** ONNX Runtime would unpack them at every start. */
    private static void unpackNatives(Path kit) throws IOException {
        Path natives = Files.createDirectory(kit.resolve("natives"));
        String machine = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
        for (Path jar : list(kit.resolve("lib"))) {
            if (String.valueOf(jar.getFileName()).startsWith("onnxruntime-")) {
                try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                    Path from = inside.getPath("ai/onnxruntime/native", machine);
                    for (Path library : Files.isDirectory(from) ? list(from) : List.<Path>of()) {
                        Files.copy(library, natives.resolve(String.valueOf(library.getFileName())));
                    }
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Without a cache everything works, half a second slower. */
    private static void cache(Path kit, Path rehearsal) throws IOException {
        List<String> command = new ArrayList<>(ProbeCommand.java(kit.toString(), "512m"));
        if (Runtime.version().feature() >= AHEAD_OF_TIME) {
            command.add(1, "-XX:AOTCacheOutput=" + kit.resolve(ProbeCommand.CACHE));
        }
        command.addAll(ProbeCommand.classPath(kit.toString(), names(kit)));
        command.addAll(List.of(REHEARSAL, rehearsal.toString()));
        runTool(command);
    }

    private static List<String> names(Path kit) throws IOException {
        return list(kit.resolve("lib")).stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .toList();
    }

    private static void runTool(List<String> command) throws IOException {
        Path log = Files.createTempFile("probes", ".log");
        try {
            ProcessBuilder tool =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            // The launcher's own settings for Java are none of theirs.
            tool.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
            Process running = tool.start();
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new SystemBroke(Breakdown.TIMED_OUT, command.getFirst() + " did not end within " + PATIENCE);
            }
            if (running.exitValue() != 0) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        command.getFirst() + " ended with " + running.exitValue() + ": "
                                + Files.readString(log).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemBroke(Breakdown.INTERRUPTED, "the preparation of the evaluator was interrupted", e);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /** The user of a container is none that owns anything here, and whoever started the program may keep files to himself. */
    private static void openToAll(Path kit) throws IOException {
        try (Stream<Path> all = Files.walk(kit)) {
            all.filter(path -> !Files.isSymbolicLink(path)).forEach(ProbeKit::open);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void open(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            permissions.addAll(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ));
            if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
                permissions.addAll(Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE));
            }
            Files.setPosixFilePermissions(path, permissions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command of a program in a container that sees this kit at {@link #INSIDE}. */
    List<String> command(Path folder, String heap, String program, List<String> arguments) {
        try {
            List<String> command = new ArrayList<>(ProbeCommand.java(INSIDE, heap));
            if (Files.exists(folder.resolve(ProbeCommand.CACHE))) {
                command.add(1, "-XX:AOTCache=" + INSIDE + "/" + ProbeCommand.CACHE);
            }
            command.addAll(ProbeCommand.classPath(INSIDE, names(folder)));
            command.add(program);
            command.addAll(arguments);
            return command;
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot read " + folder + ": " + e, e);
        }
    }

    private static String javaVersion() {
        return System.getProperty("java.vendor") + " " + Runtime.version();
    }
}

package org.labharness.pipeline.environment;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Images;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;

/**
 * Builds wheels in a container without network, from a source and against an environment that are both only read. Building runs the
 * code of whoever wrote the source, so the wheel, which is its only output, is taken as data.
 */
final class WheelBuilder {
    private static final int NOBODY = 65_000;
    private static final Duration LONGEST = Duration.ofMinutes(3);
    /** What a package does when it is built or imported is no wait: there is no network, and nobody answers. */
    static final Duration IDLE = Duration.ofSeconds(45);

    private static final Pattern HEAD = Pattern.compile("\n--wheel ([A-Za-z0-9_.+!-]{1,200}\\.whl) (\\d{1,10})--\n");
    private static final int LONGEST_HEAD = 300;

    private final Sandbox sandbox;
    private final Images images;

    WheelBuilder(Sandbox sandbox, Images images) {
        this.sandbox = sandbox;
        this.images = images;
    }

    /** @param scratch room for sources, what is built of them, and the wheel */
    record Room(Memory scratch, Memory wheel) {
        /** For what a student wrote. */
        static final Room SMALL = new Room(Memory.mebibytes(256), Memory.mebibytes(16));
        /** For packages of the index: PySpark is 320 MiB, and lies there three times. */
        static final Room LARGE = new Room(Memory.mebibytes(3072), Memory.mebibytes(1024));
    }

    /** What came of it. */
    sealed interface Outcome {}

    record Built(Path wheel) implements Outcome {}

    /** @param said the line that says most */
    record Failed(String said) implements Outcome {}

    /**
     * @param source a folder or an archive
     * @param into an existing folder, in which the wheel appears under its own name
     * @param heard is told that it goes on
     */
    Outcome build(PreparedEnvironment with, Path source, Path into, Room room, Consumer<Sign> heard) {
        Path raw = into.resolve("output");
        ExecutionResult result;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(raw), 1 << 16)) {
            result = run(with, source, room, chunk -> write(out, chunk), heard);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot keep what building printed in " + raw + ": " + e, e);
        }
        try {
            return result.exit() == 0 ? wheel(raw, into) : new Failed(Said.words(result));
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot keep the wheel in " + into + ": " + e, e);
        }
    }

    private ExecutionResult run(
            PreparedEnvironment with, Path source, Room room, Consumer<byte[]> output, Consumer<Sign> heard) {
        String inside = "/source/" + source.getFileName();
        List<Mount> mounts = new ArrayList<>(with.mounts());
        mounts.add(Mount.readOnly(source, inside));
        Map<String, String> variables = new HashMap<>(with.variables());
        variables.putAll(Map.of("HOME", "/tmp", "LANG", "C.UTF-8", "SOURCE_DATE_EPOCH", "1700000000"));
        return sandbox.startShared(
                        new ContainerCommand(
                                images.tools(with.python()),
                                "build",
                                Whose.OURS,
                                List.of(
                                        PreparedEnvironment.INSIDE + "/bin/python",
                                        "-I",
                                        "/opt/lab/lib/build_wheel.py",
                                        inside),
                                variables,
                                mounts,
                                false,
                                "/tmp",
                                Network.NONE,
                                NOBODY,
                                new ContainerCommand.Caps(
                                        LONGEST, Memory.mebibytes(1024), 128, 2, room.scratch(), room.wheel(), IDLE),
                                output),
                        heard)
                .await(LONGEST, "The build of a wheel");
    }

    private static void write(OutputStream out, byte[] chunk) {
        try {
            out.write(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wheel is the last thing in the output. */
    private static Outcome wheel(Path raw, Path into) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "r")) {
            byte[] start = new byte[(int) Math.min(file.length(), 1 << 20)];
            file.readFully(start);
            Matcher head = HEAD.matcher(new String(start, StandardCharsets.ISO_8859_1));
            if (!head.find() || head.group().length() > LONGEST_HEAD) {
                return new Failed("the build ended well, but printed no wheel");
            }
            long size = Long.parseLong(head.group(2));
            if (head.end() + size != file.length()) {
                return new Failed("the build printed a wheel of another size than it said");
            }
            Path wheel = into.resolve(head.group(1));
            try (OutputStream out = Files.newOutputStream(wheel)) {
                file.seek(head.end());
                byte[] buffer = new byte[1 << 16];
                for (int read = file.read(buffer); read > 0; read = file.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            }
            return new Built(wheel);
        } finally {
            Files.deleteIfExists(raw);
        }
    }
}

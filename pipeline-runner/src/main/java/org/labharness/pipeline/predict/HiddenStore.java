package org.labharness.pipeline.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.labharness.lab.HiddenData;
import org.labharness.lab.Lab;
import org.labharness.lab.Memory;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.sandbox.ContainerCommand;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.pipeline.sandbox.Held;
import org.labharness.pipeline.sandbox.Mount;
import org.labharness.pipeline.sandbox.Network;
import org.labharness.pipeline.sandbox.Sandbox;
import org.labharness.pipeline.sandbox.Sign;
import org.labharness.pipeline.sandbox.Whose;

/**
 * Hidden data of labs, read once. What a program of a lab makes is made in a container without network and without anything of a submission, and kept in
 * the state folder, where nobody but its owner can read it.
 */
final class HiddenStore {
    private static final int NOBODY = 65_000;
    private static final String FILE = "rows.csv";
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** Those of several labs may be made one after the other. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final ContainerCommand.Caps CAPS =
            new ContainerCommand.Caps(LONGEST, Memory.mebibytes(512), 64, 2, Memory.mebibytes(64), Memory.mebibytes(1));

    private final Sandbox sandbox;
    private final String image;
    private final Path home;
    private final Map<String, LabelledRows> read = new ConcurrentHashMap<>();

    /** @param image with the Python that runs programs of labs */
    HiddenStore(Sandbox sandbox, String image, Path home) {
        this.sandbox = sandbox;
        this.image = image;
        this.home = home;
    }

    LabelledRows rows(Lab lab, HiddenData data, Consumer<Sign> heard) throws UnfitData {
        String key = lab.folder() + "\0" + lab.digest() + "\0" + data.id();
        LabelledRows known = read.get(key);
        if (known != null) {
            return known;
        }
        LabelledRows rows = HiddenTable.read(data, file(lab, data, heard));
        read.put(key, rows);
        return rows;
    }

    /** The table itself. */
    Path file(Lab lab, HiddenData data, Consumer<Sign> heard) throws UnfitData {
        Path source = lab.folder().resolve(data.source().path());
        return switch (data.source()) {
            case HiddenData.Shipped shipped -> source;
            case HiddenData.Generated generated ->
                made(lab, data, generated, source, lab.id().value() + "/" + data.id(), heard);
        };
    }

    /** Numbers of the rows, with as many that another seed gives. */
    HiddenNumbers numbers(Lab lab, HiddenData data, Consumer<Sign> heard) throws UnfitData {
        LabelledRows rows = rows(lab, data, heard);
        return switch (data.source()) {
            case HiddenData.Shipped shipped -> HiddenNumbers.of(rows);
            case HiddenData.Generated generated ->
                HiddenNumbers.of(
                        rows,
                        HiddenTable.read(
                                data,
                                made(
                                        lab,
                                        data,
                                        generated,
                                        lab.folder().resolve(generated.path()),
                                        lab.id().value() + "/" + data.id() + "/look-alikes",
                                        heard)));
        };
    }

    private Path made(
            Lab lab,
            HiddenData data,
            HiddenData.Generated generated,
            Path program,
            String purpose,
            Consumer<Sign> heard)
            throws UnfitData {
        CourseSeed seed = CourseSeed.of(home);
        Path folder = folder();
        Path kept = folder.resolve(lab.id().value() + "-" + data.id() + "-" + seed.name(purpose) + "-"
                + digest(program, generated.rows()) + ".csv");
        if (Files.exists(kept)) {
            return kept;
        }
        try (Held alone = Held.within(folder.resolve("lock"), PATIENCE, heard, "making hidden data")) {
            if (Files.exists(kept)) {
                return kept; // somebody else made it meanwhile
            }
            try (ThrowawayFolder out = ThrowawayFolder.in(folder, "new")) {
                // No other user gets as far as here: the folder above is closed to them.
                Files.setPosixFilePermissions(out.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
                run(data, generated, program, out.path(), seed.number(purpose), alone.telling(heard));
                Path part = Files.createTempFile(folder, FILE, ".part");
                Files.copy(out.path().resolve(FILE), part, StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
                Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new SystemBroke(Breakdown.DISK_FULL, "hidden data cannot be kept in " + folder + ": " + e, e);
            }
            return kept;
        }
    }

    private Path folder() {
        Path folder = home.resolve("hidden");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.DISK_FULL, "no folder for hidden data can be made: " + e, e);
        }
    }

    private void run(
            HiddenData data, HiddenData.Generated generated, Path program, Path out, long seed, Consumer<Sign> heard)
            throws UnfitData {
        ExecutionResult result = sandbox.startShared(
                        new ContainerCommand(
                                image,
                                "hidden-data",
                                Whose.OURS,
                                List.of(
                                        "/usr/bin/python3",
                                        "-I",
                                        "/program.py",
                                        Long.toString(seed),
                                        Integer.toString(generated.rows()),
                                        "/out/" + FILE),
                                Map.of("LANG", "C.UTF-8", "PYTHONHASHSEED", "0", "PYTHONDONTWRITEBYTECODE", "1"),
                                List.of(Mount.readOnly(program, "/program.py"), Mount.readWrite(out, "/out")),
                                false,
                                "/tmp",
                                Network.NONE,
                                NOBODY,
                                CAPS,
                                chunk -> {}),
                        heard)
                .await(LONGEST, "The program that makes hidden data");
        if (result.exit() != 0 || !Files.isRegularFile(out.resolve(FILE))) {
            throw UnfitData.ours("The program " + generated.path() + " that makes the hidden data '" + data.id()
                    + "' ended with exit code " + result.exit() + " and "
                    + (Files.isRegularFile(out.resolve(FILE)) ? "a" : "no") + " table: "
                    + result.log().lastError());
        }
    }

    private static String digest(Path program, int rows) {
        try {
            MessageDigest digest = Sha256.begin();
            digest.update(Files.readAllBytes(program));
            digest.update((byte) rows);
            digest.update((byte) (rows >> 8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot read " + program + ": " + e, e);
        }
    }
}

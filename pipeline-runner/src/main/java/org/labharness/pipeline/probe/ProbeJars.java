package org.labharness.pipeline.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The jars that the programs in containers are made of. They lie in a folder of their own beside those of the harness, whose classpath
 * has none of them but the first.
 */
record ProbeJars(List<Path> files) {
    /** The one that the harness builds itself; the names of all others carry their versions. */
    private static final String OWN = "probes-";

    ProbeJars {
        files = List.copyOf(files);
    }

    /** Those that belong to this program: installed beside its jars, or as its build has left them. */
    static ProbeJars ofThisProgram() {
        Path program = program();
        for (Path folder : List.of(program.resolve("probes"), program.resolveSibling("probes/target/app"))) {
            if (Files.isDirectory(folder)) {
                return in(folder);
            }
        }
        throw new SystemBroke(
                Breakdown.INTERNAL,
                "the programs for containers are not there: neither " + program.resolve("probes") + " nor "
                        + program.resolveSibling("probes/target/app") + " is a folder; build the program again");
    }

    private static Path program() {
        try {
            Path place = Path.of(ProbeJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = place.toAbsolutePath().normalize().getParent();
            return folder == null ? place : folder;
        } catch (URISyntaxException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "the program does not know where it lies", e);
        }
    }

    static ProbeJars in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new ProbeJars(files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot read " + folder + ": " + e, e);
        }
    }

    /** Names what is made of these jars by this Java. */
    String digest(String java) {
        try {
            MessageDigest digest = Sha256.begin();
            digest.update(java.getBytes(StandardCharsets.UTF_8));
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                digest.update((name + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
                if (name.startsWith(OWN)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        digest.update(in.readAllBytes());
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot read the programs for containers: " + e, e);
        }
    }
}

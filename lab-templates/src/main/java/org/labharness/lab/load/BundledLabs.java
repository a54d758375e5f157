package org.labharness.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.lab.Sha256;

/** The labs that come with the program, as folders on disk. */
public final class BundledLabs {
    private static final List<String> IDS = List.of(
            "any-pipeline",
            "dvc-pipeline",
            "mlflow-tracking",
            "model-service",
            "onnx-registry",
            "teamwork",
            "uat-project");

    private final Path home;

    /** @param home where folders are kept from one start to the next; made where it is missing */
    public BundledLabs(Path home) {
        this.home = home;
    }

    /** The ids of all bundled labs, sorted. */
    public static List<String> ids() {
        return IDS;
    }

    /**
     * The folder of a bundled lab, or empty where no lab is called so. A folder is named after its contents, written once, and
     * never changed.
     *
     * @throws UncheckedIOException where the disk fails
     */
    public Optional<Path> folder(String id) {
        if (!IDS.contains(id)) {
            return Optional.empty();
        }
        try {
            URL resource = Objects.requireNonNull(BundledLabs.class.getResource("/labs/" + id + "/" + LabLoader.FILE));
            URI uri = resource.toURI();
            if (!uri.getScheme().equals("jar")) {
                return Optional.of(
                        unpacked(id, Objects.requireNonNull(Path.of(uri).getParent())));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return Optional.of(unpacked(id, jar.getPath("/labs", id)));
            }
        } catch (IOException | URISyntaxException e) {
            throw new UncheckedIOException("the bundled lab " + id + " cannot be unpacked", asIo(e));
        }
    }

    private static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new IOException(e);
    }

    private Path unpacked(String id, Path source) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        MessageDigest digest = Sha256.begin();
        for (Path file : files) {
            LabDigest.add(digest, source.relativize(file).toString(), file);
        }
        Path folder = home.resolve(id + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(home);
            Path fresh = Files.createTempDirectory(home, id);
            try {
                copy(source, files, fresh);
                settle(fresh, folder);
            } finally {
                remove(fresh);
            }
        }
        return folder;
    }

    private static void copy(Path source, List<Path> files, Path target) throws IOException {
        for (Path file : files) {
            Path place = target.resolve(source.relativize(file).toString());
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            Files.copy(file, place);
        }
    }

    /** Another process may have been faster; its folder is as good. */
    private static void settle(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Where it is still there. */
    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package org.labharness.pipeline.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.document.Opened;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.sandbox.Sign;

/** Makes the submission's own packages importable: builds each, lays what comes of it in one folder, keeps that by content. */
final class OwnPackages {
    private static final Set<String> SKIPPED = Set.of(
            ".dvc",
            "venv",
            ".venv",
            "env",
            "node_modules",
            "__pycache__",
            "mlruns",
            "data",
            "build",
            "dist",
            ".ipynb_checkpoints");
    private static final int MOST_FILES = 3_000;
    private static final int LARGEST = 1 << 20;
    private static final long MOST_BYTES = 64L << 20;

    private final EnvironmentStore store;
    private final WheelBuilder builder;

    OwnPackages(EnvironmentStore store, WheelBuilder builder) {
        this.store = store;
        this.builder = builder;
    }

    /**
     * @param folder to be mounted, by its content
     * @param failed why packages could not be built, in the order of the declarations
     */
    record Laid(Path folder, List<Aside> failed) {}

    /**
     * @param workshop called only where something has to be built
     * @param heard is told that building goes on
     */
    Laid lay(
            TreeReader tree,
            List<LocalPackage> packages,
            Supplier<PreparedEnvironment> workshop,
            Consumer<Sign> heard) {
        try (EnvironmentStore.Build build = store.begin()) {
            MessageDigest digest = Sha256.begin();
            int number = 0;
            for (LocalPackage own : packages) {
                digest.update((own + "\n").getBytes(StandardCharsets.UTF_8));
                copy(tree, own, build.folder().resolve("own-" + number++), digest);
            }
            String key = Digest.end(digest);
            Path place = store.own(key);
            Path words = store.own(key + ".failed");
            if (!Files.isDirectory(place)) {
                List<String> failed = fill(tree, packages, build, workshop.get(), heard);
                Files.write(build.folder().resolve("failed"), failed);
                store.move(build.folder().resolve("failed"), words);
                store.move(build.folder().resolve("layer"), place);
            }
            return new Laid(place, asides(packages, Files.readAllLines(words)));
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot lay out the submission's own packages: " + e, e);
        }
    }

    private List<String> fill(
            TreeReader tree,
            List<LocalPackage> packages,
            EnvironmentStore.Build build,
            PreparedEnvironment workshop,
            Consumer<Sign> heard)
            throws IOException {
        OwnLayer layer = new OwnLayer(tree, build.folder().resolve("layer"));
        List<String> failed = new ArrayList<>();
        int number = 0;
        for (LocalPackage own : packages) {
            Path out = Files.createDirectories(build.folder().resolve("wheel-" + number));
            Path source = build.folder().resolve("own-" + number++);
            switch (builder.build(workshop, source, out, WheelBuilder.Room.SMALL, heard)) {
                case WheelBuilder.Built built -> failed.add(taken(layer, own, built.wheel()));
                case WheelBuilder.Failed not -> {
                    layer.find(own);
                    failed.add(not.said().isBlank() ? "it ended without a word" : not.said());
                }
            }
        }
        layer.finish();
        return failed;
    }

    /** Why a wheel could not be taken, or nothing. */
    private static String taken(OwnLayer layer, LocalPackage own, Path wheel) {
        try {
            layer.take(own, wheel);
            return "";
        } catch (IOException e) {
            layer.find(own);
            return "its wheel cannot be unpacked: " + e.getMessage();
        }
    }

    private static List<Aside> asides(List<LocalPackage> packages, List<String> failed) {
        List<Aside> asides = new ArrayList<>();
        for (int i = 0; i < Math.min(packages.size(), failed.size()); i++) {
            LocalPackage own = packages.get(i);
            if (!failed.get(i).isEmpty()) {
                asides.add(new Aside(
                        own.declared(),
                        own.where(),
                        Why.LOCAL,
                        "could not be built (" + failed.get(i)
                                + "); its modules are found where they lie in the repository",
                        false));
            }
        }
        return asides;
    }

    /** What a build reads: text and small files, no data. Of links, those of the commit that lead to files. */
    private static void copy(TreeReader tree, LocalPackage own, Path target, MessageDigest digest) throws IOException {
        Files.createDirectories(target);
        long bytes = 0;
        List<TreeReader.FoundFile> files =
                tree.list(own.folder(), 20_000, SKIPPED).files();
        for (TreeReader.FoundFile file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
            if (file.size() > LARGEST || (bytes += file.size()) > MOST_BYTES) {
                continue;
            }
            if (tree.open(file.path(), LARGEST) instanceof Opened.Content content) {
                String inside = own.folder().isEmpty()
                        ? file.path()
                        : file.path().substring(own.folder().length() + 1);
                digest.update((file.path() + "\0" + content.bytes().length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(content.bytes());
                Path place = target.resolve(inside);
                Files.createDirectories(place.getParent());
                Files.write(place, content.bytes());
            }
        }
    }
}

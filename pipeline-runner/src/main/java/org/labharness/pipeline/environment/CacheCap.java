package org.labharness.pipeline.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;

/**
 * Keeps the cache of environments under a size: the environments used least recently leave, never one in use, and with them the wheels
 * that only they were linked from. Environments are links into uv's cache, so it is unpacked wheels that are counted.
 */
final class CacheCap {
    /** Beside the Python files of each environment: the unpacked wheels that it is linked from. */
    private static final String WHEELS = "labharness-wheels";

    private final EnvironmentStore store;
    private final Memory most;

    CacheCap(EnvironmentStore store, Memory most) {
        this.store = store;
        this.most = most;
    }

    /** Makes room where there is too much, unless somebody builds just now; then the next build does it. */
    void keep(EnvironmentStore.Build mine) {
        store.whileNobodyBegins(() -> {
            try {
                Map<String, Long> sizes = sizes();
                if (total(sizes, sizes.keySet()) > most.bytes() && !store.othersBuild(mine)) {
                    shrink(sizes, mine);
                }
            } catch (IOException e) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "cannot make room in the cache of environments " + store.home() + ": " + e,
                        e);
            }
        });
    }

    private void shrink(Map<String, Long> sizes, EnvironmentStore.Build mine) throws IOException {
        List<Path> rest = environments();
        for (Path oldest : List.copyOf(rest)) {
            Set<String> needed = needed(rest);
            if (total(sizes, needed) <= most.bytes()) {
                break;
            }
            String digest = String.valueOf(oldest.getFileName());
            boolean gone = store.holding(digest, () -> moved(oldest, digest, mine));
            if (gone) {
                rest.remove(oldest);
            }
        }
        Set<String> needed = needed(rest);
        for (String wheel : sizes.keySet()) {
            if (!needed.contains(wheel)) {
                forget(wheel, mine);
            }
        }
        ThrowawayFolder.delete(mine.folder().resolve("evicted"));
    }

    /** Least recently used first. */
    private List<Path> environments() throws IOException {
        try (Stream<Path> all = Files.list(store.home().resolve("venvs"))) {
            return new ArrayList<>(all.sorted(Comparator.comparing(this::used)).toList());
        }
    }

    private FileTime used(Path environment) {
        try {
            return Files.getLastModifiedTime(store.home().resolve("used").resolve(environment.getFileName()));
        } catch (IOException e) {
            return FileTime.fromMillis(0); // never used since it was built
        }
    }

    private boolean moved(Path environment, String digest, EnvironmentStore.Build mine) {
        try {
            if (store.isLeased(digest)) {
                return false;
            }
            Path away = Files.createDirectories(mine.folder().resolve("evicted"));
            Files.move(environment, away.resolve(digest));
            Files.deleteIfExists(store.home().resolve("used").resolve(digest));
            return true;
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "cannot remove the environment " + environment + ": " + e, e);
        }
    }

    /** uv unpacks a wheel again when it misses it; what it notes of wheels in folders, {@code build_env.py} takes away before. */
    private void forget(String wheel, EnvironmentStore.Build mine) throws IOException {
        Path folder = store.home().resolve("uv/archive-v0").resolve(wheel);
        if (Files.isDirectory(folder)) {
            Path away = Files.createDirectories(mine.folder().resolve("evicted"));
            Files.move(folder, away.resolve("wheel-" + wheel));
        }
        try (DirectoryStream<Path> pythons =
                Files.newDirectoryStream(store.home().resolve("compiled"))) {
            for (Path marks : pythons) {
                Files.deleteIfExists(marks.resolve(wheel));
            }
        }
    }

    private static Set<String> needed(List<Path> environments) throws IOException {
        Set<String> needed = new HashSet<>();
        for (Path environment : environments) {
            Path list = environment.resolve(WHEELS);
            if (Files.isRegularFile(list)) {
                needed.addAll(Files.readAllLines(list, StandardCharsets.UTF_8));
            }
        }
        return needed;
    }

    private static long total(Map<String, Long> sizes, Set<String> wheels) {
        return wheels.stream().mapToLong(wheel -> sizes.getOrDefault(wheel, 0L)).sum();
    }

    /** Written once for each wheel and Python, when its byte code was made. */
    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        Path compiled = Files.createDirectories(store.home().resolve("compiled"));
        try (DirectoryStream<Path> pythons = Files.newDirectoryStream(compiled)) {
            for (Path marks : pythons) {
                try (DirectoryStream<Path> wheels = Files.newDirectoryStream(marks)) {
                    for (Path wheel : wheels) {
                        String text = Files.readString(wheel).strip();
                        long size = text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
                        sizes.merge(String.valueOf(wheel.getFileName()), size, Math::max);
                    }
                }
            }
        }
        return sizes;
    }
}

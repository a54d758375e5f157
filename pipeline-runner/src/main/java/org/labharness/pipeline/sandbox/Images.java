package org.labharness.pipeline.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.labharness.lab.PythonVersion;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/** The names of the images, as their build wrote them into {@code images.properties}; each name carries a hash of its contents. */
public record Images(Map<String, String> names) {
    private static final String FILE = "images.properties";

    public Images {
        names = Map.copyOf(names);
    }

    /** @param home the state folder of the harness */
    public static Images load(Path home) {
        Properties read = new Properties();
        Path file = home.resolve(FILE);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (NoSuchFileException e) {
            throw new SystemBroke(
                    Breakdown.IMAGE_MISSING, "no images were built yet: " + file + " is not there; run ./lab setup", e);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.IMAGE_MISSING, "cannot read " + file + ": " + e.getMessage(), e);
        }
        Map<String, String> names = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> names.put(key, read.getProperty(key)));
        return new Images(names);
    }

    /** The state folder: {@code LAB_HOME}, or {@code .lab} in the nearest folder above {@code start} that has one. */
    public static Path home(Path start) {
        String set = System.getenv("LAB_HOME");
        if (set != null && !set.isBlank()) {
            return Path.of(set).toAbsolutePath().normalize();
        }
        for (Path folder = start.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".lab"))) {
                return folder.resolve(".lab");
            }
        }
        throw new SystemBroke(
                Breakdown.IMAGE_MISSING,
                "no folder .lab in " + start.toAbsolutePath() + " or above it: run ./lab setup, or set LAB_HOME");
    }

    /** What DVC and the commands of submissions run in. */
    public String tools(PythonVersion python) {
        return name("tools." + key(python));
    }

    /** Python alone, without the programs of the harness. */
    public String base(PythonVersion python) {
        return name("base." + key(python));
    }

    /** What the tracking servers run in. */
    public String tracking() {
        return name("tracking");
    }

    /** What a lab's own pytest files run in. */
    public String custom() {
        return name("custom");
    }

    private String name(String key) {
        String name = names.get(key);
        if (name == null) {
            throw new SystemBroke(
                    Breakdown.IMAGE_MISSING,
                    FILE + " names no image '" + key + "', only " + names.keySet() + ": run ./lab setup");
        }
        return name;
    }

    private static String key(PythonVersion python) {
        return python.name().toLowerCase(Locale.ROOT);
    }
}

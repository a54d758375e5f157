package org.labharness.pipeline.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.labharness.pipeline.document.TreeReader;

/**
 * The folder in which Python finds the submission's own packages: {@code site} with modules, {@code bin} with commands. Filled from wheels
 * as data, by the harness: an installer would start the Python that could be told to run what the wheel brings.
 */
final class OwnLayer {
    private static final int MOST_FILES = 5_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final List<String> ROOTS = List.of("", "src", "lib", "python", "source");
    private static final Pattern COMMAND =
            Pattern.compile("([A-Za-z0-9_.-]{1,100})\\s*=\\s*([A-Za-z0-9_.]{1,200}):([A-Za-z0-9_.]{1,200}).*");

    private final TreeReader tree;
    private final Path site;
    private final Path bin;
    private final Set<String> roots = new LinkedHashSet<>();
    private long bytes;
    private int files;

    OwnLayer(TreeReader tree, Path folder) throws IOException {
        this.tree = tree;
        this.site = Files.createDirectories(folder.resolve("site"));
        this.bin = Files.createDirectories(folder.resolve("bin"));
        open(folder);
        open(site);
        open(bin);
    }

    /** Every uid reads it, whatever the harness's umask is. */
    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Takes what a wheel brings; of an editable package the modules stay where they lie in the tree. */
    void take(LocalPackage own, Path wheel) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && isSafe(entry.getName())) {
                    place(own, zip, entry);
                }
            }
        }
    }

    /** Lets the modules of a package be found that could not be built. */
    void find(LocalPackage own) {
        roots.add(own.folder());
        if (tree.isDirectory(own.file("src"))) {
            roots.add(own.file("src"));
        }
    }

    /** Writes down where editable packages lie. */
    void finish() throws IOException {
        List<String> lines = roots.stream()
                .map(root -> root.isEmpty() ? "/work" : "/work/" + root)
                .filter(line -> line.indexOf('\n') < 0)
                .toList();
        write(site.resolve("own.pth"), String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isSafe(String name) {
        return !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0
                && Stream.of(name.split("/", -1)).noneMatch(part -> part.equals("..") || part.isEmpty());
    }

    private void place(LocalPackage own, ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        Matcher data = Pattern.compile("[^/]+\\.data/(\\w+)/(.+)").matcher(name);
        if (data.matches()) {
            switch (data.group(1)) {
                case "purelib", "platlib" -> write(site.resolve(data.group(2)), content(zip, entry));
                case "scripts" -> command(data.group(2), content(zip, entry));
                default -> {} // headers and the like are of no use here
            }
            return;
        }
        boolean information = name.contains(".dist-info/");
        if (own.editable() && !information) {
            Optional<String> root = rootOf(own, name);
            if (root.isPresent()) {
                roots.add(root.get());
                return;
            }
        }
        if (name.endsWith(".pth")) {
            return; // may hold code that every Python would run
        }
        write(site.resolve(name), content(zip, entry));
        if (information && name.endsWith("/entry_points.txt")) {
            commands(new String(content(zip, entry), StandardCharsets.UTF_8));
        }
    }

    private Optional<String> rootOf(LocalPackage own, String name) {
        return ROOTS.stream()
                .map(root -> root.isEmpty() ? own.folder() : own.file(root))
                .filter(root -> tree.isFile(root.isEmpty() ? name : root + "/" + name))
                .findFirst();
    }

    private byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE, MOST_BYTES - bytes + 1));
            bytes += content.length;
            if (bytes > MOST_BYTES || ++files > MOST_FILES) {
                throw new IOException("more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20) + " MiB");
            }
            return content;
        }
    }

    private void commands(String text) throws IOException {
        boolean scripts = false;
        for (String line : text.lines().limit(500).toList()) {
            Matcher command = COMMAND.matcher(line.strip());
            if (line.startsWith("[")) {
                scripts =
                        line.strip().equals("[console_scripts]") || line.strip().equals("[gui_scripts]");
            } else if (scripts && command.matches()) {
                String function = command.group(3).replaceFirst("\\..*$", "");
                command(command.group(1), """
                        #!python
                        import sys
                        from %s import %s
                        sys.exit(%s())
                        """.formatted(command.group(2), function, command.group(3))
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void command(String name, byte[] script) throws IOException {
        String text = new String(script, StandardCharsets.ISO_8859_1);
        boolean python = text.startsWith("#!python");
        byte[] content = python
                ? ("#!" + PreparedEnvironment.INSIDE + "/bin/python"
                                + text.substring(text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n')))
                        .getBytes(StandardCharsets.ISO_8859_1)
                : script;
        Path file = bin.resolve(name).normalize();
        if (bin.equals(file.getParent())) {
            write(file, content);
            open(file);
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        Path folder = file.startsWith(site) ? site : bin;
        for (Path part : folder.relativize(file)) {
            if (!folder.resolve(part).equals(file)) {
                folder = Files.createDirectories(folder.resolve(part));
                open(folder);
            }
        }
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}

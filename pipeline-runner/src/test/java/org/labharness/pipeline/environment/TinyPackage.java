package org.labharness.pipeline.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes Python packages of a few lines: wheels and source distributions. */
final class TinyPackage {
    private TinyPackage() {}

    /** A wheel for every Python, with one module of its name that holds {@code VERSION}. */
    static byte[] wheel(String name, String version, List<String> requires) {
        return wheel(name, version, requires, Map.of(module(name) + "/__init__.py", "VERSION = '" + version + "'\n"));
    }

    static byte[] wheel(String name, String version, List<String> requires, Map<String, String> files) {
        String info = module(name) + "-" + version + ".dist-info/";
        Map<String, String> all = new TreeMap<>(files);
        all.put(info + "METADATA", metadata(name, version, requires));
        all.put(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        all.put(info + "RECORD", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String wheelName(String name, String version) {
        return module(name) + "-" + version + "-py3-none-any.whl";
    }

    /** A source distribution with these files, as a compressed tar archive. */
    static byte[] sdist(String name, String version, Map<String, String> files) {
        String root = name + "-" + version + "/";
        Map<String, String> all = new TreeMap<>(files);
        all.put("PKG-INFO", "Metadata-Version: 1.0\nName: " + name + "\nVersion: " + version + "\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (Map.Entry<String, String> file : all.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                gzip.write(tarHeader(root + file.getKey(), content.length));
                gzip.write(content);
                gzip.write(new byte[(512 - content.length % 512) % 512]);
            }
            gzip.write(new byte[1024]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The name as files carry it. */
    static String module(String name) {
        return name.replace('-', '_');
    }

    private static String metadata(String name, String version, List<String> requires) {
        StringBuilder text = new StringBuilder("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
        requires.forEach(line -> text.append("Requires-Dist: ").append(line).append('\n'));
        return text.toString();
    }

    /** POSIX ustar: name at 0, mode at 100, size at 124, checksum at 148, magic at 257. */
    private static byte[] tarHeader(String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", size));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte one : header) {
            sum += one;
        }
        put(header, 148, String.format("%06o", sum) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}

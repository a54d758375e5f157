package org.labharness.pipeline.collect.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What a file holds that was packed once: gzip, zlib (as joblib writes), the entries of a zip archive (as NumPy, Excel and PyTorch write). */
final class Unpacked {
    private Unpacked() {}

    /**
     * The contents; none where the file is not packed, or is broken.
     *
     * @param most bytes of all contents together; what is more, or broken, is left out
     */
    static List<byte[]> of(byte[] file, int most) {
        List<byte[]> contents = new ArrayList<>();
        try {
            if (starts(file, 0x1f, 0x8b)) {
                contents.add(read(new GZIPInputStream(new ByteArrayInputStream(file)), most));
            } else if (starts(file, 'P', 'K', 3, 4)) {
                entries(file, most, contents);
            } else if (starts(file, 0x78) && file.length > 1 && ((file[0] << 8) + (file[1] & 0xff)) % 31 == 0) {
                contents.add(read(new InflaterInputStream(new ByteArrayInputStream(file)), most));
            }
        } catch (IOException broken) {
            // What was read so far is looked at.
        }
        return contents;
    }

    private static void entries(byte[] file, int most, List<byte[]> contents) throws IOException {
        int left = most;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null && left > 0; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(left);
                left -= content.length;
                contents.add(content);
            }
        }
    }

    private static byte[] read(InputStream packed, int most) throws IOException {
        try (packed) {
            return packed.readNBytes(most);
        }
    }

    private static boolean starts(byte[] file, int... letters) {
        for (int at = 0; at < letters.length; at++) {
            if (file.length <= at || (file[at] & 0xff) != letters[at]) {
                return false;
            }
        }
        return true;
    }
}

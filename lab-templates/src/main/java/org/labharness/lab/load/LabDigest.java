package org.labharness.lab.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeSet;
import org.labharness.lab.Check;
import org.labharness.lab.CustomCheck;
import org.labharness.lab.HiddenData;
import org.labharness.lab.LabInput;
import org.labharness.lab.Sha256;
import org.labharness.lab.SuiteFiles;

/** What identifies a lab's contents. */
final class LabDigest {
    private LabDigest() {}

    /** SHA-256 (hex) over {@code lab.yaml}, each input with its target, the hidden data, and whatever else the checks read of the lab. */
    static String of(Path folder, List<LabInput> inputs, List<HiddenData> hidden, List<Check> checks)
            throws IOException {
        MessageDigest digest = Sha256.begin();
        add(digest, LabLoader.FILE, folder.resolve(LabLoader.FILE));
        for (LabInput input : inputs) {
            add(digest, input.target(), folder.resolve(input.source()));
        }
        for (HiddenData data : hidden) {
            add(digest, data.source().path(), folder.resolve(data.source().path()));
        }
        for (String file : new TreeSet<>(checks.stream()
                .flatMap(check -> check.spec().labFiles().stream())
                .toList())) {
            add(digest, file, folder.resolve(file));
        }
        for (Check check : checks) {
            if (check.spec() instanceof CustomCheck.Custom custom) {
                for (Path file : SuiteFiles.of(folder, custom.file())) {
                    add(digest, folder.relativize(file).toString(), file);
                }
            }
        }
        return Sha256.hex(digest);
    }

    static void add(MessageDigest digest, String name, Path file) throws IOException {
        digest.update((name + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** Whether {@code source} is a plain file that really lies in the folder, links resolved. */
    static boolean isInside(Path folder, String source) {
        Path file = folder.resolve(source);
        try {
            return Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}

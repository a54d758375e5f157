package org.labharness.pipeline.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.Opened;
import org.labharness.pipeline.document.TreeReader;

/**
 * A committed file that Git LFS keeps elsewhere (pointer format of the Git LFS specification, version 1).
 *
 * @param oid SHA-256 of the content, in hexadecimal
 */
record LfsPointer(String path, String oid, long size) {
    private static final int LONGEST = 1024;
    private static final Pattern OID = Pattern.compile("(?m)^oid sha256:([0-9a-f]{64})$");
    private static final Pattern SIZE = Pattern.compile("(?m)^size ([0-9]{1,15})$");

    static Optional<LfsPointer> read(TreeReader tree, String path) {
        if (!(tree.open(path, LONGEST) instanceof Opened.Content content)) {
            return Optional.empty();
        }
        String text = new String(content.bytes(), StandardCharsets.UTF_8);
        Matcher oid = OID.matcher(text);
        Matcher size = SIZE.matcher(text);
        return oid.find() && size.find()
                ? Optional.of(new LfsPointer(path, oid.group(1), Long.parseLong(size.group(1))))
                : Optional.empty();
    }
}

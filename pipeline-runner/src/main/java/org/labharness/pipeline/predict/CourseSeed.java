package org.labharness.pipeline.predict;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * The secret of a course that decides its hidden rows, and which rows of a challenge are public. It lies in the state folder, made at
 * first use, readable by its owner alone; whoever copies the folder copies the course.
 */
public final class CourseSeed {
    private static final String FILE = "course-seed";
    private static final int BYTES = 32;

    private final byte[] secret;

    private CourseSeed(byte[] secret) {
        this.secret = secret;
    }

    /** That of a state folder. */
    public static CourseSeed of(Path home) {
        Path file = home.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                make(home, file);
            }
            return new CourseSeed(HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IOException | IllegalArgumentException e) {
            throw new SystemBroke(
                    Breakdown.INTERNAL,
                    "the secret of the course in " + file + " cannot be read: " + e
                            + "; restore it, or remove it to get another one (and other hidden rows)",
                    e);
        }
    }

    /** Written elsewhere first and linked into place: nobody reads half of it, and of two processes both take the first one's. */
    private static void make(Path home, Path file) throws IOException {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        Path part = Files.createTempFile(
                home,
                FILE,
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(part, HexFormat.of().formatHex(fresh) + "\n");
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException faster) {
            // Another process made one at the same time: that one counts.
        } finally {
            Files.delete(part);
        }
    }

    /** A number from 0 to 2^63 - 1 for one purpose, that tells nothing of the secret nor of the numbers for others. */
    public long number(String purpose) {
        return new BigInteger(1, mac(purpose)).longValue() & Long.MAX_VALUE;
    }

    /** Names a number without telling it. */
    String name(String purpose) {
        return HexFormat.of().formatHex(mac("name of " + purpose), 0, 8);
    }

    private byte[] mac(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}

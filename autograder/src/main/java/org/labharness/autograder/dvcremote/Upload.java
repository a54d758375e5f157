package org.labharness.autograder.dvcremote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.labharness.lab.Memory;

/** One content on its way into a remote: in a file of its own until it is whole and what its name says. */
final class Upload implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final ContentName name;
    private final Path target;
    private final Path file;
    private final Usage usage;
    private final DvcLimits limits;
    private final MessageDigest sum = md5();
    private final MessageDigest unixSum = md5();
    private boolean endedInReturn;
    private long taken;
    private boolean kept;

    Upload(ContentName name, Path target, Path incoming, Usage usage, DvcLimits limits) throws IOException {
        this.name = name;
        this.target = target;
        this.usage = usage;
        this.limits = limits;
        this.file = Files.createTempFile(incoming, "upload-", "");
    }

    /** Why it is not kept, with the status that says so. */
    record Refusal(int status, String sentence) {}

    private static final Refusal NO_PLACE =
            new Refusal(507, "The server has no place for it now. Tell your teacher, and run dvc push again later.");

    /** Reads it to its end and keeps it, unless something speaks against it. */
    Optional<Refusal> read(InputStream in, long deadline) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            int count;
            while ((count = in.read(chunk)) >= 0) {
                Optional<Refusal> refusal = more(count, deadline);
                if (refusal.isPresent()) {
                    return refusal;
                }
                sum.update(chunk, 0, count);
                unix(chunk, count);
                try {
                    out.write(chunk, 0, count);
                } catch (IOException full) {
                    return Optional.of(NO_PLACE);
                }
            }
        }
        return keep();
    }

    private Optional<Refusal> more(int count, long deadline) {
        long most = name.list() ? FolderList.LARGEST : limits.file().bytes();
        if (taken + count > most) {
            return Optional.of(
                    new Refusal(413, "A file may have " + new Memory(most) + " at most, this one has more."));
        }
        if (!usage.take(count)) {
            return Optional.of(new Refusal(
                    507,
                    "Your remote may hold " + limits.total() + " at most, and this file would be more. Ask your"
                            + " teacher for more, or track less."));
        }
        taken += count;
        return System.nanoTime() > deadline
                ? Optional.of(new Refusal(
                        408, "The upload took longer than " + limits.time().toMinutes() + " minutes."))
                : Optional.empty();
    }

    /** The sum of DVC 2: of text with Unix line endings. */
    private void unix(byte[] chunk, int count) {
        if (!name.old()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (endedInReturn && chunk[i] != '\n') {
                unixSum.update((byte) '\r');
            }
            endedInReturn = chunk[i] == '\r';
            if (!endedInReturn) {
                unixSum.update(chunk[i]);
            }
        }
    }

    private Optional<Refusal> keep() throws IOException {
        String seen = HexFormat.of().formatHex(sum.digest());
        if (endedInReturn) {
            unixSum.update((byte) '\r');
        }
        boolean right = seen.equals(name.md5())
                || (name.old() && HexFormat.of().formatHex(unixSum.digest()).equals(name.md5()));
        if (!right) {
            return Optional.of(new Refusal(
                    422,
                    "The content is not what its name says: expected the MD5 sum " + name.md5() + ", seen " + seen
                            + " in " + taken + " bytes. Run dvc push again; if it says so again, dvc commit first."));
        }
        Optional<String> wrong = name.list() ? FolderList.complaint(file) : Optional.empty();
        if (wrong.isPresent()) {
            return Optional.of(new Refusal(422, "The list of a folder cannot be kept: " + wrong.get() + "."));
        }
        Files.createDirectories(target.getParent());
        synchronized (usage) { // Two of the same content would both see that it is not there yet, and both count.
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(file, target);
                kept = true;
            }
        }
        return Optional.empty();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            usage.giveBack(taken);
            Files.deleteIfExists(file);
        }
    }
}

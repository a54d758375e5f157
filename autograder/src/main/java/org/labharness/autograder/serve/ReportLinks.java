package org.labharness.autograder.serve;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.autograder.gitserver.Links;
import org.labharness.autograder.ledger.Owner;
import org.labharness.lab.LabId;
import org.labharness.lab.course.CourseId;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;

/**
 * Addresses of this server. That of a report says which submission it is about and until when it is good, and is signed (HMAC-SHA256)
 * with a key of this installation: nobody makes one up.
 */
final class ReportLinks implements Links {
    private static final Duration GOOD = Duration.ofDays(180);
    private static final int KEY_BYTES = 32;
    private static final String KEY_FILE = "link-key";
    /** Whether it is of staff, submission, last second, signature. */
    private static final Pattern FORM = Pattern.compile("(s?)([1-9][0-9]{0,17})-([0-9]{1,12})-([A-Za-z0-9_-]{43})");

    private final Supplier<URI> base;
    private final byte[] key;
    private final InstantSource clock;

    /** @param base by which people reach the server, known when it listens */
    ReportLinks(Supplier<URI> base, byte[] key, InstantSource clock) {
        this.base = base;
        this.key = key.clone();
        this.clock = clock;
    }

    /** The key of an installation; made where there is none yet, by one of those who need it at the same time. */
    static synchronized byte[] key(Path home) {
        Path file = home.resolve(KEY_FILE);
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock lock = channel.lock()) {
            if (lock.isValid() && channel.size() == 0) {
                byte[] fresh = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(fresh);
                channel.write(ByteBuffer.wrap(fresh), 0);
                channel.force(true);
            }
            byte[] key = Channels.newInputStream(channel.position(0)).readNBytes(KEY_BYTES + 1);
            if (key.length != KEY_BYTES) {
                throw new SystemBroke(
                        Breakdown.INTERNAL,
                        "The key of report links " + file + " has " + channel.size() + " bytes, not " + KEY_BYTES
                                + ". Delete it: another is made, and links that were given out are good no more.");
            }
            return key;
        } catch (IOException problem) {
            throw new SystemBroke(
                    Breakdown.DISK_FULL, "The key of report links " + file + " cannot be made or read.", problem);
        }
    }

    @Override
    public String repository(CourseId course, Owner owner, LabId lab) {
        String who = URLEncoder.encode(owner.id(), StandardCharsets.UTF_8).replace("+", "%20");
        return base.get() + "/git/" + course + "/" + who + "/" + lab + ".git";
    }

    @Override
    public String server() {
        return base.get().toString();
    }

    @Override
    public String report(long submission) {
        return link(new Linked(submission, false));
    }

    /** The same for staff, who see what counts also before it is released. */
    String staffReport(long submission) {
        return link(new Linked(submission, true));
    }

    private String link(Linked linked) {
        long until = clock.instant().plus(GOOD).getEpochSecond();
        return base.get() + "/reports/" + (linked.staff() ? "s" : "") + linked.submission() + "-" + until + "-"
                + signature(linked, until);
    }

    /** What an address leads to: a submission, as staff or as its submitter sees it. */
    record Linked(long submission, boolean staff) {}

    /** What an address leads to, where it is signed and still good. */
    Optional<Linked> linked(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Linked linked = new Linked(Long.parseLong(form.group(2)), !form.group(1).isEmpty());
        long until = Long.parseLong(form.group(3));
        boolean signed = MessageDigest.isEqual(
                signature(linked, until).getBytes(StandardCharsets.US_ASCII),
                form.group(4).getBytes(StandardCharsets.US_ASCII));
        return signed && clock.instant().isBefore(Instant.ofEpochSecond(until))
                ? Optional.of(linked)
                : Optional.empty();
    }

    private String signature(Linked linked, long until) {
        return Signature.of((linked.staff() ? "staff report " : "report ") + linked.submission() + " " + until, key);
    }
}

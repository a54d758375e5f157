package org.labharness.autograder.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.lab.Sha256;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.EvidenceFile;

class ArchiveTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    @TempDir
    Path home;

    private Instant now = NOON;
    private Archive archive;

    @BeforeEach
    void open() {
        archive = new Archive(home, () -> now);
    }

    private String bundle(String content) {
        try (ThrowawayFolder scratch = archive.scratch()) {
            return archive.keepBundle(Files.writeString(scratch.path().resolve("b"), content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void evidenceComesBackAndIsSmallerOnDisk() throws IOException {
        Evidence evidence = SampleEvidence.with(as -> as).build();

        String digest = archive.keep(evidence);

        assertThat(digest).isEqualTo(EvidenceFile.digest(evidence));
        assertThat(archive.evidence(digest)).isEqualTo(evidence);
        assertThat(archive.holds(Kind.EVIDENCE, digest)).isTrue();
        assertThat(Files.size(archive.verified(Kind.EVIDENCE, digest)))
                .isLessThan(EvidenceFile.canonical(evidence).length / 2);
    }

    @Test
    void theSameIsKeptOnceAndGrowsYoungAgain() {
        String digest = bundle("work");
        now = NOON.plus(Duration.ofDays(3));

        assertThat(bundle("work")).isEqualTo(digest);

        assertThat(archive.list()).containsExactly(new Kept(Kind.BUNDLE, digest, 4, now));
    }

    @Test
    void nobodyElseOfThisMachineEnters() throws IOException {
        bundle("work");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsDamagedIsNamedAndNeverGiven() throws IOException {
        String digest = archive.keep(SampleEvidence.with(as -> as).build());
        Path file = archive.file(Kind.EVIDENCE, digest);
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 1;
        byte[] other = packed("{}");
        for (byte[] bad :
                List.of(flipped, other, new byte[0], "no gzip".getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            Files.write(file, bad);
            assertThatThrownBy(() -> archive.evidence(digest))
                    .isInstanceOf(SystemBroke.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("is damaged");
            assertThatThrownBy(() -> archive.verified(Kind.EVIDENCE, digest)).isInstanceOf(SystemBroke.class);
        }
    }

    private byte[] packed(String text) throws IOException {
        Path file = home.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void whatUnpacksToTooMuchIsNotReadOn() throws IOException {
        String digest = archive.keep(SampleEvidence.with(as -> as).build());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive.file(Kind.EVIDENCE, digest)))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(() -> archive.evidence(digest)).hasMessageContaining("unpacks to more than");
    }

    @Test
    void whatComesFromElsewhereIsTakenOnlyUnderItsOwnDigest() throws IOException {
        String digest = HexFormat.of()
                .formatHex(Sha256.begin().digest("work".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try (ThrowawayFolder scratch = archive.scratch()) {
            Path file = scratch.path().resolve("f");
            Files.writeString(file, "other");
            assertThat(archive.take(Kind.BUNDLE, digest, file)).isFalse();
            assertThat(archive.list()).isEmpty();
            Files.writeString(file, "work");
            assertThat(archive.take(Kind.BUNDLE, digest, file)).isTrue();
        }
        assertThat(archive.verified(Kind.BUNDLE, digest)).hasContent("work");
        assertThatThrownBy(() -> archive.holds(Kind.BUNDLE, "../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyAtOnceKeepTheSame() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                all.add(threads.submit(() -> bundle("work")));
            }
            for (Future<String> one : all) {
                assertThat(archive.holds(Kind.BUNDLE, one.get())).isTrue();
            }
        }
        assertThat(archive.list()).hasSize(1);
        assertThat(archive.folder().resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void onlyWhatIsOldAndNotNeededGoes() {
        String needed = bundle("needed");
        String old = bundle("old");
        now = NOON.plus(Duration.ofDays(50));
        String young = bundle("young");

        Removal removal = Removal.of(archive.list(), Set.of(needed), NOON.plus(Duration.ofDays(10)));

        assertThat(removal.needed()).extracting(Kept::digest).containsExactly(needed);
        assertThat(removal.young()).extracting(Kept::digest).containsExactly(young);
        assertThat(removal.old()).extracting(Kept::digest).containsExactly(old);
        assertThat(Removal.bytes(removal.old())).isEqualTo(3);
        removal.apply(archive, now);
        assertThat(archive.list()).extracting(Kept::digest).containsExactlyInAnyOrder(needed, young);
    }

    @Test
    void whatSomebodyKeepsAgainMeanwhileStays() {
        String old = bundle("old");
        Removal removal = Removal.of(archive.list(), Set.of(), NOON.plus(Duration.ofDays(10)));
        now = NOON.plus(Duration.ofDays(50));
        bundle("old");

        removal.apply(archive, now);

        assertThat(archive.verified(Kind.BUNDLE, old)).hasContent("old");
        removal.apply(archive, now);
        assertThat(archive.list()).hasSize(1);
    }

    @Test
    void whatKilledProgramsLeftHalfMadeGoesAfterADay() throws IOException {
        ThrowawayFolder left = archive.scratch();
        Files.writeString(left.path().resolve("half"), "x");
        Removal none = new Removal(List.of(), List.of(), List.of());

        none.apply(archive, Instant.now());
        assertThat(left.path()).isDirectory();
        none.apply(archive, Instant.now().plus(Duration.ofDays(2)));
        assertThat(left.path()).doesNotExist();
        left.close();
    }

    @Test
    void aStoreThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        Archive none = new Archive(file, () -> NOON);
        assertThatThrownBy(() -> none.keep(SampleEvidence.with(as -> as).build()))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("The store " + file + "/store cannot be written");
    }
}

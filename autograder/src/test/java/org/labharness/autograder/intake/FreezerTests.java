package org.labharness.autograder.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kind;
import org.labharness.autograder.intake.Freezer.Thawed;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.roster.StudentId;
import org.labharness.lab.LabId;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.ThrowawayFolder;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.checkout.RepositoryBuilder;

class FreezerTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    private static final LabId LAB = LabId.parse("dvc-pipeline");
    private static final Owner ADA = new Owner.OfStudent(StudentId.parse("s01"));

    @TempDir
    Path folder;

    private Archive archive;
    private Freezer freezer;
    private Path repository;

    @BeforeEach
    void handIn() {
        archive = new Archive(folder.resolve("home"), () -> NOON);
        freezer = new Freezer(archive, Map.of("HOME", folder.toString()), () -> NOON);
        repository = folder.resolve("Ada's work");
        try (RepositoryBuilder builder = RepositoryBuilder.create(repository)) {
            builder.write("train.py", "print(1)\n").commit("one", NOON);
            builder.tag("v1").write("train.py", "print(2)\n").experiment("trial", "tried", NOON);
        }
    }

    private CheckedOut checkOut(String name, Source source) {
        return new Checkout(Map.of("HOME", folder.toString()), InstantSource.system())
                .into(folder.resolve(name), source, CheckoutLimits.DEFAULT);
    }

    /** A year each time that it is looked at. */
    @Test
    void aClockThatIsSetMeanwhileMakesNoRepositoryTooLarge() {
        AtomicInteger looks = new AtomicInteger();
        Freezer jumping = new Freezer(
                archive,
                Map.of("HOME", folder.toString()),
                () -> NOON.plus(Duration.ofDays(365L * looks.getAndIncrement())));

        SubmissionFact fact = jumping.freeze(LAB, ADA, new Source(repository.toString(), null));

        assertThat(fact.received()).isEqualTo(NOON);
    }

    @Test
    void whatWasHandedInIsRunAgainWhenTheRepositoryIsGone() throws IOException {
        CheckedOut before = checkOut("before", new Source(repository.toString(), null));

        SubmissionFact fact = freezer.freeze(LAB, ADA, new Source(repository.toString(), null));
        ThrowawayFolder.delete(repository);

        String bundle = Objects.requireNonNull(fact.bundle());
        assertThat(fact)
                .isEqualTo(new SubmissionFact(
                        LAB,
                        ADA,
                        repository.toString(),
                        "main",
                        before.submission().commit(),
                        before.submission().refsDigest(),
                        NOON,
                        bundle));
        try (Thawed thawed = freezer.thaw(fact, bundle)) {
            assertThat(thawed.source().shown()).isEqualTo(repository.toString());
            assertThat(thawed.source().name()).isEqualTo("Ada's work");
            assertThat(checkOut("after", thawed.source()).submission()).isEqualTo(before.submission());
        }
        assertThat(archive.folder().resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void theSameRepositoryIsKeptOnce() {
        SubmissionFact first = freezer.freeze(LAB, ADA, new Source(repository.toString(), null));
        SubmissionFact again = freezer.freeze(LAB, ADA, new Source(repository.toString(), "v1"));

        assertThat(again.ref()).isEqualTo("v1");
        assertThat(again.bundle()).isEqualTo(first.bundle());
        assertThat(archive.list()).hasSize(1);
    }

    @Test
    void nothingIsKeptOfWhatIsRefused() {
        assertThatThrownBy(() -> freezer.freeze(LAB, ADA, new Source(repository.toString(), "mian")))
                .isInstanceOf(SubmissionRefused.class);

        assertThat(archive.list()).isEmpty();
        assertThat(archive.folder().resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void aDamagedOrMissingCopyIsNamedAndLeavesNothing() throws IOException {
        SubmissionFact fact = freezer.freeze(LAB, ADA, new Source(repository.toString(), null));
        String digest = Objects.requireNonNull(fact.bundle());
        Path file = archive.verified(Kind.BUNDLE, digest);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> freezer.thaw(fact, digest))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is damaged");

        Files.delete(file);
        assertThatThrownBy(() -> freezer.thaw(fact, digest))
                .isInstanceOf(SystemBroke.class)
                .hasMessageContaining("is not there any more");
        assertThat(archive.folder().resolve("incoming")).isEmptyDirectory();
    }
}

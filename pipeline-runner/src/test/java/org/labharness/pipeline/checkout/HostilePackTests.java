package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;

/** Packs that a Git program would never write, sent by a server: the usual Git unpacks them, as far as its memory goes. */
class HostilePackTests {
    private static final long MIB = 1 << 20;

    @TempDir
    Path scratch;

    private GitOverHttp git;
    private final HostilePack pack = new HostilePack();

    @BeforeEach
    void start() throws IOException {
        Path origin = scratch.resolve("origin");
        RepositoryBuilder.create(origin).close();
        git = GitOverHttp.start(origin, null);
    }

    @AfterEach
    void stop() {
        git.close();
    }

    /** What comes of it where nothing is counted. */
    private long usual() throws IOException, InterruptedException {
        return new UsualGit(scratch).unpacked(pack.toBytes());
    }

    private String refusal(Memory blob, Memory inflated) {
        git.sends(pack.toBytes());
        CheckoutLimits all = CheckoutLimits.DEFAULT;
        CheckoutLimits limits = new CheckoutLimits(
                all.pack(), 100, blob, inflated, all.tree(), all.files(), all.refs(), Duration.ofMinutes(2));
        SubmissionRefused refused = Assertions.catchThrowableOfType(
                SubmissionRefused.class,
                () -> new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                        .into(scratch.resolve("clone"), new Source(git.url("127.0.0.1"), null), limits));
        assertThat(refused.code()).isEqualTo(Refusal.TOO_LARGE);
        return String.valueOf(refused.getMessage());
    }

    @Test
    void a_file_that_claims_terabytes_is_refused_before_any_of_it_is_unpacked() throws Exception {
        pack.blob(10L << 40, new byte[10]);
        assertThat(usual()).isEqualTo(-1);
        assertThat(refusal(Memory.parse("100MiB"), Memory.parse("4GiB")))
                .isEqualTo(
                        "The repository is too large: one file is larger than the limit (10TiB), the limit is 100MiB."
                                + " Keep data, models and environments out of Git (track data with DVC), also in its history.");
    }

    @Test
    void zeros_that_are_packed_small_are_counted_unpacked() throws Exception {
        for (int i = 0; i < 5; i++) {
            byte[] zeros = new byte[(int) (10 * MIB)];
            zeros[0] = (byte) i;
            pack.blob(10 * MIB, zeros);
        }
        assertThat(pack.toBytes().length).isLessThan(100_000);
        assertThat(usual()).isEqualTo(50 * MIB);
        assertThat(refusal(Memory.parse("16MiB"), Memory.parse("32MiB")))
                .startsWith("The repository is too large: what Git stores, unpacked, is more than 32")
                .contains("the limit is 32MiB");
    }

    @Test
    void a_change_that_claims_terabytes_is_refused() throws Exception {
        int base = pack.blob(1000, new byte[1000]);
        pack.copies(base, 1000, 1L << 34, 1000);
        assertThat(usual()).isEqualTo(-1);
        assertThat(refusal(Memory.parse("100MiB"), Memory.parse("4GiB")))
                .startsWith("The repository is too large: one file is larger than the limit");
    }

    @Test
    void changes_that_multiply_their_base_are_counted_unpacked() throws Exception {
        int base = pack.blob(60_000, new byte[60_000]);
        for (int i = 0; i < 20; i++) {
            pack.copies(base, 60_000, 6_000_000 + i, 6_000_000 + i);
        }
        assertThat(pack.toBytes().length).isLessThan(20_000);
        assertThat(usual()).isGreaterThan(20 * 6_000_000);
        assertThat(refusal(Memory.parse("16MiB"), Memory.parse("64MiB")))
                .startsWith("The repository is too large: what Git stores, unpacked, is more than");
    }

    @Test
    void a_tree_of_changes_that_would_take_all_memory_is_refused_and_the_process_goes_on() throws Exception {
        int base = pack.blob(60_000, new byte[60_000]);
        int size = (int) (40 * MIB);
        int level = pack.copies(base, 60_000, size, size);
        for (int depth = 0; depth < 8; depth++) {
            pack.copies(level, size, size - 1 - depth, size - 1 - depth); // keeps the level above open
            level = pack.copies(level, size, size, size);
        }
        assertThat(pack.toBytes().length).isLessThan(100_000);
        assertThat(usual()).isGreaterThan(8 * 40 * MIB);
        git.sends(pack.toBytes());
        assertThat(CheckoutProcess.run(scratch, git.url("127.0.0.1")))
                .startsWith("The repository is too large: what Git stores as changes to large files is more than can be"
                        + " unpacked at once, the limit is ")
                .doesNotContain("OutOfMemoryError");
    }
}

package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

class CapsTests {
    @TempDir
    File directory;

    private RuntimeException full(Memory limit) {
        CheckoutLimits limits = new CheckoutLimits(limit, 1, limit, limit, limit, 1, 1, Duration.ofSeconds(1));
        return new Caps(limits, InstantSource.system(), "work")
                .unwritable(directory, new IOException("No space left on device"));
    }

    @Test
    void a_full_disk_that_is_smaller_than_the_limits_means_too_large_a_repository() {
        assertThat(full(new Memory(Long.MAX_VALUE / 4)))
                .isInstanceOf(SubmissionRefused.class)
                .hasMessageContaining("too large: the clone is larger than a submission's disk");
    }

    @Test
    void a_name_that_no_file_system_takes_is_theirs_and_no_full_disk() {
        Caps caps = new Caps(CheckoutLimits.DEFAULT, InstantSource.system(), "work");
        assertThat(caps.unwritable(directory, new IOException("/work/nnn: File name too long")))
                .isInstanceOfSatisfying(
                        SubmissionRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Refusal.UNSAFE_CONTENT))
                .hasMessageContaining("longer than the 255 bytes that file systems take. Rename it");
    }

    @Test
    void any_other_full_disk_is_the_systems_matter() {
        assertThat(full(new Memory(1))).isInstanceOf(SystemBroke.class).hasMessageContaining("No space left");
    }
}

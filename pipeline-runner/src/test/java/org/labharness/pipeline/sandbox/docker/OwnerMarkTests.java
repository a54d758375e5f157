package org.labharness.pipeline.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerMarkTests {
    @TempDir
    Path folder;

    private boolean deadAfterWriting(String mark) throws IOException {
        Files.writeString(folder.resolve("owner"), mark);
        return OwnerMark.ownerIsDead(folder);
    }

    @Test
    void a_living_owner_is_not_dead() throws IOException {
        OwnerMark.of(ProcessHandle.current().pid()).write(folder);
        assertThat(OwnerMark.ownerIsDead(folder)).isFalse();
    }

    @Test
    void an_owner_whose_process_id_was_given_to_another_is_dead() throws IOException {
        String[] own = OwnerMark.of(ProcessHandle.current().pid()).text().split(" ", -1);
        assertThat(deadAfterWriting(own[0] + " " + (Long.parseLong(own[1]) - 1) + " " + own[2]))
                .isTrue();
        assertThat(deadAfterWriting(own[0] + " " + own[1] + " of-another-boot")).isTrue();
    }

    @Test
    void an_owner_whose_process_is_gone_is_dead() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        OwnerMark.of(process.pid()).write(folder);
        assertThat(OwnerMark.ownerIsDead(folder)).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(OwnerMark.ownerIsDead(folder)).isTrue();
    }

    @Test
    void a_folder_without_a_mark_or_with_another_text_is_left_alone() throws IOException {
        assertThat(OwnerMark.ownerIsDead(folder)).isFalse();
        assertThat(deadAfterWriting("notes of somebody")).isFalse();
        assertThat(deadAfterWriting("")).isFalse();
    }
}

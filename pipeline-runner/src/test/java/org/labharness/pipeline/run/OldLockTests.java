package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldLockTests {
    @TempDir
    private Path tree;

    /** DVC 3.67 reads the result; it refuses what was there. */
    @Test
    void recordsOfDvc1GetTheNamesThatStandAroundThemSinceDvc2() throws IOException {
        Path lock = Files.writeString(tree.resolve("dvc.lock"), """
                train:
                  cmd: python train.py
                  deps:
                  - path: train.py
                    md5: 00112233445566778899aabbccddeeff
                """);

        assertThat(OldLock.renew(tree, "dvc.lock")).isTrue();
        assertThat(lock).hasContent("""
                schema: '2.0'
                stages:
                  train:
                    cmd: python train.py
                    deps:
                    - path: train.py
                      md5: 00112233445566778899aabbccddeeff
                """);
        assertThat(OldLock.renew(tree, "dvc.lock")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "schema: '2.0'\nstages:\n  a:\n    cmd: x\n", "stages: {}\n", "a: 1\n", "[1, 2]\n", "a: [\n"
            })
    void anythingElseStaysAsItIs(String text) throws IOException {
        Path lock = Files.writeString(tree.resolve("dvc.lock"), text);

        assertThat(OldLock.renew(tree, "dvc.lock")).isFalse();
        assertThat(Files.readString(lock)).isEqualTo(text);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path other = Files.writeString(tree.resolve("other"), "a:\n  cmd: x\n");
        Files.createSymbolicLink(tree.resolve("dvc.lock"), other);

        assertThat(OldLock.renew(tree, "dvc.lock")).isFalse();
        assertThat(OldLock.renew(tree, "gone/dvc.lock")).isFalse();
    }
}

package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;

class DamagedRepositoryTests {
    private static final String CONTENT = "one file of the commit";

    @TempDir
    private Path scratch;

    private Path withoutOneObject() throws IOException {
        Path origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a.txt", CONTENT).commit("one", Instant.parse("2026-03-02T10:00:00Z"));
        }
        String id = new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_BLOB, CONTENT.getBytes(StandardCharsets.UTF_8))
                .name();
        Path git = Files.isDirectory(origin.resolve(".git")) ? origin.resolve(".git") : origin;
        Files.delete(git.resolve("objects").resolve(id.substring(0, 2)).resolve(id.substring(2)));
        return origin;
    }

    /** As the mirror of a partial clone lacks them. */
    @Test
    void isRefusedInWordsWithoutATrace() throws IOException {
        Path origin = withoutOneObject();
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            SubmissionRefused refused = catchThrowableOfType(
                    SubmissionRefused.class,
                    () -> new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                            .into(
                                    scratch.resolve("clone"),
                                    new Source(origin.toString(), null),
                                    CheckoutLimits.DEFAULT));

            assertThat(refused.code()).isEqualTo(Refusal.UNSAFE_CONTENT);
            assertThat(refused).hasMessageContaining("is damaged").hasMessageContaining("git fsck --full");
        } finally {
            System.setErr(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}

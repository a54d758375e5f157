package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    private Path whole() {
        Path origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a.txt", CONTENT).commit("one", Instant.parse("2026-03-02T10:00:00Z"));
        }
        return origin;
    }

    private void everybodySays(Path origin, String sentence) {
        Map<String, String> environment = Map.of("HOME", scratch.toString());
        Source source = new Source(origin.toString(), null);
        Checkout checkout = new Checkout(environment, InstantSource.system());
        Bundles bundles = new Bundles(environment, InstantSource.system());
        RepositoryReach reach = new RepositoryReach(environment, InstantSource.system());
        for (ThrowingCallable way : List.<ThrowingCallable>of(
                () -> checkout.into(scratch.resolve("clone"), source, CheckoutLimits.DEFAULT),
                () -> checkout.forReading(scratch.resolve("read"), source, CheckoutLimits.DEFAULT, path -> false),
                () -> bundles.freeze(source, scratch.resolve("frozen"), scratch.resolve("b"), CheckoutLimits.DEFAULT),
                () -> reach.references(origin.toString(), Duration.ofSeconds(20)))) {
            assertThatThrownBy(way).isInstanceOf(SubmissionRefused.class).hasMessage(sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main\n", "ref: main\n"})
    void a_head_that_git_does_not_take_for_one_is_told_whoever_reads(String head) throws IOException {
        Path origin = whole();
        Files.writeString(origin.resolve(".git/HEAD"), head);
        everybodySays(
                origin,
                "The repository '" + origin
                        + "' is damaged: its .git/HEAD names neither a branch nor a commit, so that Git"
                        + " reads nothing of it. Write into it the branch that is meant: echo 'ref: refs/heads/main' >"
                        + " .git/HEAD, then try git log.");
    }

    @Test
    void a_repository_that_lost_its_empty_folders_is_told_whoever_reads() throws Exception {
        Path origin = whole();
        UsualGit.in(origin, "pack-refs --all");
        try (Stream<Path> all = Files.walk(origin.resolve(".git/refs"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        everybodySays(
                origin,
                "The repository '" + origin
                        + "' is damaged: it has no folder .git/refs, so that Git reads nothing of it."
                        + " Make it: mkdir .git/refs, then try git log.");
    }
}

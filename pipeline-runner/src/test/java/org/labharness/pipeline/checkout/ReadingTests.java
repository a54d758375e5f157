package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;

/** Clones that are only read. */
class ReadingTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private Path origin;

    @BeforeEach
    void make_a_repository() {
        origin = scratch.resolve("origin");
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a.txt", "one")
                    .write("venv/site-packages/b.py", "two")
                    .commit("One", MONDAY);
            builder.tag("v1").branch("dev").write("c.txt", "three").commit("Two", MONDAY.plusSeconds(60));
            builder.onto("main");
        }
    }

    private CheckedOut read(String ref) {
        return checkout()
                .forReading(
                        scratch.resolve("read-" + ref),
                        new Source(origin.toString(), ref),
                        CheckoutLimits.DEFAULT,
                        path -> path.contains("site-packages"));
    }

    private Checkout checkout() {
        return new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system());
    }

    @Test
    void what_is_left_is_counted_and_not_written() {
        CheckedOut out = read("main");
        assertThat(out.directory().resolve("a.txt")).hasContent("one");
        assertThat(out.directory().resolve("venv")).doesNotExist();
        CheckedOut whole = checkout()
                .into(scratch.resolve("whole"), new Source(origin.toString(), "main"), CheckoutLimits.DEFAULT);
        assertThat(out.tree()).isEqualTo(whole.tree());
        assertThat(out.submission()).isEqualTo(whole.submission());
        assertThat(out.branches()).isEqualTo(whole.branches());
        assertThat(out.tags()).isEqualTo(whole.tags());
        assertThat(out.defaultBranch()).isEqualTo(whole.defaultBranch());
    }

    @Test
    void every_ref_and_the_history_can_be_read_and_no_object_is_copied() throws IOException {
        CheckedOut out = read("dev");
        assertThat(out.directory().resolve("c.txt")).hasContent("three");
        try (History history = History.of(out.directory())) {
            assertThat(history.otherBranches()).extracting(History.Branch::name).containsExactly("main");
        }
        try (var objects = Files.walk(out.directory().resolve(".git/objects"))) {
            assertThat(objects.filter(Files::isRegularFile).map(file -> String.valueOf(file.getFileName())))
                    .containsExactly("alternates");
        }
        assertThat(read("v1").submission().commit())
                .isEqualTo(read("main").submission().commit());
    }

    @Test
    void limits_count_what_is_left_too() {
        CheckoutLimits all = CheckoutLimits.DEFAULT;
        CheckoutLimits small = new CheckoutLimits(
                all.pack(),
                all.objects(),
                all.blob(),
                all.inflated(),
                new Memory(4),
                all.files(),
                all.refs(),
                all.time());
        assertThatThrownBy(() -> checkout()
                        .forReading(
                                scratch.resolve("small"), new Source(origin.toString(), "main"), small, path -> true))
                .isInstanceOf(SubmissionRefused.class)
                .hasMessageContaining("the files of the commit together");
    }
}

package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.History.Branch;
import org.labharness.pipeline.checkout.History.Change;

class HistoryTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private static Predicate<byte[]> is(String text) {
        return bytes -> new String(bytes, StandardCharsets.UTF_8).equals(text);
    }

    @Test
    void the_commit_that_changed_a_file_is_named() {
        String changed;
        try (RepositoryBuilder builder = RepositoryBuilder.create(scratch)) {
            builder.write("a", "1").commit("One", MONDAY);
            builder.write("b", "x").commit("Other", MONDAY.plusSeconds(1));
            changed = builder.write("a", "2").commit("Two", MONDAY.plusSeconds(2));
            builder.write("b", "y").commit("Other again", MONDAY.plusSeconds(3));
            builder.write("a", "3").commit("Three", MONDAY.plusSeconds(4));
        }
        try (History history = History.of(scratch)) {
            assertThat(history.since("a", is("1"))).contains(new Change(changed.substring(0, 10), "Two"));
            assertThat(history.since("a", is("3"))).as("it is so now").isEmpty();
            assertThat(history.since("a", is("7"))).as("it never was").isEmpty();
            assertThat(history.since("c", is("1"))).isEmpty();
        }
    }

    @Test
    void other_branches_are_counted_from_the_graded_commit() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(scratch)) {
            builder.write("a", "1").commit("One", MONDAY);
            builder.branch("same").branch("dev").write("a", "2").commit("Two", MONDAY.plusSeconds(60));
            builder.write("a", "3").commit("Three", MONDAY.plusSeconds(120));
            builder.onto("main");
        }
        try (History history = History.of(scratch)) {
            assertThat(history.otherBranches()).containsExactly(new Branch("dev", 2, true, true));
            assertThat(history.has("dev", "a")).isTrue();
            assertThat(history.has("dev", "b")).isFalse();
            assertThat(history.has("nowhere", "a")).isFalse();
        }
    }
}

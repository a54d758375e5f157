package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.document.Opened.Absent;
import org.labharness.pipeline.document.Opened.Refused;
import org.labharness.pipeline.document.TreeReader.FoundFile;

class TreeReaderTests {
    @TempDir
    Path scratch;

    private Path root;
    private TreeReader tree;

    @BeforeEach
    void grow() throws IOException {
        root = Files.createDirectories(scratch.resolve("root"));
        tree = new TreeReader(root);
        Files.writeString(scratch.resolve("secret"), "of another");
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/c.txt"), "hello");
    }

    private static String reason(Opened opened) {
        return opened instanceof Refused refused ? refused.reason() : opened.toString();
    }

    @Test
    void a_file_is_read_up_to_its_cap() {
        assertThat(tree.open("a/b/c.txt", 5).content()).get().isEqualTo(new byte[] {'h', 'e', 'l', 'l', 'o'});
        assertThat(reason(tree.open("a/b/c.txt", 4))).isEqualTo("a/b/c.txt has 5 bytes, more than the 4 that are read");
        assertThat(tree.open("a/b/nothing", 10)).isEqualTo(new Absent());
        assertThat(tree.open("a/b/c.txt/d", 10)).isEqualTo(new Absent());
        assertThat(reason(tree.open("a/b", 10))).isEqualTo("a/b is a folder, not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../secret", "", "a//b", "./a", "a\0b"})
    void paths_that_lead_out_are_refused(String path) {
        assertThat(tree.open(path, 100)).isInstanceOf(Refused.class);
        assertThat(tree.exists(path)).isFalse();
    }

    @Test
    void links_are_followed_in_no_part_of_a_path() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), scratch.resolve("secret"));
        Files.createSymbolicLink(root.resolve("folder"), scratch);
        assertThat(reason(tree.open("file", 100))).isEqualTo("file is a symbolic link, not a file");
        assertThat(reason(tree.open("folder/secret", 100))).contains("folder is a symbolic link");
        assertThat(tree.isFile("folder/secret")).isFalse();
        assertThat(tree.isDirectory("folder")).isFalse();
        assertThat(tree.list("folder", 100, Set.of()).files()).isEmpty();
        assertThat(tree.list("", 100, Set.of()).files()).containsExactly(new FoundFile("a/b/c.txt", 5));
    }

    /** A reader that knows of the links {@code folder -> a/b} and {@code a/file -> ../folder/c.txt}. */
    private TreeReader linked() {
        return new TreeReader(
                root,
                TreeLinks.of(
                        Map.of("folder", Optional.of("a/b"), "a/file", Optional.of("../folder/c.txt")),
                        new TreeSet<>(Set.of("a/b/c.txt", "folder", "a/file"))));
    }

    private static void readsThroughLinks(TreeReader linked) {
        assertThat(linked.followed("a/file")).isEqualTo("a/b/c.txt");
        assertThat(linked.text("a/file", 100).orElseThrow().content()).isEqualTo("hello");
        assertThat(linked.text("folder/c.txt", 100).orElseThrow().content()).isEqualTo("hello");
        assertThat(linked.isDirectory("folder")).isTrue();
        assertThat(linked.exists("folder/nothing")).isFalse();
        assertThat(linked.list("folder", 100, Set.of()).files()).containsExactly(new FoundFile("folder/c.txt", 5));
        assertThat(linked.list("", 100, Set.of()).files())
                .containsExactly(new FoundFile("a/b/c.txt", 5), new FoundFile("a/file", 5));
    }

    @Test
    void committed_links_are_followed_whether_they_lie_there_as_text_or_as_links() throws IOException {
        Files.writeString(root.resolve("folder"), "a/b");
        Files.writeString(root.resolve("a/file"), "../folder/c.txt");
        readsThroughLinks(linked());
        Files.delete(root.resolve("folder"));
        Files.delete(root.resolve("a/file"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of("a/b"));
        Files.createSymbolicLink(root.resolve("a/file"), Path.of("../folder/c.txt"));
        readsThroughLinks(linked());
    }

    @Test
    void a_link_that_was_turned_elsewhere_still_leads_where_the_commit_says() throws IOException {
        Files.createSymbolicLink(root.resolve("folder"), scratch);
        Files.createSymbolicLink(root.resolve("a/file"), scratch.resolve("secret"));
        assertThat(linked().open("folder/secret", 100)).isEqualTo(new Absent());
        assertThat(linked().text("a/file", 100).orElseThrow().content()).isEqualTo("hello");
        Files.delete(root.resolve("a/b/c.txt"));
        Files.createSymbolicLink(root.resolve("a/b/c.txt"), scratch.resolve("secret"));
        assertThat(reason(linked().open("a/file", 100))).isEqualTo("a/file is a symbolic link, not a file");
    }

    @Test
    void what_took_the_place_of_a_committed_link_is_read_itself() throws IOException {
        Files.writeString(root.resolve("a/file"), "written by a stage");
        Files.createDirectories(root.resolve("folder"));
        Files.writeString(root.resolve("folder/c.txt"), "another");
        assertThat(linked().text("a/file", 100).orElseThrow().content()).isEqualTo("written by a stage");
        assertThat(linked().text("folder/c.txt", 100).orElseThrow().content()).isEqualTo("another");
    }

    @Test
    void a_pipe_is_never_opened() throws Exception {
        Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        Opened opened = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> tree.open("pipe", 100));
        assertThat(reason(opened)).isEqualTo("pipe is a pipe, socket or device, not a file");
        assertThat(tree.list("", 100, Set.of()).files()).hasSize(1);
    }

    @Test
    void a_listing_is_sorted_capped_and_leaves_Git_out() throws IOException {
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), "");
        Files.createDirectories(root.resolve("skipped"));
        Files.writeString(root.resolve("skipped/x"), "");
        Files.writeString(root.resolve("z"), "1");
        assertThat(tree.list("", 100, Set.of("skipped")).files())
                .containsExactly(new FoundFile("a/b/c.txt", 5), new FoundFile("z", 1));
        assertThat(tree.list("", 2, Set.of()).complete()).isFalse();
        assertThat(tree.list("absent", 2, Set.of()).complete()).isTrue();
    }

    @Test
    void names_that_would_fill_the_memory_end_the_listing() throws IOException {
        Path deep = root;
        for (int i = 0; i < 14; i++) {
            deep = deep.resolve("d".repeat(250));
        }
        Files.createDirectories(deep);
        for (int i = 0; i < 8_000; i++) {
            Files.createFile(deep.resolve("" + i));
        }
        assertThat(tree.list("", 300_000, Set.of()).complete()).isFalse();
    }

    @Test
    void a_very_deep_tree_ends_the_walk_and_not_the_program() throws IOException {
        Path deep = root;
        for (int i = 0; i < 150; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("f"), "");
        assertThat(tree.list("", 1_000, Set.of()).complete()).isFalse();
    }
}

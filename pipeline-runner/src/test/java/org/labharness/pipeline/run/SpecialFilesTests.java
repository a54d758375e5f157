package org.labharness.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecialFilesTests {
    @TempDir
    Path scratch;

    private Path tree;

    @BeforeEach
    void grow() throws IOException {
        tree = Files.createDirectories(scratch.resolve("tree"));
        Files.createDirectories(tree.resolve("src/lib"));
        Files.writeString(tree.resolve("src/lib/a.txt"), "a");
    }

    private Optional<String> first(String path) {
        return new SpecialFiles(tree).first(List.of(path));
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(tree.resolve(path), Path.of(target));
    }

    @Test
    void links_in_the_tree_are_no_special_files() throws IOException {
        link("code", "src");
        link("a.txt", "code/lib/a.txt");
        link("inside.txt", "/work/src/../code/lib/a.txt");
        link("src/nowhere", "not-there");
        assertThat(first("code")).isEmpty();
        assertThat(first("a.txt")).isEmpty();
        assertThat(first("inside.txt")).isEmpty();
        assertThat(first("code/lib/a.txt")).isEmpty();
        assertThat(first("code/new/output.txt")).isEmpty();
        assertThat(first("src")).isEmpty();
    }

    @Test
    void links_that_lead_out_are_named() throws IOException {
        link("passwords", "/etc/passwd");
        link("up", "..");
        link("circle", "circle");
        link("round", "up/tree/src/lib/a.txt");
        assertThat(first("passwords"))
                .contains("'passwords' is a link to '/etc/passwd', which is no file of the repository");
        assertThat(first("circle")).contains("'circle' is a link to 'circle', which is no file of the repository");
        assertThat(first("round")).isPresent();
        assertThat(first("up/other")).contains("'up/other' is reached through a link that leads out of the repository");
    }

    @Test
    void a_pipe_behind_a_link_to_a_folder_is_named() throws Exception {
        link("code", "src");
        assertThat(new ProcessBuilder("mkfifo", tree.resolve("src/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(first("code"))
                .contains("'src/pipe' is neither a file nor a folder but a named pipe, a socket or a" + " device");
        assertThat(first("code/pipe")).isPresent();
    }
}

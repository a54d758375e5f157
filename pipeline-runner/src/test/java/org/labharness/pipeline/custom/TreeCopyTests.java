package org.labharness.pipeline.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.ThrowawayFolder;

class TreeCopyTests {
    @TempDir
    Path folder;

    Path work;
    Path copy;

    @BeforeEach
    void makeFolders() throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        copy = Files.createDirectories(folder.resolve("copy"));
        Files.createDirectories(work.resolve(".git/hooks"));
        Files.createDirectories(work.resolve("src"));
        Files.writeString(work.resolve("src/train.py"), "print()\n");
        Files.writeString(work.resolve("report.md"), "# Report\n");
    }

    private List<String> copied() throws IOException {
        try (Stream<Path> all = Files.walk(copy)) {
            return all.filter(path -> !path.equals(copy))
                    .map(path -> copy.relativize(path).toString())
                    .toList();
        }
    }

    @Test
    void has_the_plain_files_and_not_gits() throws IOException {
        TreeCopy made = TreeCopy.make(work, copy);

        assertThat(copied()).containsExactlyInAnyOrder("src", "src/train.py", "report.md");
        assertThat(copy.resolve("report.md")).hasContent("# Report\n");
        assertThat(made.leftOut()).isEmpty();
    }

    @Test
    void leaves_out_what_would_hold_up_or_mislead_a_reader() throws Exception {
        Files.createSymbolicLink(work.resolve("passwd"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(work.resolve("config"), Path.of(".git/hooks"));
        Files.createSymbolicLink(work.resolve("circle"), Path.of("circle"));
        new ProcessBuilder("mkfifo", work.resolve("pipe").toString()).start().waitFor();

        TreeCopy made = TreeCopy.make(work, copy);

        assertThat(made.leftOut()).containsExactly("circle", "config", "passwd", "pipe");
        assertThat(copied()).containsExactlyInAnyOrder("src", "src/train.py", "report.md");
    }

    @Test
    void follows_links_that_stay_inside() throws IOException {
        Files.createSymbolicLink(work.resolve("src/readme.md"), Path.of("../report.md"));
        Files.createSymbolicLink(work.resolve("absolute.md"), work.resolve("report.md"));
        Files.createSymbolicLink(work.resolve("src/again"), work.resolve("src"));

        TreeCopy made = TreeCopy.make(work, copy);

        assertThat(made.leftOut()).isEmpty();
        assertThat(Files.isRegularFile(copy.resolve("src/readme.md"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(copy.resolve("absolute.md")).hasContent("# Report\n");
        assertThat(copy.resolve("src/again").toRealPath())
                .isEqualTo(copy.resolve("src").toRealPath());
    }

    @Test
    void leaves_no_trace_when_it_is_removed() throws IOException {
        Files.createSymbolicLink(work.resolve("src/again"), work.resolve("src"));
        TreeCopy.make(work, copy);
        assertThat(Files.getAttribute(work.resolve("report.md"), "unix:nlink")).isEqualTo(2);

        ThrowawayFolder.delete(copy);

        assertThat(copy).doesNotExist();
        assertThat(Files.getAttribute(work.resolve("report.md"), "unix:nlink")).isEqualTo(1);
        assertThat(work.resolve("src/train.py")).exists();
    }

    @Test
    void lets_its_owner_read_what_a_stage_has_closed() throws IOException {
        Files.setPosixFilePermissions(work.resolve("report.md"), PosixFilePermissions.fromString("---------"));

        TreeCopy.make(work, copy);

        assertThat(Files.getPosixFilePermissions(copy.resolve("report.md")))
                .isEqualTo(PosixFilePermissions.fromString("r--------"));
    }
}

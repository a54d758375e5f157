package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseEditsTests {
    @TempDir
    Path folder;

    @Test
    void anEditIsToldOnceWithWhatToDoAndSoIsItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("course.yaml"), "due: 2026-10-01");
        CourseEdits edits = new CourseEdits(List.of(file));
        assertThat(edits.look()).isEmpty();

        Files.writeString(file, "due: 2026-10-02");
        assertThat(edits.look())
                .singleElement()
                .asString()
                .startsWith(file + " was edited, and the server goes on by what it read at its start: deadlines,")
                .contains("Start the server anew");
        assertThat(edits.look()).isEmpty();

        Files.delete(file);
        assertThat(edits.look()).as("while an editor writes it").isEmpty();
        Files.writeString(file, "due: 2026-10-01");
        assertThat(edits.look()).containsExactly(file + " is again as the server has read it.");
    }
}

package org.labharness.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTests {
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path folder;

    private void file(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), HEADING + String.join("\n", lines) + "\n");
    }

    @Test
    void onlyThoseThatListenCount() throws IOException {
        file(
                "tcp",
                "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  2000        0 1 1",
                "   1: 0100007F:1F41 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  2000        0 2 1");

        assertThat(new Listeners(folder).ports()).containsOnlyKeys(8000).containsEntry(8000, "127.0.0.1");
    }

    @Test
    void thoseOfTheNewerFamilyAloneAreReachedThere() throws IOException {
        file("tcp", "   0: 00000000:1F41 00000000:0000 0A 0 0 0");
        file(
                "tcp6",
                "   0: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A 0 0 0",
                "   1: 00000000000000000000000000000000:1F41 00000000000000000000000000000000:0000 0A 0 0 0",
                "   2: 0000000000000000FFFF00000100007F:1F42 00000000000000000000000000000000:0000 0A 0 0 0");

        assertThat(new Listeners(folder).ports())
                .containsEntry(8000, "[::1]")
                .containsEntry(8001, "127.0.0.1")
                .containsEntry(8002, "127.0.0.1")
                .hasSize(3);
    }

    @Test
    void aKernelWithoutTheFilesHasNobody() {
        assertThat(new Listeners(folder).ports()).isEmpty();
    }
}

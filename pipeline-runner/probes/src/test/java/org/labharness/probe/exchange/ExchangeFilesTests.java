package org.labharness.probe.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeFilesTests {
    private static final byte[] BODY = "{\"a\": \"ä\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static List<Seen> everything() {
        return List.of(
                new Seen.Listening(List.of(8000, 9000)),
                new Seen.Ready(8000, 120),
                new Seen.NotReady(503),
                new Seen.Reply(1, 2, 200, 5_000_000_000L, "application/json", BODY, true, Seen.Failure.NONE),
                new Seen.Reply(1, 3, 0, 7, "", new byte[0], true, Seen.Failure.TIMEOUT),
                new Seen.Heard("POST", "/predict", "application/json", BODY),
                new Seen.Done());
    }

    private Path written() throws IOException {
        Path file = folder.resolve("seen");
        try (SeenFile seen = new SeenFile(file)) {
            for (Seen one : everything()) {
                seen.add(one);
            }
        }
        return file;
    }

    @Test
    void aScriptIsReadAsItWasWritten() throws IOException {
        Request request = new Request("POST", "/predict?x=1", Map.of("Accept", "*/*"), BODY, 500, 64);
        Script script = new Script(
                new Script.StandIn(5000, "text/plain", BODY, 10),
                new Script.Wait(8000, "/health", 900, List.of(27180), List.of(request)),
                List.of(new Script.Batch(List.of(request), 3, 250), new Script.Batch(List.of(), 1, 0)));
        Path file = folder.resolve("script");

        ScriptFile.write(file, script);

        assertThat(ScriptFile.read(file)).usingRecursiveComparison().isEqualTo(script);
    }

    @Test
    void aScriptMayStandInAndWaitForNobody() throws IOException {
        Path file = folder.resolve("script");
        Script script = new Script(null, null, List.of());

        ScriptFile.write(file, script);

        assertThat(ScriptFile.read(file)).isEqualTo(script);
    }

    @Test
    void whatWasSeenIsReadAsItWasWritten() throws IOException {
        assertThat(SeenFile.read(written(), 1 << 20)).usingRecursiveComparison().isEqualTo(everything());
    }

    /** A prober may be ended at any moment. */
    @Test
    void whereverTheFileBreaksOffWhatStandsBeforeIsRead() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        int last = 0;
        for (int length = 0; length <= whole.length; length++) {
            Path part = Files.write(folder.resolve("part"), Arrays.copyOf(whole, length));
            int read = SeenFile.read(part, 1 << 20).size();
            assertThat(read).isGreaterThanOrEqualTo(last);
            last = read;
        }
        assertThat(last).isEqualTo(everything().size());
    }

    @Test
    void filesThatAreTooLargeOrNoneOfThisKindAreRefused() throws IOException {
        Path file = written();
        assertThatThrownBy(() -> SeenFile.read(file, 10)).isInstanceOf(IOException.class);
        Path noise = Files.write(
                folder.resolve("noise"),
                new byte[] {4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 127, 127, 127, 1, 1});
        assertThatThrownBy(() -> SeenFile.read(noise, 1 << 20)).isInstanceOf(IOException.class);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> SeenFile.read(link, 1 << 20)).isInstanceOf(IOException.class);
    }
}

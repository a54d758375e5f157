package org.labharness.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Memory;
import org.labharness.pipeline.collect.dvc.Fate;
import org.labharness.pipeline.collect.dvc.OwnRemote;
import org.labharness.pipeline.collect.dvc.WantedContent;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.DataFacts.Presence;

class OwnContentsTests {
    private static final String ONE = "f97c5d29941bfb1b2fdab0874906ab82";
    private static final String LIST = "0123456789abcdef0123456789abcdef.dir";

    @TempDir
    Path folder;

    private void keep(String name, String content) throws IOException {
        Path file =
                folder.resolve("kept/files/md5").resolve(name.substring(0, 2)).resolve(name.substring(2));
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private OwnContents contents(long bytes, WantedContent... wanted) {
        return OwnContents.of(new DataFetch.Order(
                new TreeReader(folder),
                List.of(wanted),
                List.of(),
                Optional.empty(),
                new FetchLimits(
                        new Memory(bytes), 10, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                Optional.of(new OwnRemote(folder.resolve("kept"), "/dvc/c/s/l", "https://lab/dvc/c/s/l"))));
    }

    private static WantedContent wanted(String path, String md5) {
        return new WantedContent(path, md5, List.of(), "");
    }

    @Test
    void whatIsHereIsCopiedAndOthersAreAskedForTheRest() throws IOException {
        keep(ONE, "one");
        keep(LIST, "[{\"md5\": \"" + ONE + "\", \"relpath\": \"1\"}]");

        OwnContents contents =
                contents(1_000, wanted("a", ONE), wanted("b", LIST), wanted("c", "ffffffffffffffffffffffffffffffff"));
        Map<String, Fate> fates = contents.copy(folder.resolve("fetched"));

        assertThat(contents.others()).extracting(WantedContent::path).containsExactly("c");
        assertThat(fates)
                .containsOnlyKeys("a", "b")
                .containsValue(new Fate(
                        Presence.FETCHED, "fetched from the course's own remote for this lab (https://lab/dvc/c/s/l)"));
        assertThat(folder.resolve("fetched/files/md5/f9/7c5d29941bfb1b2fdab0874906ab82"))
                .hasContent("one");
        assertThat(folder.resolve("kept/files/md5/f9/7c5d29941bfb1b2fdab0874906ab82"))
                .hasContent("one");
    }

    @Test
    void moreThanTheSubmissionsDiskIsNotCopied() throws IOException {
        keep(ONE, "one");

        assertThat(contents(2, wanted("a", ONE)).copy(folder.resolve("fetched")).get("a"))
                .isEqualTo(new Fate(
                        Presence.REMOTE_UNREACHABLE,
                        "it is too large: 3B of at most 2B are fetched from the course's own remote for this lab"
                                + " (https://lab/dvc/c/s/l)"));
        assertThat(folder.resolve("fetched")).doesNotExist();
    }

    @Test
    void namesThatAreNoSumsLeadNowhere() {
        OwnRemote own = new OwnRemote(folder, "/dvc/c/s/l", "x");

        for (String name : List.of("", "../../etc/passwd", "F97C5D29941BFB1B2FDAB0874906AB82", ONE + ".dir.dir")) {
            assertThat(own.place(name)).isEmpty();
        }
    }
}

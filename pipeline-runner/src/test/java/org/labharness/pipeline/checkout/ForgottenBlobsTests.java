package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenBlobsTests {
    private static final Instant TIME = Instant.parse("2026-09-15T12:00:00Z");

    @TempDir
    Path folder;

    private final List<Path> owned = new ArrayList<>();

    private static String id(String text) {
        return new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8))
                .name();
    }

    private static String text(Git git, String id) throws Exception {
        return new String(git.getRepository().open(ObjectId.fromString(id)).getBytes(), StandardCharsets.UTF_8);
    }

    /** Texts that are kept as changes of each other. */
    private static String version(int number) {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(2_000, 0, 1_000_000).forEach(one -> text.append(one).append('\n'));
        return text.append(number).toString();
    }

    @Test
    void one_content_goes_and_all_else_stays() throws Exception {
        String head;
        try (RepositoryBuilder repository = RepositoryBuilder.create(folder)) {
            for (int i = 0; i < 5; i++) {
                repository.write("model.json", version(i)).commit("Version " + i, TIME);
            }
            head = repository.delete("model.json").write("a.txt", "a\n").commit("Hide", TIME);
        }
        try (Git git = Git.open(folder.toFile())) {
            git.gc().call();
        }
        String gone = id(version(2));

        assertThat(ForgottenBlobs.take(folder, Set.of(gone, id("never there")), owned::add))
                .containsExactly(gone);

        try (Git git = Git.open(folder.toFile())) {
            assertThat(git.log().call()).extracting(RevCommit::name).hasSize(6).startsWith(head);
            for (int i : new int[] {0, 1, 3, 4}) {
                assertThat(text(git, id(version(i)))).isEqualTo(version(i));
            }
            assertThat(Files.readAllBytes(loose(gone))).isNotEmpty();
        }
        try (Stream<Path> files = Files.walk(folder.resolve(".git/objects"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3).allMatch(owned::contains);
        }
    }

    private Path loose(String id) {
        return folder.resolve(".git/objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    @Test
    void nothing_is_written_where_git_has_none_of_it() throws Exception {
        try (RepositoryBuilder repository = RepositoryBuilder.create(folder)) {
            repository.write("a.txt", "a\n").commit("Begin", TIME);
        }
        byte[] before = Files.readAllBytes(loose(id("a\n")));

        assertThat(ForgottenBlobs.take(folder, Set.of(id("b\n")), owned::add)).isEmpty();

        assertThat(owned).isEmpty();
        assertThat(loose(id("a\n"))).hasBinaryContent(before);
    }

    @Test
    void a_link_in_the_place_of_gits_folder_is_left_alone() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (RepositoryBuilder repository = RepositoryBuilder.create(elsewhere)) {
            repository.write("a.txt", "a\n").commit("Begin", TIME);
        }
        Path clone = Files.createDirectory(folder.resolve("clone"));
        Files.createSymbolicLink(clone.resolve(".git"), elsewhere.resolve(".git"));

        assertThat(ForgottenBlobs.take(clone, Set.of(id("a\n")), owned::add)).isEmpty();
    }
}

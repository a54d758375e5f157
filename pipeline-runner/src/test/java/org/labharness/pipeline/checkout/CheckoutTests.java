package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.TreeFacts.Kind;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

class CheckoutTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private Path origin;

    @BeforeEach
    void place() {
        origin = scratch.resolve("origin");
    }

    private CheckedOut checkOut(@Nullable String ref) {
        return checkOut(ref, CheckoutLimits.DEFAULT);
    }

    private CheckedOut checkOut(@Nullable String ref, CheckoutLimits limits) {
        return new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(scratch.resolve("clone"), new Source(origin.toString(), ref), limits);
    }

    private SubmissionRefused refusal(@Nullable String ref, CheckoutLimits limits) {
        try {
            checkOut(ref, limits);
        } catch (SubmissionRefused e) {
            return e;
        }
        throw new AssertionError("nothing was refused");
    }

    private static CheckoutLimits small(Memory pack, int objects, Memory blob, Memory inflated, int files) {
        return new CheckoutLimits(
                pack, objects, blob, inflated, Memory.mebibytes(1024), files, 100, Duration.ofMinutes(1));
    }

    @Test
    void checks_out_what_HEAD_names_and_leaves_no_origin() throws IOException {
        String first;
        String second;
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin, "master")) {
            first = builder.write("a.txt", "one\r\ntwo\n").commit("first", MONDAY);
            second = builder.write("sub/run.sh", "#!/bin/sh\n")
                    .writeExecutable("sub/go", "x")
                    .commit("second", MONDAY);
        }
        CheckedOut out = checkOut(null);
        assertThat(out.submission().commit()).isEqualTo(second).isNotEqualTo(first);
        assertThat(out.submission().ref()).isEqualTo("master");
        assertThat(out.submission().commits()).isEqualTo(2);
        assertThat(out.submission().commitTime()).isEqualTo(MONDAY);
        assertThat(out.branches()).containsExactly("master");
        assertThat(out.defaultBranch()).isEqualTo("master");
        assertThat(out.tree().files())
                .containsExactly(
                        new TreeFile("a.txt", Kind.FILE, 9),
                        new TreeFile("sub/go", Kind.EXECUTABLE, 1),
                        new TreeFile("sub/run.sh", Kind.FILE, 10));
        assertThat(out.directory().resolve("a.txt")).hasContent("one\r\ntwo\n");
        assertThat(out.directory().resolve("sub/go")).isExecutable();
        assertThat(Files.readString(out.directory().resolve(".git/config")))
                .doesNotContain("remote", "origin")
                .contains("symlinks = false");
        assertThat(out.directory().resolve(".git/HEAD")).hasContent("ref: refs/heads/master\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "noted", "refs/tags/v1", "trial"})
    void a_tag_or_experiment_names_its_commit_though_the_branch_has_moved(String ref) {
        String tagged;
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            tagged = builder.write("a", "1").commit("one", MONDAY);
            builder.tag("v1").annotatedTag("noted", "words").ref("refs/exps/ab/cdef/trial");
            builder.write("a", "2").commit("two", MONDAY);
        }
        CheckedOut out = checkOut(ref);
        assertThat(out.submission().commit()).isEqualTo(tagged);
        assertThat(out.directory().resolve("a")).hasContent("1");
        assertThat(out.directory().resolve(".git/HEAD")).hasContent(tagged + "\n");
    }

    @Test
    void a_commit_may_be_named_by_its_first_digits() {
        String first;
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            first = builder.write("a", "1").commit("one", MONDAY);
            builder.write("a", "2").commit("two", MONDAY);
        }
        assertThat(checkOut(first.substring(0, 8)).submission().commit()).isEqualTo(first);
    }

    @Test
    void the_digest_covers_branches_tags_and_experiments() {
        String before;
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a", "1").commit("one", MONDAY);
            before = checkOut(null).submission().refsDigest();
            builder.ref("refs/exps/ab/cdef/trial");
        }
        CheckedOut after = new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(scratch.resolve("again"), new Source(origin.toString(), null), CheckoutLimits.DEFAULT);
        assertThat(after.submission().refsDigest()).hasSize(64).isNotEqualTo(before);
    }

    @Test
    void links_become_files_and_pointers_of_LFS_are_noticed() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.link("passwords", "/etc/passwd")
                    .write("model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n")
                    .commit("one", MONDAY);
        }
        CheckedOut out = checkOut(null);
        assertThat(out.tree().files()).extracting(TreeFile::kind).containsExactly(Kind.LFS_POINTER, Kind.SYMLINK);
        assertThat(Files.isSymbolicLink(out.directory().resolve("passwords"))).isFalse();
        assertThat(out.directory().resolve("passwords")).hasContent("/etc/passwd");
    }

    @Test
    void links_are_told_by_where_they_lead_and_none_is_made() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("src/a.py", "1")
                    .link("code", "src")
                    .link("out", "../elsewhere")
                    .link("git", ".git/config")
                    .commit("one", MONDAY);
        }
        CheckedOut out = checkOut(null);
        assertThat(out.links().followed()).containsOnlyKeys("code");
        assertThat(out.links().left()).containsOnlyKeys("git", "out");
        assertThat(out.directory().resolve("code")).isRegularFile().hasContent("src");
    }

    @Test
    void a_real_git_finds_the_clone_clean() throws Exception {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.link("l", "a").write("a", "1\r\n").writeExecutable("b", "2").commit("one", MONDAY);
        }
        CheckedOut out = checkOut(null);
        Process git = new ProcessBuilder("git", "-c", "safe.directory=*", "status", "--porcelain")
                .directory(out.directory().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void the_first_clone_in_a_fresh_home_does_not_measure_the_file_system() {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a", "1").commit("one", MONDAY);
        }
        long start = System.nanoTime();
        checkOut(null);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(scratch.resolve(".config")).doesNotExist();
    }

    @Nested
    class Refused {
        @Test
        void a_folder_that_is_not_there() {
            SubmissionRefused refused = refusal(null, CheckoutLimits.DEFAULT);
            assertThat(refused.code()).isEqualTo(Refusal.REPOSITORY_NOT_FOUND);
            assertThat(refused)
                    .hasMessage("There is no folder '" + origin
                            + "'. Check the spelling, or give the URL of the repository.");
        }

        @Test
        void a_folder_without_Git() throws IOException {
            Files.createDirectories(origin);
            assertThat(refusal(null, CheckoutLimits.DEFAULT))
                    .hasMessage("The folder '" + origin
                            + "' is empty. Put the work in it, then: git init, git add ., git commit.");
            Files.writeString(origin.resolve("train.py"), "");
            SubmissionRefused refused = refusal(null, CheckoutLimits.DEFAULT);
            assertThat(refused.code()).isEqualTo(Refusal.NOT_A_REPOSITORY);
            assertThat(refused)
                    .hasMessage("'" + origin + "' holds files but no Git repository (there is no .git in it)."
                            + " Make one with: git init, git add ., git commit.");
        }

        @Test
        void a_repository_without_commits() {
            RepositoryBuilder.create(origin).close();
            SubmissionRefused refused = refusal(null, CheckoutLimits.DEFAULT);
            assertThat(refused.code()).isEqualTo(Refusal.EMPTY_REPOSITORY);
            assertThat(refused)
                    .hasMessage("The repository '" + origin
                            + "' holds no commit yet. Commit and push the work, then try again.");
        }

        @Test
        void a_ref_that_is_not_there_naming_the_nearest() {
            try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
                builder.write("a", "1").commit("one", MONDAY);
                builder.tag("v1.0").tag("final-version").branch("develop");
            }
            SubmissionRefused refused = refusal("v1.1", CheckoutLimits.DEFAULT);
            assertThat(refused.code()).isEqualTo(Refusal.REF_NOT_FOUND);
            assertThat(refused)
                    .hasMessage("There is no branch, tag or commit 'v1.1' in the repository. Push it first"
                            + " (tags: git push --tags), or use one that is there: v1.0, main, develop.");
            assertThat(refusalAgain("0123456789012345678901234567890123456789"))
                    .startsWith("There is no commit '0123456789012345678901234567890123456789'");
        }

        private String refusalAgain(String ref) {
            try {
                new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                        .into(scratch.resolve("again"), new Source(origin.toString(), ref), CheckoutLimits.DEFAULT);
            } catch (SubmissionRefused e) {
                return String.valueOf(e.getMessage());
            }
            throw new AssertionError("nothing was refused");
        }

        @Test
        void a_repository_that_borrows_objects_or_includes_configuration() throws IOException {
            try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
                builder.write("a", "1").commit("one", MONDAY);
            }
            Path config = origin.resolve(".git/config");
            String before = Files.readString(config);
            Files.writeString(config, before + "[include]\n\tpath = /dev/zero\n");
            assertThat(refusal(null, CheckoutLimits.DEFAULT))
                    .hasMessageContaining("its .git/config includes other files");
            Files.writeString(config, before);
            Files.createDirectories(origin.resolve(".git/objects/info"));
            Files.writeString(origin.resolve(".git/objects/info/alternates"), "/elsewhere\n");
            SubmissionRefused refused = refusal(null, CheckoutLimits.DEFAULT);
            assertThat(refused.code()).isEqualTo(Refusal.UNSAFE_CONTENT);
            assertThat(refused).hasMessageContaining("borrows from another repository");
        }

        @Test
        void too_many_objects_bytes_or_files_with_the_value_seen() {
            try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
                builder.write("zeros", new byte[300_000])
                        .write("b", "1")
                        .write("c", "2")
                        .commit("one", MONDAY);
            }
            Memory much = Memory.mebibytes(10);
            assertThat(refusal(null, small(much, 3, much, much, 100)))
                    .hasMessageStartingWith(
                            "The repository is too large: the number of objects in Git is 5, the limit is 3.");
            reset();
            assertThat(refusal(null, small(Memory.parse("100B"), 100, much, much, 100)))
                    .hasMessageContaining("what Git sends is more than")
                    .hasMessageContaining("the limit is 100B");
            reset();
            assertThat(refusal(null, small(much, 100, Memory.parse("100KiB"), much, 100)))
                    .hasMessageContaining("one file is larger than the limit")
                    .hasMessageContaining("the limit is 100KiB");
            reset();
            assertThat(refusal(null, small(much, 100, much, Memory.parse("200KiB"), 100)))
                    .hasMessageContaining("what Git stores, unpacked, is more than");
            reset();
            assertThat(refusal(null, small(much, 100, much, much, 2)))
                    .hasMessageContaining("the number of files is more than 2, the limit is 2")
                    .asInstanceOf(InstanceOfAssertFactories.type(SubmissionRefused.class))
                    .extracting(SubmissionRefused::code)
                    .isEqualTo(Refusal.TOO_LARGE);
        }

        private void reset() {
            deleteTree(scratch.resolve("clone"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".git", ".GIT", "git~1", ".git ", "a/../../up"})
    void a_tree_with_a_name_that_leads_elsewhere_is_refused_and_nothing_escapes(String name) throws IOException {
        commitBelow(name);

        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> checkOut(null));
        assertThat(refused.code()).isEqualTo(Refusal.UNSAFE_CONTENT);
        assertThat(scratch.resolve("escaped")).doesNotExist();
        assertThat(scratch.resolve("clone/.git/escaped")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../../up", ".git"})
    void which_would_escape_from_whoever_writes_each_path_below_a_folder(String name) throws IOException {
        ObjectId id = commitBelow(name);
        Path naive = Files.createDirectory(scratch.resolve("naive"));
        try (Repository repository =
                        FileRepositoryBuilder.create(origin.resolve(".git").toFile());
                RevWalk commits = new RevWalk(repository);
                TreeWalk files = new TreeWalk(repository)) {
            files.addTree(commits.parseCommit(id).getTree());
            files.setRecursive(true);
            assertThat(files.next()).isTrue();
            Path file = naive.resolve(files.getPathString());
            Files.createDirectories(naive.resolve("a"));
            Files.createDirectories(file.getParent());
            Files.write(file, repository.open(files.getObjectId(0)).getBytes());
        }
        assertThat(List.of(scratch.resolve("escaped"), scratch.resolve("up/escaped"), naive.resolve(".git/escaped")))
                .anyMatch(Files::exists);
    }

    /** A commit of one file below a folder of any name. */
    private ObjectId commitBelow(String name) throws IOException {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a", "1").commit("one", MONDAY);
        }
        try (Repository repository =
                        FileRepositoryBuilder.create(origin.resolve(".git").toFile());
                ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter inner = new TreeFormatter();
            inner.append("escaped", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, new byte[] {'x'}));
            TreeFormatter outer = new TreeFormatter();
            byte[] raw = name.getBytes(StandardCharsets.UTF_8);
            outer.append(raw, 0, raw.length, FileMode.TREE, inserter.insert(inner), true);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(outer));
            commit.setAuthor(new PersonIdent("Student", "student@example.org", MONDAY, ZoneOffset.UTC));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("hostile");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef("refs/heads/main");
            update.setNewObjectId(id);
            assertThat(update.forceUpdate()).isEqualTo(RefUpdate.Result.FORCED);
            return id;
        }
    }

    @Test
    void a_shallow_clone_is_refused_with_the_command_that_mends_it() throws IOException {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            Files.writeString(
                    origin.resolve(".git/shallow"), builder.write("a", "1").commit("one", MONDAY) + "\n");
        }
        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> checkOut(null));
        assertThat(refused)
                .hasMessage("The repository '" + origin
                        + "' is a shallow clone, which lacks its history. Complete it with: git fetch --unshallow.");
    }

    /** Another student's objects, borrowed by links in the place of an alternates file. */
    @Test
    void whose_objects_are_links_to_those_of_another_repository_is_refused() throws IOException {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a", "1").commit("one", MONDAY);
        }
        Path theirs = scratch.resolve("theirs");
        Files.move(origin.resolve(".git/objects"), theirs);
        Path objects = Files.createDirectories(origin.resolve(".git/objects"));
        List<Path> folders;
        try (Stream<Path> all = Files.list(theirs)) {
            folders = all.toList();
        }
        for (Path folder : folders) {
            Files.createSymbolicLink(objects.resolve(folder.getFileName()), folder);
        }
        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> checkOut(null));
        assertThat(refused)
                .hasMessageMatching(
                        "The repository '.*' is not read: its \\.git/objects/\\S+ is a symbolic link\\. Clone it.*");
    }

    @Test
    void a_link_that_its_owner_made_is_followed_and_one_of_another_student_is_not() throws IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        Path theirs = scratch.resolve("theirs");
        try (RepositoryBuilder builder = RepositoryBuilder.create(theirs)) {
            builder.write("a", "1").commit("one", MONDAY);
        }
        Files.createSymbolicLink(origin, theirs);
        own(theirs, "daemon");
        own(origin, "daemon");
        assertThat(checkOut(null).tree().count()).isEqualTo(1);

        own(origin, "nobody");
        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> checkOut(null));
        assertThat(refused)
                .hasMessageContaining("it is a symbolic link that somebody else made than whose work it leads to");
    }

    private static void own(Path path, String user) throws IOException {
        Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    @Test
    void commits_named_by_sha_256_are_refused_with_what_to_do() throws Exception {
        Files.createDirectories(origin);
        UsualGit.in(origin, "init -q --object-format=sha256");
        UsualGit.in(origin, "commit -q --allow-empty -m one");
        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> checkOut(null));
        assertThat(refused.code()).isEqualTo(Refusal.UNSAFE_CONTENT);
        assertThat(refused)
                .hasMessage("The repository '" + origin
                        + "' names its commits by SHA-256, which cannot be read here. Put the work into a new one:"
                        + " git init --object-format=sha1, git add ., git commit.");
    }

    @Test
    void a_partial_clone_is_refused_with_what_to_do() throws IOException {
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            builder.write("a", "1").commit("one", MONDAY);
        }
        Files.writeString(
                origin.resolve(".git/config"),
                "[remote \"origin\"]\n\tpromisor = true\n\tpartialclonefilter = blob:none\n",
                StandardOpenOption.APPEND);
        SubmissionRefused refused = Assertions.catchThrowableOfType(SubmissionRefused.class, () -> checkOut(null));
        assertThat(refused)
                .hasMessage("The repository '" + origin
                        + "' is a partial clone, which leaves files out until somebody asks for them (git clone --filter)."
                        + " Clone it anew without --filter, or name its URL instead.");
    }

    @Test
    void an_unknown_host_breaks_the_system_and_not_the_work() {
        Checkout checkout = new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system());
        assertThatThrownBy(() -> checkout.into(
                        scratch.resolve("clone"),
                        new Source("https://user:secret@nowhere.invalid/team/work.git", null),
                        CheckoutLimits.DEFAULT))
                .isInstanceOf(SystemBroke.class)
                .hasMessageNotContaining("secret")
                .hasMessageContaining("nowhere.invalid/team/work.git")
                .extracting(e -> ((SystemBroke) e).code())
                .isEqualTo(Breakdown.NETWORK);
    }

    private static void deleteTree(Path folder) {
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
            assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

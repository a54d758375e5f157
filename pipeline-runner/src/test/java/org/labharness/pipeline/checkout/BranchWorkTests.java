package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand.FastForwardMode;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.evidence.HistoryFacts.Author;
import org.labharness.pipeline.evidence.HistoryFacts.Line;
import org.labharness.pipeline.evidence.HistoryFacts.Merge;
import org.labharness.pipeline.evidence.HistoryFacts.Work;

class BranchWorkTests {
    @TempDir
    Path folder;

    Git git;
    private int clock;

    @BeforeEach
    void begin() throws Exception {
        QuietSystem.install();
        git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
        commit("a", "1\n2\n3\n", "Begin");
    }

    @AfterEach
    void close() {
        git.close();
    }

    private RevCommit commit(String file, String text, String message) throws Exception {
        return commit(file, text, message, "Ada", "ada@example.org");
    }

    private RevCommit commit(String file, String text, String message, String name, String address) throws Exception {
        Files.writeString(folder.resolve(file), text);
        git.add().addFilepattern(file).call();
        PersonIdent ident = new PersonIdent(name, address, Instant.ofEpochSecond(1_000L * ++clock), ZoneOffset.UTC);
        return git.commit()
                .setMessage(message)
                .setAuthor(ident)
                .setCommitter(ident)
                .setSign(false)
                .call();
    }

    private void branch(String name) throws Exception {
        git.checkout().setCreateBranch(true).setName(name).call();
    }

    private void on(String name) throws Exception {
        git.checkout().setName(name).call();
    }

    private void merge(String name) throws Exception {
        git.merge()
                .include(git.getRepository().resolve(name))
                .setFastForward(FastForwardMode.NO_FF)
                .setMessage("Merge branch '" + name + "'")
                .call();
    }

    private Work work() {
        try (History history = History.of(folder)) {
            return history.work("main").orElseThrow();
        }
    }

    @Test
    void a_branch_that_was_merged_and_one_that_was_not_are_lines_of_work() throws Exception {
        branch("scaling");
        commit("b", "1\n", "Scale");
        commit("b", "2\n", "Scale better");
        on("main");
        commit("c", "1\n", "Meanwhile");
        merge("scaling");
        branch("api");
        commit("d", "1\n", "Serve");
        on("main");

        Work work = work();

        assertThat(work.lines()).containsExactly(new Line("scaling", 2, true), new Line("api", 1, false));
        assertThat(work.merges())
                .extracting(Merge::subject, Merge::commits)
                .containsExactly(tuple("Merge branch 'scaling'", 2));
        assertThat(work.merges().getFirst().conflicts()).isEmpty();
        assertThat(work.commits()).isEqualTo(5);
    }

    @Test
    void a_branch_that_is_gone_is_known_by_its_merge() throws Exception {
        branch("scaling");
        commit("b", "1\n", "Scale");
        on("main");
        merge("scaling");
        git.branchDelete().setBranchNames("scaling").setForce(true).call();

        assertThat(work().lines()).containsExactly(new Line("scaling", 1, true));
    }

    @Test
    void a_branch_without_a_commit_of_its_own_is_none() throws Exception {
        branch("scaling");
        commit("b", "1\n", "Scale");
        on("main");
        git.merge()
                .include(git.getRepository().resolve("scaling"))
                .setFastForward(FastForwardMode.FF_ONLY)
                .call();
        branch("copy-1");
        commit("c", "1\n", "One");
        branch("copy-2");
        on("main");

        Work work = work();

        assertThat(work.lines()).containsExactly(new Line("copy-1", 1, false));
        assertThat(work.straight()).containsExactly("scaling");
        assertThat(work.merges()).isEmpty();
    }

    @Test
    void a_pull_is_no_merge_of_a_branch() throws Exception {
        branch("theirs");
        commit("b", "1\n", "On another machine");
        on("main");
        commit("c", "1\n", "Here");
        git.merge()
                .include(git.getRepository().resolve("theirs"))
                .setMessage("Merge branch 'main' of git.example.org:team/work")
                .call();
        git.branchDelete().setBranchNames("theirs").setForce(true).call();

        assertThat(work().merges()).isEmpty();
        assertThat(work().lines()).isEmpty();
    }

    private void pull(String ours, String theirs, String message) throws Exception {
        on(ours);
        git.merge()
                .include(git.getRepository().resolve(theirs))
                .setFastForward(FastForwardMode.NO_FF)
                .setMessage(message)
                .call();
    }

    @Test
    void what_was_merged_before_a_pull_stays() throws Exception {
        branch("local");
        commit("c", "1\n", "Here");
        on("main");
        branch("scaling");
        commit("a", "1\nzwei\n3\n", "German");
        on("main");
        branch("api");
        commit("a", "1\ndeux\n3\n", "French");
        on("main");
        merge("scaling");
        merge("api");
        commit("a", "1\ndeux zwei\n3\n", "Merge branch 'api'");
        pull("local", "main", "Merge branch 'main' of https://git.example.org/team/work");
        set("refs/heads/main", git.getRepository().resolve("local"));
        git.branchDelete().setBranchNames("scaling", "api").setForce(true).call();

        Work work = work();

        assertThat(work.lines()).containsExactlyInAnyOrder(new Line("scaling", 1, true), new Line("api", 1, true));
        assertThat(work.merges()).extracting(Merge::conflicts).anyMatch(files -> files.contains("a"));
        assertThat(work.merges()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Merge branch 'main' of https://git.example.org/a-team/with-a-long-name/work",
                "Merge branch 'main' of git.example.org:team/work, conflicts resolved",
                "Now with what Grace did",
                "Resolve conflicts"
            })
    void what_was_merged_elsewhere_counts_whatever_the_message_of_the_pull(String message) throws Exception {
        branch("local");
        commit("c", "1\n", "Here");
        on("main");
        branch("scaling");
        commit("b", "1\n", "Scale");
        on("main");
        branch("api");
        commit("d", "1\n", "Serve");
        on("main");
        merge("scaling");
        pull("main", "api", "Merge pull request #3 from team/api");
        pull("local", "main", message);
        commit("c", "2\n", "Go on");
        set("refs/heads/main", git.getRepository().resolve("local"));
        on("main");
        git.branchDelete()
                .setBranchNames("local", "scaling", "api")
                .setForce(true)
                .call();

        Work work = work();

        assertThat(work.lines()).containsExactlyInAnyOrder(new Line("scaling", 1, true), new Line("api", 1, true));
        assertThat(work.merges()).hasSize(2);
        assertThat(work.commits()).isEqualTo(8);
    }

    @Test
    void what_cannot_be_told_from_a_branch_counts_as_one() throws Exception {
        branch("local");
        commit("c", "1\n", "Here");
        on("main");
        commit("b", "1\n", "There");
        pull("local", "main", "Both together");
        set("refs/heads/main", git.getRepository().resolve("local"));
        on("main");
        git.branchDelete().setBranchNames("local").setForce(true).call();

        assertThat(work().lines()).singleElement().satisfies(line -> {
            assertThat(line.commits()).isEqualTo(1);
            assertThat(line.merged()).isTrue();
        });
        assertThat(work().merges()).hasSize(1);
    }

    @Test
    void a_branch_that_took_main_in_with_a_message_of_its_own_is_still_one() throws Exception {
        branch("up");
        commit("b", "1\n", "Up");
        on("main");
        branch("scaling");
        commit("d", "1\n", "Scale");
        on("main");
        merge("scaling");
        pull("up", "main", "What is new");
        on("main");
        pull("main", "up", "All that is up");

        assertThat(work().lines()).containsExactlyInAnyOrder(new Line("scaling", 1, true), new Line("up", 2, true));
        assertThat(work().merges()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Merge pull request #7 from alice/main                                         | alice/main
            Merge branch 'main' into 'main'\\n\\nTwo things\\n\\nSee merge request team/work!7 | main !7
            """)
    void a_request_from_the_main_of_somebody_elses_copy_is_a_merged_line(String message, String name) throws Exception {
        branch("theirs");
        commit("b", "1\n", "In a copy");
        commit("b", "2\n", "In a copy again");
        on("main");
        commit("c", "1\n", "Here");
        pull("main", "theirs", message.replace("\\n", "\n"));
        git.branchDelete().setBranchNames("theirs").setForce(true).call();

        assertThat(work().lines()).containsExactly(new Line(name, 2, true));
        assertThat(work().merges()).extracting(Merge::commits).containsExactly(2);
    }

    @Test
    void a_branch_that_took_main_in_before_main_followed_it_is_one_line() throws Exception {
        branch("up");
        commit("b", "1\n", "Up");
        on("main");
        commit("c", "1\n", "Meanwhile");
        pull("up", "main", "Merge branch 'main' into up");
        commit("b", "2\n", "Up again");
        on("main");
        branch("scaling");
        commit("d", "1\n", "Scale");
        on("main");
        merge("scaling");
        pull("up", "main", "Merge branch 'main' into up");
        set("refs/heads/main", git.getRepository().resolve("up"));

        Work work = work();

        assertThat(work.lines()).containsExactlyInAnyOrder(new Line("scaling", 1, true), new Line("up", 2, true));
        assertThat(work.merges()).hasSize(2);
        assertThat(work.commits()).isEqualTo(8);
    }

    @Test
    void a_merge_of_several_branches_brings_each() throws Exception {
        ObjectId base = git.getRepository().resolve("main");
        branch("one");
        RevCommit one = commit("b", "1\n", "One");
        on("main");
        branch("two");
        RevCommit two = commit("c", "1\n", "Two");
        try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            CommitBuilder octopus = new CommitBuilder();
            octopus.setTreeId(two.getTree());
            octopus.setParentIds(base, one, two);
            octopus.setAuthor(new PersonIdent("x", "x@example.org", Instant.ofEpochSecond(9_000), ZoneOffset.UTC));
            octopus.setCommitter(octopus.getAuthor());
            octopus.setMessage("Merge branches 'one' and 'two'");
            ObjectId merged = inserter.insert(octopus);
            inserter.flush();
            set("refs/heads/main", merged);
        }
        on("main");

        assertThat(work().lines()).containsExactly(new Line("one", 1, true), new Line("two", 1, true));
        assertThat(work().merges()).hasSize(1);
    }

    @Test
    void merges_alone_are_no_work() throws Exception {
        branch("idle");
        on("main");
        commit("c", "1\n", "Meanwhile");
        pull("idle", "main", "Merge branch 'main' into idle");
        on("main");
        merge("idle");

        assertThat(work().lines()).isEmpty();
        assertThat(work().merges()).isEmpty();
    }

    @Test
    void a_resolved_conflict_is_found_by_merging_once_more() throws Exception {
        branch("scaling");
        commit("a", "1\nzwei\n3\n", "German");
        on("main");
        commit("a", "1\ndeux\n3\n", "French");
        merge("scaling");
        commit("a", "1\ndeux zwei\n3\n", "Merge branch 'scaling'");

        Work work = work();

        assertThat(work.merges())
                .singleElement()
                .satisfies(merge -> assertThat(merge.conflicts()).containsExactly("a"));
    }

    @Test
    void one_person_may_have_several_names_and_addresses() throws Exception {
        commit("a", "2\n", "Two", "Ada", "ada@home.example");
        commit("a", "3\n", "Three", "ada lovelace", "ada@home.example");
        commit("a", "4\n", "Four", "Grace\u001b[31m", "grace@example.org");

        assertThat(work().authors()).containsExactly(new Author("Ada", 3), new Author("Grace [31m", 1));
    }

    @Test
    void refs_that_lead_nowhere_or_to_no_commit_are_passed_over() throws Exception {
        try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, new byte[] {1});
            ObjectId tag = blob;
            for (int i = 0; i < 300; i++) {
                TagBuilder builder = new TagBuilder();
                builder.setTag("deep");
                builder.setObjectId(tag, i == 0 ? Constants.OBJ_BLOB : Constants.OBJ_TAG);
                tag = inserter.insert(builder);
            }
            CommitBuilder broken = new CommitBuilder();
            broken.setTreeId(ObjectId.fromString("12".repeat(20)));
            broken.setAuthor(new PersonIdent("x", "x", Instant.EPOCH, ZoneOffset.UTC));
            broken.setCommitter(new PersonIdent("x", "x", Instant.EPOCH, ZoneOffset.UTC));
            ObjectId without = inserter.insert(broken);
            inserter.flush();
            set("refs/heads/blob", blob);
            set("refs/tags/deep", tag);
            set("refs/tags/broken", without);
        }
        try (History history = History.of(folder)) {
            assertThat(history.work("main").orElseThrow().lines()).isEmpty();
            assertThat(history.has("refs/tags/deep")).isTrue();
            assertThat(history.at("refs/tags/deep")).isEmpty();
            assertThat(history.at("refs/tags/-x")).isEmpty();
            assertThat(history.at("refs/tags/../../config")).isEmpty();
            assertThat(history.has("refs/tags/a\u0007b")).isFalse();
            CommitTree broken = history.at("refs/tags/broken").orElseThrow();
            assertThat(broken.files("", 10)).isEmpty();
            assertThat(broken.entry("a")).isEmpty();
        }
    }

    private void set(String name, ObjectId id) throws Exception {
        RefUpdate update = git.getRepository().updateRef(name);
        update.setNewObjectId(id);
        update.setCheckConflicting(false);
        update.forceUpdate();
    }

    @Test
    void thousands_of_branches_and_long_chains_end_soon() throws Exception {
        RevCommit tip = commit("a", "x\n", "Last");
        try (ObjectInserter inserter = git.getRepository().newObjectInserter()) {
            ObjectId last = tip;
            for (int i = 0; i < 5_000; i++) {
                CommitBuilder next = new CommitBuilder();
                next.setTreeId(tip.getTree());
                next.setParentId(last);
                next.setAuthor(new PersonIdent("x", "x@example.org", Instant.ofEpochSecond(i), ZoneOffset.UTC));
                next.setCommitter(next.getAuthor());
                next.setMessage("n");
                last = inserter.insert(next);
            }
            inserter.flush();
            set("refs/heads/main", last);
        }
        StringBuilder packed = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
        IntStream.range(0, 5_000)
                .mapToObj(i -> tip.name() + " refs/heads/b%05d\n".formatted(i))
                .forEach(packed::append);
        Files.writeString(folder.resolve(".git/packed-refs"), packed);

        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            Work work = work();
            assertThat(work.commits()).isEqualTo(5_002);
            assertThat(work.straight()).hasSize(50);
        });
    }
}

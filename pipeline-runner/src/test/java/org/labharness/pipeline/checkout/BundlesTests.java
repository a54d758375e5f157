package org.labharness.pipeline.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.labharness.lab.Memory;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.Source;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

class BundlesTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private Path made(String name, Consumer<RepositoryBuilder> content) {
        Path origin = scratch.resolve(name);
        try (RepositoryBuilder builder = RepositoryBuilder.create(origin)) {
            content.accept(builder);
        }
        return origin;
    }

    private static void one(RepositoryBuilder builder) {
        builder.write("a.txt", "one").commit("one", MONDAY);
    }

    private Bundles bundles() {
        return new Bundles(Map.of("HOME", scratch.toString()), InstantSource.system());
    }

    private Path bundle() {
        return scratch.resolve("kept.bundle");
    }

    private Frozen freeze(Path origin, @Nullable String ref, CheckoutLimits limits) {
        return bundles().freeze(new Source(origin.toString(), ref), scratch.resolve("freezing"), bundle(), limits);
    }

    private CheckedOut checkOut(String name, Source source) {
        return new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(scratch.resolve(name), source, CheckoutLimits.DEFAULT);
    }

    /** Freezes, takes the repository away, and gives what is checked out before and after. */
    private List<CheckedOut> roundTrip(Path origin, @Nullable String ref) throws IOException {
        CheckedOut before = checkOut("before", new Source(origin.toString(), ref));
        Frozen frozen = freeze(origin, ref, CheckoutLimits.DEFAULT);
        assertThat(frozen)
                .isEqualTo(new Frozen(
                        origin.toString(),
                        before.submission().ref(),
                        before.submission().commit(),
                        before.submission().refsDigest(),
                        frozen.packages()));
        Files.move(origin, scratch.resolve("gone"));
        Path unpacked = scratch.resolve("unpacked");
        bundles().unpack(bundle(), frozen.repository(), unpacked, CheckoutLimits.DEFAULT);
        return List.of(before, checkOut("after", new Source(unpacked.toString(), frozen.ref(), frozen.repository())));
    }

    private static void same(List<CheckedOut> pair) {
        CheckedOut before = pair.getFirst();
        CheckedOut after = pair.getLast();
        assertThat(after.submission()).isEqualTo(before.submission());
        assertThat(after.tree()).isEqualTo(before.tree());
        assertThat(after.branches()).isEqualTo(before.branches());
        assertThat(after.tags()).isEqualTo(before.tags());
        assertThat(after.defaultBranch()).isEqualTo(before.defaultBranch());
    }

    @Nested
    class WhatIsClonedFromABundle {
        @Test
        void is_what_was_in_the_repository() throws IOException {
            same(roundTrip(made("origin", BundlesTests::one), null));
            assertThat(scratch.resolve("after/a.txt")).hasContent("one");
        }

        @Test
        void is_the_commit_of_a_detached_head_that_no_branch_leads_to() throws Exception {
            Path origin = made("origin", BundlesTests::one);
            UsualGit.in(origin, "checkout -q --detach");
            Files.writeString(origin.resolve("a.txt"), "two");
            UsualGit.in(origin, "commit -q -a -m two");
            same(roundTrip(origin, null));
            assertThat(scratch.resolve("after/a.txt")).hasContent("two");
        }

        @Test
        void is_the_commit_of_a_detached_head_where_there_is_no_branch() throws Exception {
            Path origin = made("origin", BundlesTests::one);
            UsualGit.in(origin, "checkout -q --detach");
            UsualGit.in(origin, "branch -q -D main");
            same(roundTrip(origin, null));
            assertThat(scratch.resolve("after/a.txt")).hasContent("one");
        }

        @Test
        void has_its_branches_tags_merges_and_experiments() throws Exception {
            Path origin = made("origin", builder -> {
                one(builder);
                builder.tag("v1")
                        .annotatedTag("noted", "words")
                        .branch("dev")
                        .write("b", "2")
                        .commit("two", MONDAY);
                builder.onto("main").merging("dev").write("c", "3").commit("merged", MONDAY);
                builder.write("params.yaml", "x: 1").experiment("trial", "an experiment", MONDAY);
            });
            List<CheckedOut> pair = roundTrip(origin, null);
            same(pair);
            try (History history = History.of(pair.getLast().directory())) {
                assertThat(history.otherBranches())
                        .extracting(History.Branch::name)
                        .containsExactly("dev");
            }
            assertThat(git("for-each-ref", "--format=%(refname)"))
                    .contains("refs/exps/", "/trial\n", "refs/tags/noted");
            assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing");
        }

        @ParameterizedTest
        @CsvSource({"v1", "dev", "trial", "COMMIT"})
        void is_the_same_whatever_was_asked_for(String asked) throws IOException {
            String[] first = new String[1];
            Path origin = made("origin", builder -> {
                first[0] = builder.write("a", "1").commit("one", MONDAY);
                builder.tag("v1").branch("dev").write("b", "2").commit("two", MONDAY);
                builder.onto("main").write("c", "3").commit("three", MONDAY);
                builder.write("d", "4").experiment("trial", "an experiment", MONDAY);
            });
            same(roundTrip(origin, asked.replace("COMMIT", first[0])));
        }

        @Test
        void keeps_a_commit_that_no_ref_leads_to_any_more() throws IOException {
            String[] lost = new String[1];
            Path origin = made("origin", builder -> {
                builder.write("a", "1").commit("one", MONDAY);
                lost[0] = builder.branch("gone").write("b", "2").commit("two", MONDAY);
                builder.onto("main");
            });
            Files.delete(origin.resolve(".git/refs/heads/gone"));
            Frozen frozen;
            CheckedOut before;
            try (GitOverHttp server = GitOverHttp.start(origin, null)) {
                Source source = new Source(server.url("127.0.0.1"), lost[0]);
                before = checkOut("before", source);
                frozen = bundles().freeze(source, scratch.resolve("freezing"), bundle(), CheckoutLimits.DEFAULT);
            }
            Path unpacked = scratch.resolve("unpacked");
            bundles().unpack(bundle(), frozen.repository(), unpacked, CheckoutLimits.DEFAULT);

            same(List.of(
                    before, checkOut("after", new Source(unpacked.toString(), frozen.ref(), frozen.repository()))));
            assertThat(frozen.commit()).isEqualTo(lost[0]);
        }

        @Test
        void has_the_branch_that_HEAD_named_though_others_have_its_commit() throws IOException {
            Path origin = made("origin", builder -> {
                one(builder);
                builder.branch("abgabe/größe").branch("zz").onto("abgabe/größe");
            });
            List<CheckedOut> pair = roundTrip(origin, null);
            same(pair);
            assertThat(pair.getLast().defaultBranch()).isEqualTo("abgabe/größe");
        }

        @Test
        void has_a_HEAD_that_names_no_branch() throws IOException {
            Path origin = made("origin", builder -> {
                one(builder);
                builder.branch("other").write("b", "2").commit("two", MONDAY);
            });
            String first =
                    Files.readString(origin.resolve(".git/refs/heads/main")).strip();
            Files.writeString(origin.resolve(".git/HEAD"), first + "\n");
            same(roundTrip(origin, null));
        }

        @Test
        void has_a_HEAD_whose_branch_does_not_exist() throws IOException {
            Path origin = made("origin", BundlesTests::one);
            Files.writeString(origin.resolve(".git/HEAD"), "ref: refs/heads/never\n");
            List<CheckedOut> pair = roundTrip(origin, null);
            same(pair);
            assertThat(pair.getLast().defaultBranch()).isEqualTo("main");
        }

        @Test
        void keeps_names_with_spaces_letters_of_all_kinds_and_branches_that_are_folders_of_others() throws IOException {
            Path origin = made("Abgabe von Ünlü & Söhne (final)", builder -> {
                builder.write("daten/größe 1.csv", "x").write("日本語.txt", "y").commit("eins", MONDAY);
                builder.tag("versión-1").branch("日本/語").branch("main");
            });
            List<CheckedOut> pair = roundTrip(origin, null);
            same(pair);
            assertThat(pair.getLast().submission().repository()).endsWith("Abgabe von Ünlü & Söhne (final)");
        }

        @Test
        void has_thousands_of_refs() throws IOException {
            Path origin = made("origin", BundlesTests::one);
            String commit =
                    Files.readString(origin.resolve(".git/refs/heads/main")).strip();
            Files.writeString(
                    origin.resolve(".git/packed-refs"),
                    IntStream.rangeClosed(1, 500)
                            .mapToObj(number -> commit + " refs/tags/t" + number)
                            .sorted()
                            .collect(Collectors.joining("\n", "# pack-refs with: sorted\n", "\n")));
            List<CheckedOut> pair = roundTrip(origin, null);
            same(pair);
            assertThat(pair.getLast().tags()).hasSize(500);
        }

        @Test
        void is_a_bundle_that_the_usual_Git_clones_too() throws Exception {
            freeze(made("origin", BundlesTests::one), null, CheckoutLimits.DEFAULT);
            assertThat(run("git", "-c", "safe.directory=*", "clone", "-q", bundle().toString(), scratch + "/usual"))
                    .doesNotContain("fatal");
            assertThat(scratch.resolve("usual/a.txt")).hasContent("one");
        }

        private String git(String... arguments) throws Exception {
            String[] command = new String[arguments.length + 4];
            System.arraycopy(
                    new String[] {"git", "-c", "safe.directory=*", "--git-dir=" + scratch.resolve("unpacked")},
                    0,
                    command,
                    0,
                    4);
            System.arraycopy(arguments, 0, command, 4, arguments.length);
            return run(command);
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Nested
    class Nothing {
        private SubmissionRefused refused(Path origin, @Nullable String ref, CheckoutLimits limits) {
            SubmissionRefused refused =
                    catchThrowableOfType(SubmissionRefused.class, () -> freeze(origin, ref, limits));
            assertThat(bundle()).doesNotExist();
            return refused;
        }

        @Test
        void is_kept_of_an_empty_repository() {
            assertThat(refused(made("origin", builder -> {}), null, CheckoutLimits.DEFAULT)
                            .code())
                    .isEqualTo(Refusal.EMPTY_REPOSITORY);
        }

        @Test
        void is_kept_where_the_ref_is_missing() {
            SubmissionRefused refused = refused(made("origin", BundlesTests::one), "mian", CheckoutLimits.DEFAULT);
            assertThat(refused.code()).isEqualTo(Refusal.REF_NOT_FOUND);
            assertThat(refused).hasMessageContaining("'mian'").hasMessageContaining("main");
        }

        @Test
        void is_kept_of_more_than_the_limits_allow() {
            CheckoutLimits all = CheckoutLimits.DEFAULT;
            Path origin = made("origin", builder -> {
                builder.write("big", "x".repeat(5_000)).commit("big", MONDAY);
                builder.branch("b").branch("c").onto("main");
            });
            CheckoutLimits smallFiles = new CheckoutLimits(
                    all.pack(),
                    all.objects(),
                    new Memory(4_000),
                    all.inflated(),
                    all.tree(),
                    all.files(),
                    10,
                    all.time());
            CheckoutLimits fewRefs = new CheckoutLimits(
                    all.pack(), all.objects(), all.blob(), all.inflated(), all.tree(), all.files(), 2, all.time());
            assertThat(refused(origin, null, smallFiles).code()).isEqualTo(Refusal.TOO_LARGE);
            assertThat(scratch.resolve("freezing")
                            .toFile()
                            .renameTo(scratch.resolve("used").toFile()))
                    .isTrue();
            assertThat(refused(origin, null, fewRefs)).hasMessageContaining("is 3, the limit is 2");
        }
    }

    @Nested
    class ABundle {
        private final CheckoutLimits all = CheckoutLimits.DEFAULT;

        private Throwable unpacking(byte[] bytes, CheckoutLimits limits) throws IOException {
            Files.write(bundle(), bytes);
            return org.assertj.core.api.Assertions.catchThrowable(
                    () -> bundles().unpack(bundle(), "student-07", scratch.resolve("unpacked"), limits));
        }

        private static byte[] bytes(String header, byte[] pack) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(pack);
            return out.toByteArray();
        }

        private static final String ID = "1234567890123456789012345678901234567890";

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                v9~                            | it does not begin as a Git bundle
                v2~-ID words~~                 | came after other commits
                v2~ID refs/heads/a~            | it ends before its pack begins
                v2~ID refs/heads/../../x~~     | is none that is kept
                v2~ID refs/notes/x~~           | is none that is kept
                v2~ID HEAD~ID HEAD~~           | there twice
                v2~zz refs/heads/a~~           | has no id
                v2~ID refs/heads/a~~           | what refs/heads/a leads to is missing
                v2~LONG                        | longer than 5000 bytes
                """)
        void that_is_none_is_named(String header, String words) throws IOException {
            String text = header.replaceFirst("^(v.)", "# $1 git bundle")
                    .replace("ID", ID)
                    .replace('~', '\n')
                    .replace("LONG", "x".repeat(1 << 20));
            Throwable failure = unpacking(bytes(text, new HostilePack().toBytes()), all);
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            SystemBroke.class, broke -> assertThat(broke.code()).isEqualTo(Breakdown.INTERNAL))
                    .hasMessageContaining("The kept copy of 'student-07' is damaged: ")
                    .hasMessageContaining(words);
        }

        @Test
        void that_was_damaged_or_cut_off_is_named() throws IOException {
            freeze(made("origin", BundlesTests::one), null, all);
            byte[] good = Files.readAllBytes(bundle());
            byte[] cut = java.util.Arrays.copyOf(good, good.length - 30);
            byte[] more = java.util.Arrays.copyOf(good, good.length + 3);
            byte[] flipped = good.clone();
            flipped[good.length - 40] ^= 1;
            for (byte[] bad : List.of(cut, more, flipped)) {
                assertThat(unpacking(bad, all)).isInstanceOf(SystemBroke.class).hasMessageContaining("is damaged");
                org.labharness.pipeline.ThrowawayFolder.delete(scratch.resolve("unpacked"));
            }
        }

        @Test
        void with_a_file_that_claims_terabytes_is_refused_before_any_of_it_is_unpacked() throws IOException {
            HostilePack pack = new HostilePack();
            pack.blob(10L << 40, new byte[10]);
            assertThat(unpacking(bytes("# v2 git bundle\n\n", pack.toBytes()), all))
                    .isInstanceOf(SubmissionRefused.class)
                    .hasMessageContaining("the limit is 100MiB");
        }

        @Test
        void whose_zeros_are_packed_small_is_counted_unpacked() throws IOException {
            HostilePack pack = new HostilePack();
            for (int i = 0; i < 5; i++) {
                byte[] zeros = new byte[10 << 20];
                zeros[0] = (byte) i;
                pack.blob(zeros.length, zeros);
            }
            CheckoutLimits small = new CheckoutLimits(
                    all.pack(),
                    100,
                    Memory.mebibytes(16),
                    Memory.mebibytes(32),
                    all.tree(),
                    10,
                    10,
                    Duration.ofMinutes(1));
            assertThat(unpacking(bytes("# v2 git bundle\n\n", pack.toBytes()), small))
                    .isInstanceOf(SubmissionRefused.class)
                    .hasMessageContaining("unpacked, is more than 32");
        }

        @Test
        void with_more_refs_than_are_allowed_is_not_read_on() throws IOException {
            String refs = IntStream.range(0, 20)
                    .mapToObj(number -> ID + " refs/tags/t" + number + "\n")
                    .collect(Collectors.joining());
            CheckoutLimits few = new CheckoutLimits(
                    all.pack(), 100, all.blob(), all.inflated(), all.tree(), 10, 10, Duration.ofMinutes(1));
            assertThat(unpacking(bytes("# v2 git bundle\n" + refs + "\n", new byte[0]), few))
                    .hasMessageContaining("more than 10 refs");
        }
    }
}

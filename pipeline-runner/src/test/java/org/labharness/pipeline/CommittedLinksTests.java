package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.checkout.RepositoryBuilder;
import org.labharness.pipeline.collect.dvc.LinkTargets;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

class CommittedLinksTests {
    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path scratch;

    private TreeReader clone(RepositoryBuilder repository) {
        repository.commit("Hand in", MONDAY);
        CheckedOut out = new Checkout(Map.of("HOME", scratch.toString()), InstantSource.system())
                .into(
                        scratch.resolve("clone"),
                        new Source(repository.directory().toString(), null),
                        CheckoutLimits.DEFAULT);
        List<String> paths = out.tree().files().stream().map(TreeFile::path).toList();
        return LinkTargets.reader(out.directory(), out.links(), paths, List.of("given/raw.csv"));
    }

    @Test
    void links_that_lead_somewhere_are_made_and_no_others() throws Exception {
        try (RepositoryBuilder repository = RepositoryBuilder.create(scratch.resolve("origin"))) {
            TreeReader tree = clone(repository
                    .write("src/prep.py", "print(1)\n")
                    .write("data/2026.csv.dvc", "outs:\n- {md5: 0123, path: 2026.csv}\n")
                    .write("dvc.yaml", "stages: {a: {cmd: 'true', outs: [out/model.bin]}}\n")
                    .link("code", "src")
                    .link("data/now.csv", "2026.csv")
                    .link("latest.bin", "out/model.bin")
                    .link("results", "out")
                    .link("raw.csv", "given/raw.csv")
                    .link("gone.csv", "data/2025.csv")
                    .link("passwords", "/etc/passwd")
                    .link("outside", "../../..")
                    .link("hooks", ".git/hooks"));

            CommittedLinks.place(tree);

            for (String made : List.of("code", "data/now.csv", "latest.bin", "results", "raw.csv")) {
                assertThat(tree.root().resolve(made)).as(made).isSymbolicLink();
            }
            assertThat(tree.root().resolve("code/prep.py")).hasContent("print(1)");
            for (String left : List.of("gone.csv", "passwords", "outside", "hooks")) {
                assertThat(Files.isSymbolicLink(tree.root().resolve(left)))
                        .as(left)
                        .isFalse();
            }
            assertThat(tree.links().left()).containsOnlyKeys("gone.csv", "passwords", "outside", "hooks");
            assertThat(git(tree.root(), "status", "--porcelain")).isEmpty();
        }
    }

    private static String git(Path tree, String... arguments) throws Exception {
        Process git = new ProcessBuilder(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("git", "-c", "safe.directory=*"),
                                java.util.Arrays.stream(arguments))
                        .toList())
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
        return said;
    }
}

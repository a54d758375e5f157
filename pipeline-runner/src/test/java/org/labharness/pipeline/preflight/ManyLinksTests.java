package org.labharness.pipeline.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.lab.Finding;

/** Links that would lead a hasty reader astray for ever. */
class ManyLinksTests {
    @TempDir
    Path scratch;

    private PreflightReport read(Consumer<Work> changes) {
        return assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Work.read(scratch, changes));
    }

    @Test
    void ten_thousand_links_are_named_once() {
        PreflightReport report = read(work -> {
            for (int i = 0; i < 10_000; i++) {
                work.link("links/" + i, "../train.py");
            }
        });
        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.REPO_SYMBOLIC_LINK.code());
    }

    /** Whoever follows every link here finds 10 to the power of 30 files. */
    @Test
    void folders_full_of_links_to_the_next_are_read_in_no_time() {
        PreflightReport report = read(work -> {
            for (int level = 0; level < 30; level++) {
                work.write("f" + level + "/file.txt", "x");
                for (int i = 0; i < 10; i++) {
                    work.link("f" + level + "/l" + i, "../f" + (level + 1));
                }
            }
            work.write("f30/file.txt", "x")
                    .write("dvc.yaml", Work.PIPELINE.replace("- train.py\n", "- train.py\n    - f0\n"))
                    .delete("dvc.lock");
        });
        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.DVC_NO_LOCK.code());
    }

    /** A thousand names of one file: its sum is made once. */
    @Test
    void many_names_of_a_large_file_do_not_multiply_it() {
        PreflightReport report = read(work -> {
            String large = "\0".repeat(9 << 20);
            String sum = Sums.md5(large);
            work.write("large.bin", large);
            StringBuilder deps = new StringBuilder("- train.py\n");
            StringBuilder recorded = new StringBuilder();
            for (int i = 0; i < 990; i++) {
                work.link("names/" + i, "../large.bin");
                deps.append("    - names/").append(i).append('\n');
                recorded.append("    - path: names/")
                        .append(i)
                        .append("\n      hash: md5\n      md5: ")
                        .append(sum)
                        .append('\n');
            }
            work.write("dvc.yaml", Work.PIPELINE.replace("- train.py\n", deps))
                    .write(
                            "dvc.lock",
                            Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("    params:", recorded + "    params:"));
        });
        assertThat(Work.shown(report)).isEmpty();
    }
}

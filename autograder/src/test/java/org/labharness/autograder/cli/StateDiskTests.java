package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.report.Outcome;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.sample.SampleOutcomes;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.Breakdown;

class StateDiskTests {
    @TempDir
    Path folder;

    private Outcome.Broken broken(Breakdown code) {
        Outcome.Graded graded = SampleOutcomes.graded(
                "s01", new SampleEvidence().build(), LabLoader.load(Tiny.lab(folder.resolve("tiny"), "60s")));
        return new Outcome.Broken(graded.submission(), code, "it cannot be written", graded.harness(), Map.of());
    }

    @Test
    void whatCannotBeWrittenThoughThereIsRoomIsTheMatterOfOneSubmission() {
        assertThat(new StateDisk(folder).named(broken(Breakdown.DISK_FULL))).isEqualTo(broken(Breakdown.INTERNAL));
        assertThat(new StateDisk(folder).named(broken(Breakdown.NETWORK))).isEqualTo(broken(Breakdown.NETWORK));
    }

    @Test
    void whereTheStateFolderCannotBeWrittenItIsTheMatterOfAll() {
        assertThat(new StateDisk(folder.resolve("gone")).named(broken(Breakdown.DISK_FULL)))
                .isEqualTo(broken(Breakdown.DISK_FULL));
    }
}

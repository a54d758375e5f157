package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.RunFacts;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.evidence.StageRun.Status;

class DisprovedTests {
    private static final List<PipelineFacts> PIPELINES =
            List.of(new PipelineFacts("lab", List.of(stage("prepare"), stage("train")), null, null));
    private static final Finding DOWNLOAD = at("code.downloads", "lab/src/prepare.py");
    private static final Finding VARIABLE = at("code.unset-variable", "lab/src/settings.py");
    private static final Finding SECRET = at("repo.secret", "lab/src/prepare.py");
    private static final List<Finding> ALL = List.of(DOWNLOAD, VARIABLE, SECRET);

    private static PipelineFacts.Stage stage(String name) {
        return new PipelineFacts.Stage(
                name,
                List.of("python src/" + name + ".py"),
                "lab",
                List.of(),
                List.of(),
                Map.of(),
                false,
                false,
                new Place("lab/dvc.yaml", 2));
    }

    private static Finding at(String code, String path) {
        return new Finding(code, Severity.COSTS_POINTS, new Place(path, 3), "It will fail.", "Mend it.");
    }

    private static List<Finding> after(RunFacts.Kind kind, StageRun... stages) {
        RunFacts run = new RunFacts(kind, Arrays.asList(stages), List.of(), List.of(), LogExcerpt.EMPTY, null);
        return new Disproved(run, PIPELINES).without(ALL);
    }

    private static StageRun run(String name, Status status) {
        return new StageRun("lab", name, status, 0, 1, 0, List.of(), LogExcerpt.EMPTY, null);
    }

    @Test
    void whatForetellsAFailureIsNotToldWhereAllRan() {
        assertThat(after(RunFacts.Kind.DVC, run("prepare", Status.RAN), run("train", Status.RAN)))
                .containsExactly(SECRET);
        assertThat(after(RunFacts.Kind.COMMANDS, run("1", Status.RAN))).containsExactly(SECRET);
    }

    @Test
    void aFileOfOneStageIsJudgedByThatStage() {
        assertThat(after(RunFacts.Kind.DVC, run("prepare", Status.RAN), run("train", Status.FAILED)))
                .containsExactly(VARIABLE, SECRET);
        assertThat(after(RunFacts.Kind.DVC, run("prepare", Status.FAILED), run("train", Status.NOT_REACHED)))
                .containsExactlyElementsOf(ALL);
    }

    @Test
    void whatDidNotRunDisprovesNothing() {
        assertThat(after(RunFacts.Kind.NONE)).containsExactlyElementsOf(ALL);
        assertThat(after(RunFacts.Kind.DVC, run("prepare", Status.UP_TO_DATE), run("train", Status.RAN)))
                .containsExactlyElementsOf(ALL);
        assertThat(after(RunFacts.Kind.DVC, run("prepare", Status.REPLACED), run("train", Status.RAN)))
                .containsExactly(DOWNLOAD, SECRET);
    }
}

package org.labharness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.Repair;
import org.labharness.pipeline.evidence.RunFacts;

class RepairFindingsTests {
    private static String told(Repair.Kind kind, String path) {
        RunFacts run = new RunFacts(
                RunFacts.Kind.DVC,
                List.of(),
                List.of(),
                List.of(),
                LogExcerpt.EMPTY,
                null,
                List.of(new Repair("train", kind, path)));
        Finding finding = RepairFindings.of(run, List.of()).getFirst();
        return finding.severity() + " " + finding.code() + "\n" + finding.message() + "\n" + finding.hint();
    }

    @Test
    void whatWasMendedIsSaidWithWhatMendsIt() {
        assertThat(told(Repair.Kind.FOLDER_MADE, "logs")).isEqualTo("""
                COSTS_POINTS run.folder-missing
                Stage train failed in a clean clone, because it writes into the folder 'logs', which is not there: Git keeps no \
                empty folders. The harness made it and ran the stage again.
                Make the folder in the script: os.makedirs('logs', exist_ok=True).""");
        assertThat(told(Repair.Kind.STORE_SET_ASIDE, "mlflow.db")).isEqualTo("""
                COSTS_POINTS run.store-of-another-machine
                Stage train failed in a clean clone, because MLflow's records in 'mlflow.db', which are committed, send it to a \
                folder of the machine that they were made on. The harness took them out and ran the stage again.
                git rm -r --cached mlflow.db, and name it in .gitignore: MLflow makes new records wherever the stage runs.""");
        assertThat(told(Repair.Kind.COMMAND_REWRITTEN, "src\\train.py")).isEqualTo("""
                COSTS_POINTS run.windows-command
                Stage train failed in a clean clone on Linux, because its command is written for the shell of Windows: src\\train.py. \
                The harness wrote it anew and ran the stage again.
                Write paths with '/', which works on Windows too.""");
        assertThat(told(Repair.Kind.OUTPUT_TRACKED, "model.pkl")).isEqualTo("""
                ADVICE run.output-tracked
                'model.pkl', an output of stage train, is kept by Git as well as by DVC. DVC refuses that when you run the \
                stage; the harness went on.
                git rm -r --cached model.pkl, then dvc commit, and commit dvc.lock and .gitignore.""");
        assertThat(told(Repair.Kind.OUTPUT_PLACED, "raw.csv")).isEqualTo("""
                ADVICE run.output-placed
                Stage train could not fetch what it needs, for a run reaches nothing on the network. 'raw.csv', which it once made, \
                is in the repository as dvc.lock records it: the harness put it in place, so that the stages after it could run.
                If the data does not change, take the stage out of dvc.yaml and keep 'raw.csv' under DVC (dvc add).""");
    }

    @Test
    void aCommandForWindowsIsToldOnce() {
        Finding read = at(2, "stage.windows-command");
        Finding other = at(9, "stage.windows-command");
        Finding network = at(2, "stage.uses-network");

        assertThat(RepairFindings.without(List.of(at(2, "run.windows-command")), List.of(read, network, other)))
                .containsExactly(network, other);
        assertThat(RepairFindings.without(List.of(at(2, "run.folder-missing")), List.of(read)))
                .containsExactly(read);
    }

    private static Finding at(int line, String code) {
        return new Finding(code, Severity.COSTS_POINTS, new Place("dvc.yaml", line), "It is so.", "Do this.");
    }
}

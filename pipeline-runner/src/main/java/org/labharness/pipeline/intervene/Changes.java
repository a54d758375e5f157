package org.labharness.pipeline.intervene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.labharness.lab.Intervention;
import org.labharness.pipeline.document.TreeReader;
import org.labharness.pipeline.evidence.InterventionFacts.Copy;
import org.labharness.pipeline.evidence.PipelineFacts;

/** Makes changes in a submission's tree, one at a time; between two the tree is put back by whoever asks for them. */
public final class Changes {
    private final TreeEdit edit;
    private final List<PipelineFacts> pipelines;
    private final Path labFolder;
    private final OutputContents outputs;

    private Changes(TreeEdit edit, List<PipelineFacts> pipelines, Path labFolder, OutputContents outputs) {
        this.edit = edit;
        this.pipelines = List.copyOf(pipelines);
        this.labFolder = labFolder;
        this.outputs = outputs;
    }

    /**
     * Looks at what the run of the unchanged submission has left in the tree.
     *
     * @param uid who owns the tree
     * @param pipelines as read from the commit
     * @param labFolder what files of the lab are relative to
     * @param asked all changes that will be made
     */
    public static Changes after(
            TreeReader tree,
            int uid,
            List<PipelineFacts> pipelines,
            Path labFolder,
            Collection<? extends Intervention> asked) {
        List<String> outputs = asked.stream()
                .filter(Intervention.CopiesRemoved.class::isInstance)
                .flatMap(one -> ((Intervention.CopiesRemoved) one).outputs().stream())
                .distinct()
                .toList();
        return new Changes(new TreeEdit(tree, uid), pipelines, labFolder, OutputContents.of(tree, outputs));
    }

    /**
     * What was done.
     *
     * @param copies where contents of outputs were found, if they were looked for
     */
    public record Done(Change change, List<Copy> copies) {
        public Done {
            copies = List.copyOf(copies);
        }
    }

    /** Makes one change. That what is to be changed is not there, or is no file, is a result. */
    public Done make(Intervention asked) {
        try {
            return switch (asked) {
                case Intervention.Repeat repeat -> done(Change.made("nothing was changed", List.of()));
                case Intervention.ValuesChanged values -> done(new ChangedValues(edit, pipelines).make(values));
                case Intervention.CodeEdited code -> done(new EditedCode(edit, pipelines).make(code.file()));
                case Intervention.FilesRemoved removed -> done(RemovedFiles.make(removed.files(), edit));
                case Intervention.DataSwapped data -> done(SwappedData.make(data.files(), labFolder, edit));
                case Intervention.LabelsShuffled labels -> done(ShuffledLabels.make(labels, edit));
                case Intervention.CanariesPlanted rows -> done(PlantedCanaries.make(rows, labFolder, edit));
                case Intervention.CopiesRemoved copies -> {
                    RemovedCopies removal = new RemovedCopies(edit, outputs);
                    Change change = removal.make(copies.outputs(), pipelines);
                    yield new Done(change, removal.found());
                }
            };
        } catch (IOException e) {
            return done(Change.theirs("What was to be changed could not be: " + e.getMessage() + "."));
        }
    }

    private static Done done(Change change) {
        return new Done(change, List.of());
    }

    /** Whether a change is followed by a run of everything in a tree as it was before the first run. */
    public static boolean isForced(Intervention asked) {
        return switch (asked) {
            case Intervention.ValuesChanged values -> values.forced();
            case Intervention.CodeEdited code -> false;
            case Intervention.Repeat repeat -> true;
            case Intervention.FilesRemoved removed -> true;
            case Intervention.DataSwapped data -> true;
            case Intervention.LabelsShuffled labels -> true;
            case Intervention.CanariesPlanted rows -> true;
            case Intervention.CopiesRemoved copies -> true;
        };
    }
}

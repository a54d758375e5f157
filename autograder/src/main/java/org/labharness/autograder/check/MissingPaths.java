package org.labharness.autograder.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.PipelineFacts;
import org.labharness.pipeline.evidence.TreeFacts.TreeFile;

/** Paths that a lab asks about and that the run of the unchanged submission did not leave: of those nothing follows from a change. */
final class MissingPaths {
    private MissingPaths() {}

    /** Those of some paths that are not there, told with the name that was perhaps meant. */
    static Optional<Sentence> of(Collection<String> paths, Followed.Known known, Case subject) {
        return paths.stream()
                .filter(known.facts().absent()::contains)
                .findFirst()
                .map(path -> told(path, subject.evidence()));
    }

    static Sentence told(String path, Evidence evidence) {
        return Sentence.of(
                "After the run there is no " + PlainText.name(path) + NearestName.hint(path, names(path, evidence))
                        + ".",
                "Let a stage write it at that place, under that name, and declare it there in dvc.yaml where it is an output of DVC.");
    }

    private static List<String> names(String wanted, Evidence evidence) {
        Stream<String> outputs = evidence.pipelines().stream()
                .flatMap(pipeline -> pipeline.stages().stream())
                .flatMap(stage -> stage.outs().stream())
                .map(PipelineFacts.Output::path);
        return Stream.concat(outputs, evidence.tree().files().stream().map(TreeFile::path))
                .distinct()
                .filter(path -> !path.equals(wanted))
                .toList();
    }
}

package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.LogExcerpt;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.preflight.FindingCode;

/**
 * The environment variable whose want stopped a stage: Python's {@code os.environ} says no more than {@code KeyError: 'NAME'}.
 *
 * @param where the line that reads it; null where neither reading nor the traceback tells
 * @param found what reading said of it; null where it said nothing
 */
record UnsetVariable(
        String name, @Nullable Place where, @Nullable Finding found) {
    private static final String CODE = FindingCode.CODE_UNSET_VARIABLE.code();
    private static final Pattern ERROR = Pattern.compile("KeyError: '([A-Za-z_][A-Za-z0-9_]{0,79})'");
    private static final Pattern OF_PYTHON =
            Pattern.compile("File \"(?:<frozen os>|[^\"]*/os\\.py)\", line \\d+, in __getitem__");
    private static final Pattern OF_STUDENT =
            Pattern.compile("File \"(?:/work/)?((?!/|\\.\\.|<)[^\"]{1,200})\", line (\\d{1,6})\\b.*");

    /** Empty where something else stopped the stage: most keys that are missing are of a dict or a table. */
    static Optional<UnsetVariable> of(StageRun stage, StageScripts scripts) {
        Matcher error = ERROR.matcher(stage.log().lastError().strip());
        if (!error.matches()) {
            return Optional.empty();
        }
        String name = error.group(1);
        Optional<Finding> found = scripts.findings(CODE, stage).stream()
                .filter(finding -> finding.message().contains(" environment variable " + name + ","))
                .findFirst();
        List<String> lines = lines(stage.log());
        Optional<Integer> lookup = IntStream.range(0, lines.size())
                .filter(i -> OF_PYTHON.matcher(lines.get(i)).find())
                .boxed()
                .reduce((earlier, later) -> later);
        Place read = lookup.flatMap(at -> caller(lines.subList(0, at))).orElse(null);
        return found.isPresent() || lookup.isPresent()
                ? Optional.of(new UnsetVariable(
                        name, read == null ? found.map(Finding::where).orElse(null) : read, found.orElse(null)))
                : Optional.empty();
    }

    private static List<String> lines(LogExcerpt log) {
        return Stream.concat(log.head().stream(), log.tail().stream()).toList();
    }

    /** The last place in the student's own code. */
    private static Optional<Place> caller(List<String> lines) {
        return lines.stream()
                .map(line -> OF_STUDENT.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(place -> new Place(place.group(1), Integer.parseInt(place.group(2))))
                .reduce((earlier, later) -> later);
    }

    /** The fault, to follow the error itself; of what reading said the first sentence, for the second foretells that error. */
    String told() {
        return found == null
                ? " " + (where == null ? "The code" : PlainText.name(where.toString()))
                        + " reads the environment variable " + name + ", which is not set where stages run."
                : " " + RunStory.ended(found.message().split("\\. ", 2)[0]);
    }

    String advice() {
        return found == null
                ? "Give it a default, os.environ.get(\"" + name
                        + "\", ...), or write the value into params.yaml. What only your own machine sets is not there in a clean clone."
                : found.hint();
    }
}

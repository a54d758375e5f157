package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.labharness.pipeline.document.TreeReader;

/**
 * What to do where {@code mlflow run} fails for reasons of its own. It makes a run in the experiment "Default" and has the code go on with
 * it; code that sets an experiment of its own then fails, unless that experiment's name is given.
 */
final class MlflowRunOtherwise {
    private static final String OTHER_EXPERIMENT = "active experiment ID does not match environment run ID";
    /** What MLflow says before it starts the command. */
    private static final String STARTED = "Running command";

    private static final Pattern SET_EXPERIMENT = Pattern.compile(
            "set_experiment\\(\\s*(?:experiment_name\\s*=\\s*)?(?:\"([^\"\\\\\\n]{1,200})\"|'([^'\\\\\\n]{1,200})')");
    private static final int MOST_FILES = 500;
    private static final int LARGEST = 256 << 10;

    private MlflowRunOtherwise() {}

    /**
     * Other ways, in their order.
     *
     * @param folder of the project, with a slash at its end
     * @param byMlflow the command line that may fail
     * @param direct the entry point's own command
     */
    static List<Command.Otherwise> ways(TreeReader tree, String folder, String byMlflow, String direct) {
        List<Command.Otherwise> ways = new ArrayList<>();
        Set<String> names = experiments(tree, folder);
        if (names.size() == 1) {
            String name = names.iterator().next();
            ways.add(new Command.Otherwise(
                    OTHER_EXPERIMENT, false, byMlflow + " --experiment-name " + MlProjectFile.quoted(name)));
        }
        ways.add(new Command.Otherwise(OTHER_EXPERIMENT, false, direct));
        ways.add(new Command.Otherwise(STARTED, true, direct));
        return ways;
    }

    /** The names that the code gives to set_experiment. */
    private static Set<String> experiments(TreeReader tree, String folder) {
        Set<String> names = new TreeSet<>();
        tree
                .list(folder.replaceAll("/$", ""), 10 * MOST_FILES, Set.of(".git", ".dvc", "mlruns", "site-packages"))
                .files()
                .stream()
                .map(TreeReader.FoundFile::path)
                .filter(path -> path.endsWith(".py"))
                .limit(MOST_FILES)
                .flatMap(path -> tree.text(path, LARGEST).stream())
                .forEach(text -> {
                    Matcher call = SET_EXPERIMENT.matcher(text.content());
                    while (call.find()) {
                        names.add(call.group(1) == null ? call.group(2) : call.group(1));
                    }
                });
        return names;
    }
}

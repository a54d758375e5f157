package org.labharness.pipeline.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.labharness.pipeline.document.TreeReader;

/**
 * What to do where {@code mlflow run} fails for reasons of its own. It makes a run in the experiment "Default" of the tracking server and has
 * the code go on with it. Code that sets an experiment of its own then fails, unless that experiment's name is given; code that
 * sets another store does not find the run, unless it takes the store's address from a parameter.
 */
final class MlflowRunOtherwise {
    private static final Pattern OTHER_EXPERIMENT =
            Pattern.compile("active experiment ID does not match environment run ID");
    /** In the words of a file store, of a database and of a server. */
    private static final Pattern NO_SUCH_RUN =
            Pattern.compile("\\bRun (?:'[0-9a-f]{32}'|with id=[0-9a-f]{32}) not found");
    /** What MLflow says before it starts the command. */
    private static final Pattern STARTED = Pattern.compile("Running command");

    private static final Pattern STORE_ADDRESS =
            Pattern.compile("(?i)(?:.*[-_])?(?:tracking|mlflow)[-_]?(?:server[-_]?|store[-_]?)?ur[il]");
    private static final Pattern SET_EXPERIMENT = Pattern.compile(
            "set_experiment\\(\\s*(?:experiment_name\\s*=\\s*)?(?:\"([^\"\\\\\\n]{1,200})\"|'([^'\\\\\\n]{1,200})')");
    private static final int MOST_FILES = 500;
    private static final int LARGEST = 256 << 10;

    private MlflowRunOtherwise() {}

    /**
     * Other ways, in their order; each looks at what the one before printed.
     *
     * @param folder of the project, with a slash at its end
     * @param byMlflow the command line that may fail
     * @param open names of the entry point's parameters whose values are nobody's but the project's
     * @param direct the entry point's own command
     */
    static List<Command.Otherwise> ways(
            TreeReader tree, String folder, String byMlflow, Collection<String> open, String direct) {
        List<Command.Otherwise> ways = new ArrayList<>();
        String ours = open.stream()
                .filter(name -> STORE_ADDRESS.matcher(name).matches())
                .map(name -> " -P " + MlProjectFile.quoted(name) + "=\"$MLFLOW_TRACKING_URI\"")
                .collect(Collectors.joining());
        if (!ours.isEmpty()) {
            ways.add(new Command.Otherwise(NO_SUCH_RUN, false, byMlflow + ours));
        }
        Set<String> names = experiments(tree, folder);
        if (names.size() == 1) {
            String name = names.iterator().next();
            ways.add(new Command.Otherwise(
                    OTHER_EXPERIMENT, false, byMlflow + ours + " --experiment-name " + MlProjectFile.quoted(name)));
        }
        ways.add(new Command.Otherwise(OTHER_EXPERIMENT, false, direct));
        ways.add(new Command.Otherwise(NO_SUCH_RUN, false, direct));
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

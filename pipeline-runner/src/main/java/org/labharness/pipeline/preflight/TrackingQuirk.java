package org.labharness.pipeline.preflight;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.labharness.lab.Finding;

/** Tracking addresses that are fixed in the code, so that MLFLOW_TRACKING_URI is ignored. */
final class TrackingQuirk implements Quirk {
    private static final String HINT =
            "Leave the address out of the code: MLflow reads the variable MLFLOW_TRACKING_URI by itself, on your machine too.";

    /** An absolute path, but for the folder of temporary files. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("^(?:file:|sqlite:/{3})?+(?://)?+(?:/(?!tmp(?:/|$))|/?[A-Za-z]:[\\\\/])");

    private final List<TrackingUri> uris;

    TrackingQuirk(List<TrackingUri> uris) {
        this.uris = uris;
    }

    @Override
    public void look(TreeView view, Consumer<Finding> findings) {
        for (TrackingUri uri : uris) {
            findings.accept(uri.isFile() ? file(uri) : uri.isLoopback() ? local(uri) : remote(uri));
        }
    }

    private static Finding file(TrackingUri uri) {
        if (ELSEWHERE.matcher(uri.uri()).find()) {
            return FindingCode.MLFLOW_HARD_CODED_FILE.at(
                    uri.where(),
                    uri.where() + " writes MLflow's runs to '" + uri.uri()
                            + "', a folder of one machine, which is not there while grading.",
                    HINT);
        }
        return FindingCode.MLFLOW_HARD_CODED_FILE.at(
                uri.where(),
                uri.where() + " writes MLflow's runs to '" + uri.uri().replace("{}", "{…}")
                        + "'. Runs that are written there while grading are collected, so you lose no points.",
                HINT);
    }

    private static Finding local(TrackingUri uri) {
        return FindingCode.MLFLOW_HARD_CODED_URI.at(
                uri.where(),
                uri.where() + " fixes the tracking server to " + uri.uri() + ". "
                        + (uri.bound()
                                ? "Your own code also opens port " + uri.port()
                                        + ", so that address is left to your code."
                                : "While grading, a tracking server answers there, so you lose no points."),
                HINT);
    }

    private static Finding remote(TrackingUri uri) {
        return switch (uri.use()) {
            case TRIED ->
                FindingCode.MLFLOW_OPTIONAL_URI.at(
                        uri.where(),
                        uri.where() + " sends MLflow's runs to " + uri.host() + " (" + uri.uri()
                                + "), and goes on where that fails. It cannot be reached while grading; where the runs then go to the"
                                + " grader's server or to a folder of the repository, you lose no points.",
                        "Nothing has to be done, if the code then names a folder or leaves the address to the variable MLFLOW_TRACKING_URI.");
            case UNDER_CONDITION ->
                FindingCode.MLFLOW_OPTIONAL_URI.at(
                        uri.where(),
                        uri.where() + " sends MLflow's runs to " + uri.host() + " (" + uri.uri()
                                + ") under a condition. That cannot be reached while grading; where the condition is not met, the runs go"
                                + " to the grader's server and you lose no points.",
                        "Nothing has to be done, if the condition is something that only your machine has, such as a token in a variable.");
            case ALWAYS ->
                FindingCode.MLFLOW_REMOTE_URI.at(
                        uri.where(),
                        uri.where() + " sends MLflow's runs to " + uri.host() + " (" + uri.uri()
                                + "), which cannot be reached while grading: the calls will fail.",
                        HINT);
        };
    }
}

package org.labharness.autograder.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.labharness.lab.Finding;
import org.labharness.pipeline.evidence.Evidence;
import org.labharness.pipeline.evidence.StageRun;
import org.labharness.pipeline.preflight.FindingCode;

/**
 * Tracking code that calls a service on the internet, such as DagsHub, which no run can reach. A stage that ends with an error of the
 * network in such a repository was stopped by that: it is priced like one whose data is out of reach. Who feigns it gains no more than
 * by not pushing data.
 */
final class HostedService {
    private static final String CODE = FindingCode.MLFLOW_REMOTE_URI.code();
    /** Called under a condition: it counts only where it is seen to have stopped a stage. */
    private static final String OPTIONAL = FindingCode.MLFLOW_OPTIONAL_URI.code();

    private static final Pattern NO_NETWORK = Pattern.compile(
            "(?i)name resolution|failed to resolve '|name or service not known|nodename nor servname|getaddrinfo|max retries"
                    + " exceeded|network is unreachable|no route to host|connection ?(error|refused|timed out|aborted)"
                    + "|connect ?timeout|urlopen error|offline");

    private HostedService() {}

    /** The finding on a call to a hosted service, if there is one. */
    static Optional<Finding> called(Evidence evidence) {
        return evidence.findings().stream()
                .filter(finding -> finding.code().equals(CODE))
                .findFirst();
    }

    /** The finding on the call that stopped a stage, in its own script if there is one; empty where it was something else. */
    static Optional<Finding> stopped(StageRun stage, StageScripts scripts) {
        if (!stage.failedByItself()
                || !NO_NETWORK.matcher(stage.log().lastError()).find()) {
            return Optional.empty();
        }
        List<Finding> calls = Stream.of(CODE, OPTIONAL)
                .flatMap(code -> scripts.findings(code, stage).stream())
                .toList();
        return calls.stream()
                .filter(finding -> finding.where() != null && scripts.names(stage, finding.where()))
                .findFirst()
                .or(() -> calls.stream().findFirst());
    }
}

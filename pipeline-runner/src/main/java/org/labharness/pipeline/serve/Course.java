package org.labharness.pipeline.serve;

import java.util.List;
import java.util.Optional;
import org.labharness.pipeline.evidence.ServiceFacts.Outcome;
import org.labharness.pipeline.sandbox.ExecutionResult;
import org.labharness.probe.exchange.Seen;

/**
 * One life of a service, from its start to its end.
 *
 * @param seen what the prober saw of it
 * @param byItself whether it had ended before it was ended
 */
record Course(List<Seen> seen, ExecutionResult result, boolean byItself) {
    private static final int LONGEST_ERROR = 300;

    Course {
        seen = List.copyOf(seen);
    }

    Optional<Seen.Ready> ready() {
        return first(Seen.Ready.class);
    }

    /** Ports that it listened at when it was no longer waited for. */
    List<Integer> listening() {
        return first(Seen.Listening.class).map(Seen.Listening::ports).orElse(List.of());
    }

    /** Of the last answer of a service that was never ready; 0 where there was none. */
    int status() {
        return first(Seen.NotReady.class).map(Seen.NotReady::status).orElse(0);
    }

    private <T extends Seen> Optional<T> first(Class<T> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** How it ended where it never answered. */
    Outcome unready() {
        if (!result.limits().isEmpty()) {
            return Outcome.LIMIT;
        }
        if (byItself) {
            return Outcome.DIED;
        }
        return listening().isEmpty() ? Outcome.SILENT : Outcome.UNREADY;
    }

    /** The last line of its log that names an error, or the last one. */
    String error() {
        String line = result.log().closingLine();
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR);
    }
}

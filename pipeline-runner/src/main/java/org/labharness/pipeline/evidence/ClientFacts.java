package org.labharness.pipeline.evidence;

import java.util.List;

/**
 * Whom a client asked that was told of a service.
 *
 * @param command of the lab
 * @param endpoint that it was told of; volatile, as its port is drawn
 * @param asked what it asked there, method and path, the first of them
 * @param shows what the lab wants to see, as it was drawn from the course's secret and the commit; empty for nothing
 * @param shown whether it showed that
 * @param exit of its process where that ended by itself, else -1
 * @param ready whether it answered, where it is a server
 * @param error the last line of its log that names an error; empty where there is none
 * @param seconds volatile
 */
public record ClientFacts(
        String command,
        String endpoint,
        List<String> asked,
        String shows,
        boolean shown,
        int exit,
        boolean ready,
        List<LimitHit> limits,
        String error,
        double seconds) {
    public ClientFacts {
        asked = List.copyOf(asked);
        limits = List.copyOf(limits);
    }
}

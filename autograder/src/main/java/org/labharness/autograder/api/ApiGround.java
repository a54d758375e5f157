package org.labharness.autograder.api;

import java.time.InstantSource;
import java.util.Map;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.gitserver.GitEndpoint;
import org.labharness.autograder.gitserver.Links;
import org.labharness.autograder.gitserver.PushLimits;
import org.labharness.autograder.queue.Gradings;
import org.labharness.autograder.store.Database;

/**
 * What the API stands on, made by the server.
 *
 * @param archive where bundles and evidence are kept
 * @param variables the process's environment: logins of repositories are read from it
 * @param pushed the repositories that were pushed to this server
 * @param push what of the limits of pushes holds for handing in as well: how often, and how many at once
 * @param version of the program
 */
public record ApiGround(
        LiveCourses courses,
        Database database,
        Archive archive,
        Map<String, String> variables,
        Gradings queue,
        GitEndpoint pushed,
        Links links,
        PushLimits push,
        ApiLimits limits,
        String version,
        InstantSource clock) {
    public ApiGround {
        variables = Map.copyOf(variables);
    }
}

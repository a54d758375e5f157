package org.labharness.autograder.serve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.LiveCourses;

/**
 * What somebody who starts the server asks for.
 *
 * @param home the state folder
 * @param version of the program
 * @param courses whose students push and hand in
 * @param bind address to listen at; null: what the settings say, else 127.0.0.1
 * @param port null: what the settings say, else 8080; 0: any that is free
 * @param config a file of settings; null where there is none
 */
public record ServerOptions(
        Path home,
        String version,
        LiveCourses courses,
        @Nullable String bind,
        @Nullable Integer port,
        @Nullable Path config) {}

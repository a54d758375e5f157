package org.labharness.pipeline.environment;

import java.util.Locale;
import org.labharness.lab.Place;

/**
 * One requirement that the harness passes on to uv, in a form of its own making.
 *
 * @param name as declared
 * @param line name, extras, version and marker, nothing else
 * @param declared what the student wrote
 * @param blamed whether it is the student's fault where it cannot be had: not so for what conda or the imports suggest
 */
record Requirement(String name, String line, String declared, Place where, boolean blamed) {
    /** The name as the package index compares names. */
    String normalized() {
        return normalize(name);
    }

    static String normalize(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    /** What follows the semicolon, or nothing. */
    String marker() {
        int semicolon = line.indexOf(';');
        return semicolon < 0 ? "" : line.substring(semicolon + 1).strip();
    }

    Requirement unblamed() {
        return new Requirement(name, line, declared, where, false);
    }
}

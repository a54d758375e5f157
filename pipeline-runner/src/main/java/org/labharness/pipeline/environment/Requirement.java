package org.labharness.pipeline.environment;

import org.labharness.lab.Place;
import org.labharness.pipeline.evidence.PackageName;

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
        return PackageName.normalized(name);
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

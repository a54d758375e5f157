package org.labharness.pipeline.environment;

import java.util.Locale;
import org.labharness.lab.Place;

/**
 * One requirement that the harness passes on to uv, in a form of its own making.
 *
 * @param name as declared
 * @param line name, extras, version and marker, nothing else
 * @param declared what the student wrote
 */
record Requirement(String name, String line, String declared, Place where) {
    /** The name as the package index compares names. */
    String normalized() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }
}

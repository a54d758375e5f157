package org.labharness.pipeline.evidence;

import java.util.Locale;

/**
 * Names of Python packages.
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/name-normalization/">Names and normalization</a>
 */
public final class PackageName {
    private PackageName() {}

    /** As the package index writes it, whatever it is written like. */
    public static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }
}

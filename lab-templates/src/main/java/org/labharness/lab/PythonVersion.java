package org.labharness.lab;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The Python versions that the images bring. */
public enum PythonVersion {
    PY311("3.11"),
    PY313("3.13");

    private final String number;

    PythonVersion(String number) {
        this.number = number;
    }

    /** The version as Python projects write it: {@code 3.11}. */
    public String number() {
        return number;
    }

    public static PythonVersion parse(String text) {
        for (PythonVersion version : values()) {
            if (version.number.equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException("Python '" + text + "' is not available: expected one of "
                + Arrays.stream(values()).map(PythonVersion::number).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return number;
    }
}

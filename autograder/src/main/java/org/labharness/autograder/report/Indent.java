package org.labharness.autograder.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;

/** Line feeds whatever the system. */
final class Indent {
    static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private Indent() {}
}

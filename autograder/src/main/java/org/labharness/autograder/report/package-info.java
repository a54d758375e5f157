/** Tells an outcome: terminal, JSON, JUnit XML, Markdown, HTML. */
@NullMarked
package org.labharness.autograder.report;

import org.jspecify.annotations.NullMarked;

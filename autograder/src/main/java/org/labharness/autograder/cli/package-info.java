/** The command line: one class a command, exit codes, progress on a terminal or in plain lines. */
@NullMarked
package org.labharness.autograder.cli;

import org.jspecify.annotations.NullMarked;

/** Boards of challenges for people: in a terminal, as CSV, and as a page with score over time. */
@NullMarked
package org.labharness.autograder.leaderboard;

import org.jspecify.annotations.NullMarked;

package org.labharness.autograder.reach;

import org.labharness.autograder.ledger.Trouble;

/** What came of asking for a repository. */
sealed interface Answer {
    /** @param references branches, tags and experiments; none where nothing was pushed yet */
    record Reached(int references) implements Answer {}

    /** @param message what was seen and what to do; empty where the kind of trouble says all */
    record Failed(Trouble trouble, String message) implements Answer {}
}

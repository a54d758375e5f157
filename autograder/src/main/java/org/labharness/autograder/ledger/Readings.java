package org.labharness.autograder.ledger;

import java.util.List;
import java.util.Set;

/**
 * What became of reading the repositories of a course.
 *
 * @param looks the last one at each repository for each lab
 * @param atLatest submissions that were found in a repository: when they were received is known only to be no later than the time they bear
 */
public record Readings(List<NotTaken> notTaken, List<Look> looks, Set<Long> atLatest) {
    public static final Readings NONE = new Readings(List.of(), List.of(), Set.of());

    public Readings {
        notTaken = List.copyOf(notTaken);
        looks = List.copyOf(looks);
        atLatest = Set.copyOf(atLatest);
    }
}

package org.labharness.autograder.challenge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Owner;

/**
 * What a competition held elsewhere says of somebody.
 *
 * @param place the rank; null where only scores are given
 * @param score null where only ranks are given
 */
public record Result(
        Owner owner, @Nullable Integer place, @Nullable BigDecimal score) {}

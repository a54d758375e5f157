package org.labharness.lab.challenge;

import org.jspecify.annotations.Nullable;

/**
 * How often predictions are taken. What is refused uses up nothing.
 *
 * @param perDay of one team or student; a day is one of the course's time zone
 * @param inAll null: any number
 */
public record Quota(int perDay, @Nullable Integer inAll) {}

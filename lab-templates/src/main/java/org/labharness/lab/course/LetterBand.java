package org.labharness.lab.course;

import java.math.BigDecimal;

/**
 * A letter grade.
 *
 * @param from the least course total, in percent, rounded as the course rounds, that earns it
 */
public record LetterBand(String letter, BigDecimal from) {}

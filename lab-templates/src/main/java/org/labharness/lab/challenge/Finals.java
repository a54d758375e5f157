package org.labharness.lab.challenge;

/** Which entry of a team is measured on the private rows for good. */
public sealed interface Finals {
    /** The one whose public score, as the board shows it, is best; of equals the earliest. */
    record BestPublic() implements Finals {}

    /** The last one that was taken. */
    record Last() implements Finals {}

    /**
     * The best on the private rows of those that the team chose before the close; where it chose fewer, the best public ones stand in.
     *
     * @param most that may be chosen
     */
    record Chosen(int most) implements Finals {}
}

package org.labharness.pipeline.evidence;

import java.util.List;

/**
 * A second run right after the first.
 *
 * @param stages full names of the stages that wanted to run again, each with the reason
 */
public record SecondRunFacts(List<Rerun> stages) {
    public SecondRunFacts {
        stages = List.copyOf(stages);
    }

    /** @param reason in words for the student: which dependency changed, or that it is always changed */
    public record Rerun(String stage, String reason) {}
}

package org.labharness.autograder.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lab that something is handed in for. */
@Words("A lab that something is handed in for.")
record LabView(
        @Words("its id in the course") String id,
        @Words("what people call it") String title,

        @Words(
                value =
                        "whether work that comes now is taken; for a student's token by that student's own deadlines and attempts",
                of = {"open", "not-open", "closed", "cancelled", "no-late-days", "cooling-down", "attempts-used-up"})
        String state,

        @Words("why it is not open, in a sentence; empty where it is")
        String message,

        @Words("whether a team hands in together") boolean team,

        @Words("the first moment (RFC 3339); null: it always was open") @Nullable
        String opens,

        @Words("the last moment that is not late, for a student's token their own; null: there is none") @Nullable
        String due) {
    @Words("The labs of a course.")
    record Several(@Words("id of the course") String course, List<LabView> labs) {
        Several {
            labs = List.copyOf(labs);
        }
    }
}

package org.labharness.autograder.api;

import org.jspecify.annotations.Nullable;

/** What was taken. */
@Words("What was taken; the same request with the same Idempotency-Key is answered the same.")
record SubmissionView(
        @Words("its number") long submission,
        @Words("number of the grading that was asked for") long grading,
        @Words("id of the course") String course,
        @Words("id of the lab") String lab,
        @Words("whose work it is: student:ID or team:ID") String owner,
        @Words("where it was read, without logins") String repository,

        @Words("the branch or tag, or the commit where one was named")
        String ref,

        @Words("what is graded") String commit,

        @Words("when the server received it first (RFC 3339); null: not known") @Nullable
        String received,

        Links links) {
    @Words("Where to go on.")
    record Links(
            @Words("how far the grading is") String grading,

            @Words("what happens to it, as server-sent events")
            String events,

            @Words("the verdict, once it is over") String verdict,

            @Words("a page for people, good for whoever has its address")
            String report) {}
}

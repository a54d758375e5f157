package org.labharness.autograder.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.ledger.Grading;

/** How far a grading is. */
@Words("How far a grading is.")
record GradingView(
        @Words("its number") long id,
        @Words("number of the submission") long submission,
        @Words("id of the course") String course,
        @Words("id of the lab") String lab,
        @Words("whose work it is: student:ID or team:ID") String owner,

        @Words(
                value = "how it was asked for",
                of = {"batch", "push", "webhook", "api"})
        String way,

        @Words(
                value = "where it stands; over with done, superseded and cancelled",
                of = {"waiting", "running", "done", "superseded", "cancelled"})
        String state,

        @Words("whether nothing more comes of it") boolean over,

        @Words("how many are taken before it, and itself; 0 where it does not wait")
        int position,

        @Words("what it is doing, in words; empty where it does nothing")
        String step,

        @Words("why it waits again, or what broke; empty where nothing did")
        String code,

        @Words("what became of it, in a line; empty before") String message,
        @Words("when it was asked for (RFC 3339)") String asked,

        @Words("when it was begun last; null before") @Nullable
        String began,

        @Words("when it was over; null before") @Nullable String ended,
        Links links) {
    private static final int LONGEST = 2_000;

    @Words("Where to go on.")
    record Links(
            @Words("this") String self,

            @Words("what happens to it, as server-sent events")
            String events,

            @Words("the verdict, once it is over") String verdict) {}

    @Words("Gradings, the newest first.")
    record Several(List<GradingView> gradings) {
        Several {
            gradings = List.copyOf(gradings);
        }
    }

    static GradingView of(Grading grading, int position) {
        String self = "/api/v1/gradings/" + grading.id();
        return new GradingView(
                grading.id(),
                grading.submission(),
                grading.course().value(),
                grading.lab().value(),
                grading.owner().toString(),
                grading.way().code(),
                grading.state().code(),
                grading.over(),
                position,
                PlainText.line(grading.step(), LONGEST),
                grading.code(),
                PlainText.line(grading.message(), LONGEST),
                grading.asked().toString(),
                text(grading.began()),
                text(grading.ended()),
                new Links(self, self + "/events", self + "/verdict"));
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}

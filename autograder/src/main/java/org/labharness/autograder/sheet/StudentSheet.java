package org.labharness.autograder.sheet;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.JudgedAttempt.Standing;
import org.labharness.autograder.gradebook.LabGrade.Status;
import org.labharness.autograder.gradebook.Standing.Outcome;
import org.labharness.autograder.score.Mark;
import org.labharness.lab.Support;
import org.labharness.lab.course.CourseClock;

/**
 * All that one student may see of a course, in words and figures as they were at a moment. Page and Markdown are made from it alone, so
 * that what is shown later is what was shown then; {@link SheetJson} keeps it.
 *
 * <p>It holds nothing that is for staff alone. Whoever shows less, such as some labs, leaves parts out: what is not there is not shown.
 * Decimals are strings, exactly as the gradebook shows them; times are in UTC. Texts are as people wrote them: escaping is for those
 * who show them.
 *
 * @param schema {@link SheetJson#SCHEMA}
 * @param asOf what was due by then is decided
 * @param total null: not shown
 * @param lateDays null: the course has none
 */
public record StudentSheet(
        String schema,
        CourseHead course,
        Instant asOf,
        Person student,
        @Nullable Total total,
        @Nullable LateDays lateDays,
        List<ComponentPart> components) {
    public StudentSheet {
        components = List.copyOf(components);
    }

    /** @param zone in which times are shown, such as {@code Asia/Kolkata} */
    public record CourseHead(String id, String title, String zone) {}

    /** Whom it is about. */
    public record Person(
            String id,
            String name,
            @Nullable String section,
            @Nullable String team) {}

    /**
     * The course's grade so far.
     *
     * @param total percent earned of the weights that are decided
     * @param weight the sum of these weights
     * @param percent the total over these weights
     * @param letter null: none, or not yet
     * @param rank null: none, or not yet
     * @param students how many take the course
     * @param reason how the components come to the total
     */
    public record Total(
            String total,
            String weight,
            String percent,
            Outcome outcome,
            @Nullable String letter,
            @Nullable Long rank,
            int students,
            String reason) {
        /** How far it is, the letter and the rank, as far as there are. */
        public List<String> words() {
            List<String> words = new ArrayList<>(List.of(outcome.words()));
            if (letter != null) {
                words.add("letter " + letter);
            }
            if (rank != null) {
                words.add("rank " + rank + " of " + students);
            }
            return words;
        }
    }

    /** Late days of the student. */
    public record LateDays(long spent, int of) {}

    /**
     * A component of the course.
     *
     * @param weight percent of the course
     * @param points percent of the course that it has earned; null: nothing is decided, or it is not shown
     * @param reasons one sentence each; none where it is not shown
     */
    public record ComponentPart(
            String id,
            String title,
            String weight,
            @Nullable String points,
            List<String> reasons,
            List<LabPart> labs) {
        public ComponentPart {
            reasons = List.copyOf(reasons);
            labs = List.copyOf(labs);
        }

        /** Whether what its labs come to together is shown. */
        boolean shown() {
            return !reasons.isEmpty();
        }
    }

    /**
     * A lab.
     *
     * @param points earned so far, also where they do not count yet
     * @param of what can be earned without bonus
     * @param counts whether it counts among the best; true also where it is not decided
     * @param provisional whether staff still have to look at something of it
     * @param due the student's own deadline; null: there is none
     * @param reasons one sentence each; one that begins with two blanks belongs to the one before
     * @param machine what attempts can be worth
     * @param checks of the attempt that counts
     */
    public record LabPart(
            String id,
            String title,
            String points,
            String of,
            Status status,
            boolean counts,
            boolean provisional,
            @Nullable Instant due,
            long lateDays,
            List<String> reasons,
            String machine,
            List<AttemptPart> attempts,
            List<CheckPart> checks) {
        public LabPart {
            reasons = List.copyOf(reasons);
            attempts = List.copyOf(attempts);
            checks = List.copyOf(checks);
        }

        /** What it came to, in a few words. */
        public String result() {
            String earned = points + " of " + of;
            return switch (status) {
                case GRADED -> earned + (provisional ? ", provisional" : "") + (counts ? "" : ", dropped");
                case MISSING -> earned + ", missing" + (counts ? "" : ", dropped");
                case OPEN -> "open";
                case WAITING -> "waits for staff";
                case EXCUSED -> "excused";
                case CANCELLED -> "cancelled";
            };
        }

        /** The same without what other labs have to do with it. */
        public LabPart byItself() {
            boolean may = status != Status.EXCUSED && status != Status.CANCELLED;
            return new LabPart(
                    id, title, points, of, status, may, provisional, due, lateDays, reasons, machine, attempts, checks);
        }
    }

    /**
     * Something that was handed in.
     *
     * @param commit its first ten digits
     * @param received null: nobody knows
     * @param points as the checks gave them, scaled to the lab's; null: not judged, or it does not count
     * @param worth the same after what lateness costs
     * @param daysLate begun days after the deadline
     */
    public record AttemptPart(
            String commit,
            @Nullable Instant received,
            Standing standing,
            @Nullable String points,
            @Nullable String worth,
            long daysLate,
            boolean counts) {}

    /** What a check says of the attempt that counts. */
    public record CheckPart(
            String id,
            String title,
            String points,
            String of,
            Mark mark,
            Support support,
            String message,
            String hint) {}

    /** Whether another sheet shows the same, though of another moment. */
    public boolean shows(@Nullable StudentSheet other) {
        return other != null
                && equals(new StudentSheet(
                        other.schema,
                        other.course,
                        asOf,
                        other.student,
                        other.total,
                        other.lateDays,
                        other.components));
    }

    /** What late days were spent on; nothing where all of the course is shown. */
    public String spentOn() {
        return total == null ? " on what is shown" : "";
    }

    /** A time as the course's students read it. */
    String time(Instant instant) {
        return new CourseClock(ZoneId.of(course.zone())).time(instant);
    }

    /** The time at which this was so, with its zone. */
    public String moment() {
        return time(asOf) + " " + course.zone();
    }
}

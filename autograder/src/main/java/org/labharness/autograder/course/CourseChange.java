package org.labharness.autograder.course;

import java.time.Instant;
import java.util.List;
import org.labharness.lab.course.CourseId;

/** What came of it that the files of a course were edited. */
public sealed interface CourseChange {
    /** Which course. */
    CourseId course();

    /** For those who run the process: a sentence, and under it what it is about, a line each. */
    String words();

    /**
     * The course goes by them now.
     *
     * @param differences in a few words each; none where nothing of it can be said in a few words
     */
    record TakenUp(CourseId course, List<String> differences) implements CourseChange {
        public TakenUp {
            differences = List.copyOf(differences);
        }

        @Override
        public String words() {
            return "An edit of the course " + course + " counts from now on"
                    + (differences.isEmpty() ? "." : ":\n  " + String.join("\n  ", differences));
        }
    }

    /**
     * They cannot be used, so the course goes on by what they said before.
     *
     * @param since when that was seen
     * @param why every problem with its line, one paragraph each
     */
    record Refused(CourseId course, Instant since, String why) implements CourseChange {
        @Override
        public String words() {
            return "The course " + course + " was edited and goes on by what was read of it before: " + why;
        }
    }

    /** They are again as they were before an edit that could not be used. */
    record Undone(CourseId course) implements CourseChange {
        @Override
        public String words() {
            return "The course " + course + " is described again as it was read.";
        }
    }
}

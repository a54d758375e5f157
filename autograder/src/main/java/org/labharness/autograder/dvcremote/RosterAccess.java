package org.labharness.autograder.dvcremote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;

/** Students reach their own remotes and those of their teams, as the roster has it, and nothing else. */
public final class RosterAccess implements Access {
    /** A push asks for each file twice; whoever leaves the roster is out within this time. */
    private static final Duration KNOWN = Duration.ofSeconds(10);

    private final Supplier<List<Course>> courses;
    private final RosterStore rosters;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Map<CourseId, Read> read = new ConcurrentHashMap<>();

    private record Read(Roster roster, Instant at) {}

    /** Knows students by what they prove themselves with. */
    public interface Tokens {
        /** Empty where nobody is known by it. */
        Optional<StudentId> student(CourseId course, String user, String secret);
    }

    public RosterAccess(Supplier<List<Course>> courses, Database database, Tokens tokens, InstantSource clock) {
        this.courses = courses;
        this.rosters = new RosterStore(database);
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Decision decide(String user, String secret, CourseId course, String who, LabId lab, boolean writing) {
        Optional<StudentId> id = secret.isEmpty() ? Optional.empty() : tokens.student(course, user, secret);
        Optional<Student> student = id.flatMap(known -> roster(course).student(known));
        if (student.isEmpty()) {
            return new Decision.Unknown();
        }
        Optional<CourseLab> offered = courses.get().stream()
                .filter(one -> one.id().equals(course))
                .findFirst()
                .flatMap(one -> one.lab(lab))
                .filter(CourseLab::submitted);
        if (offered.isEmpty()) {
            return new Decision.Denied("The course " + course + " has no lab " + lab + " that is handed in.");
        }
        var owner = Filing.owner(offered.get(), student.get());
        return owner.id().equals(who)
                ? new Decision.Granted(owner)
                : new Decision.Denied("For " + lab + " your remote is /dvc/" + course + "/" + owner.id() + "/" + lab
                        + ", and no other.");
    }

    private Roster roster(CourseId course) {
        Instant now = clock.instant();
        return read.compute(
                        course,
                        (id, known) -> known != null && now.isBefore(known.at().plus(KNOWN))
                                ? known
                                : new Read(rosters.read(id), now))
                .roster();
    }
}

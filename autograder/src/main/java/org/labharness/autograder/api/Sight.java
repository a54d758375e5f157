package org.labharness.autograder.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.check.PlainText;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.ledger.Grading;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.PushStore;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.lab.course.CourseLab;

/** Who may see and hand in what. What somebody may not see is not there for them. */
final class Sight {
    private static final int SHOWN = 80;

    private final ApiGround ground;
    private final RosterStore rosters;

    Sight(ApiGround ground) {
        this.ground = ground;
        this.rosters = new RosterStore(ground.database());
    }

    /**
     * Whose work something is that is handed in.
     *
     * @throws Problem where there is no such lab, student or team for whoever asks
     */
    Target target(Visitor visitor, SubmissionRequest asked) {
        course(visitor, asked.course());
        CourseLab lab = lab(visitor, asked.lab());
        Roster roster = rosters.read(visitor.token().course());
        StudentId bound = visitor.token().student();
        String student =
                asked.student() == null && asked.team() == null && bound != null ? bound.value() : asked.student();
        if (student == null && asked.team() == null) {
            throw new Problem(
                    Reason.INVALID_REQUEST,
                    "This token is for no student in particular, so the request must say whose work it is: 'student', or 'team'"
                            + " where the lab is for teams.");
        }
        Owner owner = (student == null ? team(roster, lab, asked.team()) : student(roster, lab, student))
                .filter(one -> bound == null
                        || roster.student(bound).filter(one::includes).isPresent())
                .orElseThrow(() -> new Problem(
                        Reason.NOT_FOUND,
                        "There is no " + (student == null ? "team" : "student") + " '"
                                + PlainText.line(String.valueOf(student == null ? asked.team() : student), SHOWN)
                                + "' for this token and lab."));
        return new Target(
                lab, owner, roster.students().stream().filter(owner::includes).toList());
    }

    /** @throws Problem where a course is named that the token is not of */
    void course(Visitor visitor, @Nullable String course) {
        if (course != null && !course.equals(visitor.token().course().value())) {
            throw new Problem(
                    Reason.NOT_FOUND, "There is no course '" + PlainText.line(course, SHOWN) + "' for this token.");
        }
    }

    CourseLab lab(Visitor visitor, String id) {
        return visitor.served()
                .offered(id)
                .orElseThrow(() -> new Problem(
                        Reason.NOT_FOUND,
                        "The course " + visitor.token().course() + " takes nothing for a lab '"
                                + PlainText.line(id, SHOWN) + "'; it does for: "
                                + String.join(", ", visitor.served().labIds()) + "."));
    }

    private static Optional<Owner> student(Roster roster, CourseLab lab, String name) {
        return roster.students().stream()
                .filter(one -> one.id().value().equals(name))
                .findFirst()
                .map(one -> Filing.owner(lab, one));
    }

    private static Optional<Owner> team(Roster roster, CourseLab lab, @Nullable String name) {
        return roster.students().stream()
                .filter(one ->
                        lab.team() && one.team() != null && one.team().value().equals(name))
                .findFirst()
                .map(one -> Filing.owner(lab, one));
    }

    /** The student that a token is bound to. */
    Optional<Student> student(Visitor visitor) {
        StudentId bound = visitor.token().student();
        return bound == null
                ? Optional.empty()
                : rosters.read(visitor.token().course()).student(bound);
    }

    /** @throws Problem where whoever asks sees no such grading */
    Grading grading(Visitor visitor, String number) {
        return (number.matches("[1-9][0-9]{0,17}")
                        ? ground.queue().grading(Long.parseLong(number))
                        : Optional.<Grading>empty())
                .filter(one -> sees(visitor, one))
                .orElseThrow(() -> new Problem(
                        Reason.NOT_FOUND,
                        "There is no grading '" + PlainText.line(number, SHOWN) + "' for this token."));
    }

    /** Staff see all of the course. What is graded with a class is shown to others when grades are released, and not here. */
    boolean sees(Visitor visitor, Grading grading) {
        AccessToken token = visitor.token();
        if (!grading.course().equals(token.course())) {
            return false;
        }
        return switch (token.scope()) {
            case STAFF -> true;
            case STUDENT -> theirs(visitor, grading);
            case CI ->
                theirs(visitor, grading)
                        || (grading.way() != Way.BATCH
                                && new PushStore(ground.database(), token.course())
                                        .handedIn(token.id(), grading.submission()));
        };
    }

    private boolean theirs(Visitor visitor, Grading grading) {
        return grading.way() != Way.BATCH
                && student(visitor).filter(grading.owner()::includes).isPresent();
    }

    /** Whose work for a lab the token's student has a share in; null where it is for nobody in particular. */
    @Nullable
    List<Owner> owners(Visitor visitor) {
        if (visitor.token().student() == null) {
            return null;
        }
        return student(visitor)
                .map(one -> one.team() == null
                        ? List.<Owner>of(new Owner.OfStudent(one.id()))
                        : List.<Owner>of(new Owner.OfStudent(one.id()), new Owner.OfTeam(one.team())))
                .orElse(List.of());
    }
}

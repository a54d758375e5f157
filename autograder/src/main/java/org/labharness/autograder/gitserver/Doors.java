package org.labharness.autograder.gitserver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.intake.Filing;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.lab.course.CourseLab;

/** Who may reach which repository. */
final class Doors {
    private static final Pattern PATH = Pattern.compile(
            "/([^/]{1,100})/([^/]{1,200})/([^/]{1,100}?)(?:\\.git)?(?:/(?:info/refs|git-[a-z-]+|HEAD|objects/.*))?");

    private final LiveCourses courses;
    private final RosterStore rosters;

    Doors(LiveCourses courses, Database database) {
        this.courses = courses;
        this.rosters = new RosterStore(database);
    }

    /** What came of looking for a repository. */
    sealed interface Found {
        record Open(Visit visit) implements Found {}

        /** @param sentence the same whether it is not there or somebody else's */
        record Closed(String sentence) implements Found {}
    }

    /**
     * @param path such as {@code /mlops/CS21B001/dvc-pipeline.git/info/refs}
     * @param arrived server time
     */
    Found find(@Nullable String path, AccessToken token, Instant arrived) {
        Matcher parts = PATH.matcher(path == null ? "" : path);
        if (!parts.matches()) {
            return new Found.Closed(
                    "Addresses of repositories look like .../git/COURSE/ID/LAB.git: your id, or your team's.");
        }
        Optional<ServedCourse> course = courses.now(token.course())
                .filter(one -> one.course().id().value().equals(parts.group(1)));
        if (course.isEmpty() || token.scope() == Scope.CI) {
            return unknown(token);
        }
        ServedCourse served = course.get();
        Roster roster = rosters.read(token.course());
        Optional<CourseLab> offered = served.offered(parts.group(3));
        if (offered.isEmpty()) {
            return new Found.Closed(
                    "The course " + token.course() + " takes no pushes for a lab of that name; it does for: "
                            + String.join(", ", served.labIds()) + ".");
        }
        return owner(roster, offered.get(), parts.group(2))
                .filter(owner -> reaches(token, roster, owner))
                .<Found>map(owner ->
                        new Found.Open(new Visit(served, offered.get(), owner, people(roster, owner), token, arrived)))
                .orElseGet(() -> unknown(token));
    }

    private static Found unknown(AccessToken token) {
        return new Found.Closed(
                token.scope() == Scope.CI
                        ? "This token is for pipelines that hand in, not for repositories."
                        : "There is no such repository for this token. Its course is " + token.course()
                                + (token.student() == null ? "." : ", and its student " + token.student() + "."));
    }

    /** A student's name leads to their team's repository where the lab is for teams. */
    private static Optional<Owner> owner(Roster roster, CourseLab lab, String name) {
        Optional<Owner> student = roster.students().stream()
                .filter(one -> one.id().value().equals(name))
                .findFirst()
                .map(one -> Filing.owner(lab, one));
        return student.or(() -> lab.team()
                ? roster.students().stream()
                        .flatMap(one -> Optional.ofNullable(one.team()).stream())
                        .filter(team -> team.value().equals(name))
                        .findFirst()
                        .map((TeamId team) -> new Owner.OfTeam(team))
                : Optional.empty());
    }

    private static boolean reaches(AccessToken token, Roster roster, Owner owner) {
        return token.scope() == Scope.STAFF
                || (token.student() != null
                        && roster.student(token.student()).map(owner::includes).orElse(false));
    }

    private static List<Student> people(Roster roster, Owner owner) {
        return roster.students().stream().filter(owner::includes).toList();
    }
}

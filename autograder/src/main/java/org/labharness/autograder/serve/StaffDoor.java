package org.labharness.autograder.serve;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.course.LiveCourses;
import org.labharness.autograder.course.ServedCourse;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.TokenStore;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.BasicLogin;
import org.labharness.autograder.token.Scope;
import org.labharness.lab.course.Course;
import org.springframework.http.HttpStatus;

/** Who may see the pages of staff: whoever shows a token of staff, and the pages of its course alone. */
final class StaffDoor {
    private final LiveCourses courses;
    private final TokenStore tokens;
    private final InstantSource clock;

    StaffDoor(LiveCourses courses, Database database, InstantSource clock) {
        this.courses = courses;
        this.tokens = new TokenStore(database);
        this.clock = clock;
    }

    /** What came of somebody's asking. */
    sealed interface Entry {
        record Open(Course course, AccessToken token) implements Entry {}

        record Shut(HttpStatus status, String sentence) implements Entry {}
    }

    /**
     * @param login the request's {@code Authorization}
     * @param course which one is asked for; null: that of the token
     */
    Entry enter(@Nullable String login, @Nullable String course) {
        Optional<AccessToken> shown = BasicLogin.token(login).flatMap(text -> tokens.check(text, clock.instant()));
        if (shown.isEmpty()) {
            return new Entry.Shut(
                    HttpStatus.UNAUTHORIZED,
                    login == null
                            ? "This page is for staff. Log in with any user name and a token of staff as the password"
                                    + " (./lab token issue --scope staff)."
                            : "That is no token that is good: it may be mistyped, revoked or expired. ./lab token issue"
                                    + " --scope staff gives another.");
        }
        AccessToken token = shown.get();
        if (token.scope() != Scope.STAFF) {
            return new Entry.Shut(
                    HttpStatus.FORBIDDEN,
                    "This page is for staff; the token is one of scope "
                            + token.scope().word() + ".");
        }
        return courses.now(token.course())
                .map(ServedCourse::course)
                .filter(one -> course == null || one.id().value().equals(course))
                .<Entry>map(one -> new Entry.Open(one, token))
                .orElseGet(() -> new Entry.Shut(
                        HttpStatus.NOT_FOUND,
                        "There is no such page for this token. Its course is " + token.course() + "."));
    }
}

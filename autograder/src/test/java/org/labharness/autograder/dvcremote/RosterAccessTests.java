package org.labharness.autograder.dvcremote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.sample.SampleStudent.student;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.dvcremote.Access.Decision;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;

class RosterAccessTests {
    private static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");

    @TempDir
    Path folder;

    private final Course course = TinyCourse.course();
    private Database database;
    private Instant now = NOON;
    private Access access;

    @BeforeEach
    void enrol() {
        database = Database.open(DatabaseAddress.file(folder));
        RosterStore store = new RosterStore(database);
        store.note(course, NOON);
        store.apply(
                course.id(),
                RosterChange.between(Roster.EMPTY, new Roster(List.of(student("s01", "alpha"), student("s02", null)))),
                "roster.csv",
                "staff",
                NOON);
        access = new RosterAccess(
                () -> List.of(course),
                database,
                (where, user, secret) -> secret.startsWith("token-of-")
                        ? Optional.of(StudentId.parse(secret.substring(9)))
                        : Optional.empty(),
                () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Decision decide(String secret, String who, String lab) {
        return access.decide("git", secret, course.id(), who, LabId.parse(lab), true);
    }

    @Test
    void studentsReachTheirOwnAndWhereATeamHandsInTheTeams() {
        assertThat(decide("token-of-s01", "s01", "dvc-pipeline"))
                .isEqualTo(new Decision.Granted(Owner.parse("student:s01")));
        assertThat(decide("token-of-s01", "alpha", "mlflow-tracking"))
                .isEqualTo(new Decision.Granted(Owner.parse("team:alpha")));
        assertThat(decide("token-of-s02", "s02", "mlflow-tracking"))
                .isEqualTo(new Decision.Granted(Owner.parse("student:s02")));
    }

    @Test
    void othersAreShutAndTheOwnOneIsNamed() {
        assertThat(decide("token-of-s01", "s02", "dvc-pipeline"))
                .isEqualTo(new Decision.Denied(
                        "For dvc-pipeline your remote is /dvc/mlops/s01/dvc-pipeline, and no other."));
        assertThat(decide("token-of-s01", "s01", "mlflow-tracking"))
                .isEqualTo(new Decision.Denied(
                        "For mlflow-tracking your remote is /dvc/mlops/alpha/mlflow-tracking, and no other."));
        assertThat(decide("token-of-s01", "s01", "viva"))
                .isEqualTo(new Decision.Denied("The course mlops has no lab viva that is handed in."));
        assertThat(decide("token-of-s01", "s01", "none")).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void whoIsNotInTheRosterOrHasNoTokenIsNobody() {
        assertThat(decide("", "s01", "dvc-pipeline")).isEqualTo(new Decision.Unknown());
        assertThat(decide("wrong", "s01", "dvc-pipeline")).isEqualTo(new Decision.Unknown());
        assertThat(decide("token-of-s09", "s09", "dvc-pipeline")).isEqualTo(new Decision.Unknown());
        assertThat(access.decide(
                        "git", "token-of-s01", CourseId.parse("other"), "s01", LabId.parse("dvc-pipeline"), false))
                .isEqualTo(new Decision.Unknown());
    }

    @Test
    void whoLeavesIsOutInSeconds() {
        decide("token-of-s02", "s02", "dvc-pipeline");
        RosterStore store = new RosterStore(database);
        Roster before = store.read(course.id());
        store.apply(
                course.id(),
                RosterChange.between(before, new Roster(List.of(student("s01", "alpha")))),
                "roster.csv",
                "staff",
                NOON);

        now = NOON.plusSeconds(11);
        assertThat(decide("token-of-s02", "s02", "dvc-pipeline")).isEqualTo(new Decision.Unknown());
    }
}

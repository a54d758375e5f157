package org.labharness.autograder.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.labharness.autograder.sample.SampleStudent.student;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.labharness.autograder.ledger.Trouble;
import org.labharness.autograder.reach.RosterReach.Asking;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.TinyCourse;
import org.labharness.lab.LabId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;
import org.labharness.pipeline.SubmissionRefused;
import org.labharness.pipeline.SystemBroke;

class RosterReachTests {
    private static final Course COURSE = TinyCourse.course();
    private static final Instant BEFORE_TEAM_LAB = TinyCourse.TEAM_LAB_OPENS.minusSeconds(1);

    private static final RosterReach.Watcher NOBODY = (done, all) -> {};

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private static Roster roster(Student... students) {
        return new Roster(List.of(students));
    }

    private static RosterReach reach(Roster roster, Instant now, LabId... chosen) {
        List<CourseLab> labs =
                List.of(chosen).stream().map(id -> COURSE.lab(id).orElseThrow()).toList();
        return new RosterReach(COURSE, roster, labs, now);
    }

    private Asking noting(Asking asking) {
        return address -> {
            asked.add(address);
            return asking.references(address);
        };
    }

    @Test
    void failures_are_listed_by_kind_with_what_to_do() {
        Map<String, RuntimeException> failures = Map.of(
                "/srv/cs02",
                new SubmissionRefused(Refusal.REPOSITORY_NOT_FOUND, "There is no folder '/srv/cs02'."),
                "https://h.org/cs03",
                new SubmissionRefused(Refusal.ACCESS_DENIED, "'https://h.org/cs03' may not be read: it is private."),
                "https://h.org/cs04",
                new SystemBroke(Breakdown.LOGIN, "'h.org' does not accept the harness's login."),
                "https://down.org/cs05",
                new SystemBroke(Breakdown.NETWORK, "'down.org' takes no connection."),
                "https://h.org/red",
                new SubmissionRefused(Refusal.TOO_LARGE, "The repository is too large: \u001B[31mhostile\u202E."));
        Roster roster = roster(
                student("cs01", null, "https://h.org/cs01"),
                student("cs02", null, "/srv/{student}"),
                student("cs03", null, "https://h.org/{student}"),
                student("cs04", null, "https://h.org/{student}"),
                student("cs05", null, "https://down.org/{student}"),
                student("cs06", "red", "https://h.org/{team}"),
                student("cs07", "red", "https://h.org/{team}"),
                student("cs08", null, null),
                student("cs09", "Team 9", "https://h.org/{team}.git"),
                student("cs10", null, "https://h.org/cs10"),
                student("cs11", null, null, TinyCourse.DVC));

        ReachReport report = reach(roster, BEFORE_TEAM_LAB)
                .ask(
                        address -> {
                            RuntimeException failure = failures.get(address);
                            if (failure != null) {
                                throw failure;
                            }
                            return address.endsWith("cs10") ? 0 : 2;
                        },
                        4,
                        NOBODY);

        assertThat(report.isWhole()).isFalse();
        Golden.check("roster/reach.txt", report.text(COURSE));
    }

    @Test
    void where_everything_can_be_read_that_is_all_that_is_said() {
        ReachReport report = reach(roster(student("cs1", null, "/srv/{lab}")), TinyCourse.TEAM_LAB_OPENS)
                .ask(address -> 1, 2, NOBODY);
        assertThat(report.isWhole()).isTrue();
        assertThat(report.text(COURSE)).isEqualTo("""
                MLOps (mlops): 2 repositories asked for, of dvc-pipeline, mlflow-tracking.
                Can be read: 2 of 2 (each student's work for each lab).
                """);
    }

    @Test
    void an_address_that_many_share_is_asked_for_once() {
        Roster roster = roster(
                student("cs1", "red", "https://h.org/{team}"),
                student("cs2", "red", "https://h.org/{team}"),
                student("cs3", null, "https://h.org/{student}-{lab}"));
        reach(roster, TinyCourse.TEAM_LAB_OPENS).ask(noting(address -> 1), 3, NOBODY);
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "https://h.org/red", "https://h.org/cs3-dvc-pipeline", "https://h.org/cs3-mlflow-tracking");
    }

    @Test
    void a_lab_that_is_not_open_is_looked_at_only_where_it_is_named() {
        Roster roster = roster(student("cs1", null, "/srv/{lab}"));
        reach(roster, BEFORE_TEAM_LAB).ask(noting(address -> 1), 1, NOBODY);
        assertThat(asked).containsExactly("/srv/dvc-pipeline");
        asked.clear();
        reach(roster, BEFORE_TEAM_LAB, TinyCourse.TEAM).ask(noting(address -> 1), 1, NOBODY);
        assertThat(asked).containsExactly("/srv/mlflow-tracking");
    }

    @Test
    void of_a_team_one_repository_is_enough() {
        Roster roster = roster(student("cs1", "red", "/srv/red"), student("cs2", "red", null));
        assertThat(reach(roster, TinyCourse.TEAM_LAB_OPENS, TinyCourse.TEAM)
                        .ask(address -> 1, 1, NOBODY)
                        .isWhole())
                .isTrue();
        assertThat(reach(roster, TinyCourse.TEAM_LAB_OPENS, TinyCourse.DVC)
                        .ask(address -> 1, 1, NOBODY)
                        .isWhole())
                .isFalse();
    }

    @Test
    void as_many_are_asked_at_once_as_was_said() {
        CountDownLatch together = new CountDownLatch(3);
        Roster roster = roster(student("cs1", null, "/1"), student("cs2", null, "/2"), student("cs3", null, "/3"));
        ReachReport report = reach(roster, BEFORE_TEAM_LAB)
                .ask(
                        address -> {
                            together.countDown();
                            try {
                                return together.await(30, TimeUnit.SECONDS) ? 1 : 0;
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        3,
                        NOBODY);
        assertThat(report.text(COURSE)).doesNotContain("Nothing was pushed yet");
    }

    @Test
    void what_fails_for_a_fault_of_ours_is_told_of_that_one_and_the_others_are_asked() {
        Roster roster = roster(student("cs1", null, "/1"), student("cs2", null, "/2"));
        ReachReport report = reach(roster, BEFORE_TEAM_LAB)
                .ask(
                        address -> {
                            if (address.equals("/1")) {
                                throw new IllegalArgumentException("port out of range");
                            }
                            return 1;
                        },
                        1,
                        NOBODY);
        assertThat(report.text(COURSE))
                .contains("Can be read: 1 of 2", "Not asked (1)", "Asking '/1' failed for a fault of ours");
    }

    @Test
    void who_waits_hears_how_far_it_is() {
        Roster roster = roster(
                student("cs1", "red", "https://h.org/{team}"),
                student("cs2", "red", "https://h.org/{team}"),
                student("cs3", null, "https://h.org/{student}"),
                student("cs4", "no url", "https://h.org/{team}"));
        List<String> heard = new ArrayList<>();
        reach(roster, BEFORE_TEAM_LAB).ask(address -> 1, 1, (done, all) -> heard.add(done + " of " + all));
        assertThat(heard).containsExactly("1 of 2", "2 of 2");
    }

    @Test
    void logins_of_older_rosters_are_not_repeated() {
        Roster roster = roster(student("cs1", null, "https://me:s3cret@h.org/a"), student("cs2", null, "/2"));
        ReachReport report = reach(roster, BEFORE_TEAM_LAB).ask(address -> 1, 1, NOBODY);
        assertThat(report.text(COURSE))
                .contains("'https://…@h.org/a': it holds a login")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_refusal_is_of_some_kind(Refusal refusal) {
        assertThat(Trouble.of(refusal)).isNotEqualTo(Trouble.BROKEN);
    }
}

package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.store.CollectionStore.Collected;
import org.labharness.autograder.store.StaffStore.Failure;
import org.labharness.autograder.store.StaffStore.Held;
import org.labharness.autograder.store.StaffStore.Untimed;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.CourseId;

/** What every database must tell staff. */
abstract class StaffStoreContract extends OnDatabase {
    private static final CourseId OTHER = CourseId.parse("other");
    private int submissions;

    @BeforeEach
    void courses() {
        RosterStore rosters = new RosterStore(database());
        rosters.note(SampleCourse.named("mlops"), NOON);
        rosters.note(SampleCourse.named("other"), NOON);
    }

    private StaffStore store() {
        return new StaffStore(database());
    }

    private SubmissionStore facts() {
        return new SubmissionStore(database());
    }

    private GradingStore gradings() {
        return new GradingStore(database());
    }

    private long submission(CourseId course, @Nullable Instant received, @Nullable String bundle) {
        return facts().submission(
                        course,
                        new SubmissionFact(
                                SampleFacts.LAB,
                                new Owner.OfStudent(SampleFacts.ADA),
                                "repo",
                                "main",
                                String.format("%040x", ++submissions),
                                "refs",
                                received,
                                bundle),
                        NOON);
    }

    private long submission() {
        return submission(COURSE, NOON, "ab".repeat(32));
    }

    private long run(long submission, int generation, RunFact.End end, String code, Instant ended) {
        return facts().run(
                        submission,
                        new RunFact("run", "images", generation, end, code, "It is " + code, null, List.of(), ended));
    }

    private static Instant minute(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void whatCameToNoPointsIsToldOnceTheNewestFirst() {
        long network = submission();
        run(network, 0, RunFact.End.BROKEN, "network", minute(1));
        run(network, 1, RunFact.End.BROKEN, "package-index", minute(2));
        long refused = submission(COURSE, NOON, null);
        run(refused, 0, RunFact.End.REFUSED, "nothing-to-grade", minute(3));
        run(submission(), 0, RunFact.End.GRADED, "", minute(3));
        run(submission(), 0, RunFact.End.BROKEN, "network", minute(-1));
        run(submission(OTHER, NOON, null), 0, RunFact.End.BROKEN, "network", minute(3));

        List<Failure> failures = store().failures(COURSE, NOON);

        assertThat(failures).extracting(one -> one.work().submission()).containsExactly(refused, network);
        assertThat(failures).extracting(Failure::code).containsExactly("nothing-to-grade", "package-index");
        assertThat(failures).extracting(Failure::message).contains("It is package-index");
        assertThat(failures).extracting(Failure::refused).containsExactly(true, false);
        assertThat(failures).extracting(one -> one.work().kept()).containsExactly(false, true);
        assertThat(failures).extracting(Failure::at).containsExactly(minute(3), minute(2));
        assertThat(failures).noneMatch(Failure::graded);
    }

    @Test
    void whatWasGradedLaterIsToldAsSuch() {
        long submission = submission();
        run(submission, 0, RunFact.End.BROKEN, "network", minute(1));
        run(submission, 1, RunFact.End.GRADED, "", minute(2));

        assertThat(store().failures(COURSE, NOON)).singleElement().matches(Failure::graded);
    }

    @Test
    void aGradingThatCameToNoRunIsAFailureWhenItIsOver() {
        long submission = submission();
        long grading =
                gradings().ask(submission, Way.PUSH, "s01", "", false, 0, NOON).grading();
        gradings().begin(grading, "worker", minute(1));
        gradings().back(grading, "worker", true, "network", "It is tried again.", minute(2));
        assertThat(store().failures(COURSE, NOON)).isEmpty();

        gradings().done(grading, "login", "The login is not accepted.", minute(3));

        assertThat(store().failures(COURSE, NOON)).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo("login");
            assertThat(one.message()).isEqualTo("The login is not accepted.");
            assertThat(one.refused()).isFalse();
        });
    }

    @Test
    void stepsOfWhatRunsHaveTheirBeginnings() {
        long grading = gradings()
                .ask(submission(), Way.PUSH, "s01", "", false, 0, NOON)
                .grading();
        assertThat(store().stepsBegan(COURSE)).isEmpty();

        gradings().begin(grading, "worker", minute(1));
        gradings().step(grading, "worker", "run", minute(2));

        assertThat(store().stepsBegan(COURSE)).containsExactly(Map.entry(grading, minute(2)));
        assertThat(store().stepsBegan(OTHER)).isEmpty();
    }

    @Test
    void heldIsWhatTheLastEvaluationCouldNotTestHere() {
        long submission = submission();
        long run = run(submission, 0, RunFact.End.GRADED, "", minute(1));
        stands(submission, run, "first", true);

        assertThat(store().held(COURSE)).singleElement().satisfies((Held one) -> {
            assertThat(one.work().submission()).isEqualTo(submission);
            assertThat(one.points()).isEqualTo(Points.of(5));
            assertThat(one.why())
                    .singleElement()
                    .satisfies(why -> assertThat(why)
                            .startsWith("It serves: The port cannot be reached. xxx")
                            .hasSizeLessThan(1_100));
        });
        assertThat(store().held(OTHER)).isEmpty();

        stands(submission, run, "second", false);

        assertThat(store().held(COURSE)).isEmpty();
    }

    private void stands(long submission, long run, String rubric, boolean held) {
        Verdict fine = new Verdict(
                CheckId.parse("runs"),
                "It runs",
                Points.of(5),
                Points.of(5),
                Support.REPRODUCED,
                null,
                "It ran.",
                "",
                null,
                false);
        Verdict ours = new Verdict(
                CheckId.parse("serves"),
                "It serves",
                Points.of(0),
                Points.of(5),
                Support.UNTESTABLE,
                Untestable.OURS,
                "The port cannot be reached. " + "x".repeat(50_000),
                "",
                null,
                false);
        long evaluation = facts().evaluation(
                        run,
                        new EvaluationFact(
                                rubric,
                                "0.1",
                                Points.of(5),
                                Points.of(5),
                                Points.of(0),
                                held,
                                held ? List.of(fine, ours) : List.of(fine),
                                NOON));
        facts().stands(submission, evaluation, "harness", "", NOON);
    }

    @Test
    void withoutATrustedTimeIsWhatNobodySawCome() {
        submission();
        long unknown = submission(COURSE, null, null);
        submission(OTHER, null, null);

        assertThat(store().untimed(COURSE, Map.of())).singleElement().satisfies((Untimed one) -> {
            assertThat(one.work().submission()).isEqualTo(unknown);
            assertThat(one.ref()).isEqualTo("main");
            assertThat(one.noted()).isEqualTo(NOON);
            assertThat(one.received()).isNull();
        });
    }

    @Test
    void whatWasFoundInARepositoryAfterADeadlineMayHaveBeenThereBefore() {
        long found = submission(COURSE, minute(10), null);
        long pushed = submission(COURSE, minute(10), null);
        long early = submission(COURSE, minute(1), null);
        CollectionStore collections = new CollectionStore(database(), COURSE);
        Owner owner = new Owner.OfStudent(SampleFacts.ADA);
        collections.note(SampleFacts.LAB, owner, collected(minute(10), found));
        collections.note(SampleFacts.LAB, owner, collected(minute(11), pushed));
        collections.note(SampleFacts.LAB, owner, collected(minute(1), early));

        assertThat(store().untimed(COURSE, Map.of(SampleFacts.LAB, minute(5))))
                .singleElement()
                .satisfies((Untimed one) -> {
                    assertThat(one.work().submission()).isEqualTo(found);
                    assertThat(one.received()).isEqualTo(minute(10));
                });
        assertThat(store().untimed(COURSE, Map.of(SampleFacts.LAB, minute(10)))).isEmpty();
        assertThat(store().untimed(COURSE, Map.of())).isEmpty();
    }

    private static Collected collected(Instant at, long submission) {
        return new Collected(NOON, at, submission, "", "");
    }

    @Test
    void noMoreIsToldThanPeopleRead() {
        for (int i = 0; i <= StaffStore.MOST; i++) {
            run(submission(COURSE, null, null), 0, RunFact.End.BROKEN, "network", minute(1));
        }

        assertThat(store().failures(COURSE, NOON)).hasSize(StaffStore.MOST);
    }
}

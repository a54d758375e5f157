package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.lab.CheckId;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.CourseId;

/** What every database must do; each kind runs it. */
abstract class StoreContract {
    static final Instant NOON = Instant.parse("2026-09-10T12:00:00Z");
    private static final LabId LAB = LabId.parse("dvc-pipeline");
    private static final StudentId ADA = StudentId.parse("s01");
    private static final CourseId COURSE = CourseId.parse("mlops");

    /** The database, which holds nothing at the start of each test. */
    abstract Database database();

    @BeforeEach
    void noteTheCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
    }

    private Student ada() {
        return new Student(
                ADA,
                "Ada Ünlü",
                "ada@example.org",
                TeamId.parse("alpha"),
                "B",
                "https://git.example.org/{lab}/{student}.git",
                Map.of(LAB, "https://elsewhere.example.org/ada.git"),
                Map.of(LAB, new Extension.Span(Duration.ofDays(2))),
                Set.of(LabId.parse("viva")));
    }

    private Ledger ledger() {
        return new LedgerStore(database()).read(COURSE);
    }

    private static SubmissionFact submission(String commit) {
        return new SubmissionFact(LAB, new Owner.OfStudent(ADA), "repo", "main", commit, "refs", NOON, null);
    }

    private static RunFact run(RunFact.End end, int generation) {
        return new RunFact("run", "images", generation, end, "code", "words", "evidence", List.of("Tree[]"), NOON);
    }

    private static EvaluationFact evaluation(String rubric, String points) {
        Verdict verdict = new Verdict(
                CheckId.parse("runs"),
                "It runs",
                Points.parse(points),
                Points.of(50),
                Support.REPRODUCED,
                null,
                "It ran.",
                "",
                null);
        return new EvaluationFact(rubric, "0.1", Points.parse(points), Points.of(50), false, List.of(verdict), NOON);
    }

    @Test
    void aRosterComesBackAsItWasImported() {
        RosterStore store = new RosterStore(database());
        Roster roster = new Roster(List.of(ada(), Student.named("s02", "Bo")));

        store.apply(COURSE, RosterChange.between(Roster.EMPTY, roster), "roster.csv", "staff", NOON);

        assertThat(store.read(COURSE)).isEqualTo(roster);
    }

    @Test
    void whoIsGoneFromTheRosterKeepsTheirFactsAndComesBack() {
        RosterStore store = new RosterStore(database());
        Roster both = new Roster(List.of(ada(), Student.named("s02", "Bo")));
        Roster one = new Roster(List.of(ada()));
        store.apply(COURSE, RosterChange.between(Roster.EMPTY, both), "roster.csv", "staff", NOON);

        store.apply(COURSE, RosterChange.between(both, one), "roster.csv", "staff", NOON);
        assertThat(store.read(COURSE)).isEqualTo(one);

        store.apply(COURSE, RosterChange.between(one, both), "roster.csv", "staff", NOON);
        assertThat(store.read(COURSE)).isEqualTo(both);
    }

    @Test
    void theSameSubmissionRunAndEvaluationAreNotedOnce() {
        SubmissionStore store = new SubmissionStore(database());

        long submission = store.submission(COURSE, submission("c1"), NOON);
        long run = store.run(submission, run(RunFact.End.GRADED, 1));
        long evaluation = store.evaluation(run, evaluation("rubric", "40"));

        assertThat(store.submission(COURSE, submission("c1"), NOON.plusSeconds(60)))
                .isEqualTo(submission);
        assertThat(store.run(submission, run(RunFact.End.GRADED, 1))).isEqualTo(run);
        assertThat(store.evaluation(run, evaluation("rubric", "10"))).isEqualTo(evaluation);
        assertThat(store.submission(COURSE, submission("c2"), NOON)).isNotEqualTo(submission);
        assertThat(store.run(submission, run(RunFact.End.GRADED, 2))).isNotEqualTo(run);
        assertThat(store.nextGeneration(submission, "run", "images")).isEqualTo(3);
    }

    @Test
    void theEvaluationThatStandsIsWorthSomethingAndItsForerunnersAreRemembered() {
        SubmissionStore store = new SubmissionStore(database());
        long submission = store.submission(COURSE, submission("c1"), NOON);
        long run = store.run(submission, run(RunFact.End.GRADED, 1));
        long first = store.evaluation(run, evaluation("rubric", "40"));
        long second = store.evaluation(run, evaluation("other", "44.5"));

        store.stands(submission, first, "harness", "", NOON);
        store.stands(submission, second, "staff", "a fairer rubric", NOON.plusSeconds(1));
        store.stands(submission, second, "staff", "again", NOON.plusSeconds(2));

        Attempt attempt = ledger().attempts().getFirst();
        assertThat(attempt.state()).isEqualTo(new Attempt.Judged(Points.parse("44.5"), Points.of(50), false));
        assertThat(attempt.history()).extracting(Attempt.Judgement::why).containsExactly("", "a fairer rubric");
        assertThat(attempt.received()).isEqualTo(NOON);

        store.stands(submission, first, "staff", "back again", NOON.plusSeconds(3));
        assertThat(ledger().attempts().getFirst().state())
                .isEqualTo(new Attempt.Judged(Points.of(40), Points.of(50), false));
    }

    @Test
    void whatWasNeverJudgedWaitsOrWasRefused() {
        SubmissionStore store = new SubmissionStore(database());
        store.submission(COURSE, submission("c1"), NOON);
        store.run(store.submission(COURSE, submission("c2"), NOON), run(RunFact.End.BROKEN, 1));
        store.run(store.submission(COURSE, submission("c3"), NOON), run(RunFact.End.REFUSED, 1));

        assertThat(ledger().attempts())
                .extracting(Attempt::state)
                .containsExactly(
                        new Attempt.Waiting("It has not been run yet."),
                        new Attempt.Waiting("words"),
                        new Attempt.Refused("code"));
    }

    @Test
    void marksAndOverridesComeBackInTheirOrder() {
        DecisionStore store = new DecisionStore(database());
        Owner owner = new Owner.OfStudent(ADA);
        store.marks(
                COURSE,
                List.of(
                        new NewMark(LAB, owner, "tools", "grader", false, Points.parse("0.5"), "hesitant"),
                        new NewMark(LAB, owner, "tools", "grader", false, null, "")),
                NOON);
        long held = store.override(COURSE, ADA, LAB, Kind.ADD, new BigDecimal("-1.25"), "chief", "copied", NOON);
        long back = store.override(COURSE, ADA, LAB, Kind.EXCUSE, null, "chief", "ill", NOON);
        assertThat(store.takeBack(COURSE, back, "chief", "was well", NOON)).isTrue();
        assertThat(store.takeBack(COURSE, back, "chief", "twice", NOON)).isFalse();
        assertThat(store.takeBack(CourseId.parse("other"), held, "x", "y", NOON))
                .isFalse();

        Ledger ledger = ledger();

        assertThat(ledger.marks()).hasSize(2);
        assertThat(ledger.marks().getFirst().points()).isEqualTo(Points.parse("0.5"));
        assertThat(ledger.marks().getLast().points()).isNull();
        assertThat(ledger.overrides()).hasSize(2);
        assertThat(ledger.overrides().getFirst().value()).isEqualByComparingTo("-1.25");
        assertThat(ledger.overrides().getFirst().holds()).isTrue();
        assertThat(ledger.overrides().getLast().holds()).isFalse();
    }
}

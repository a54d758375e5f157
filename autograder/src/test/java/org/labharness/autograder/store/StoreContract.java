package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.labharness.autograder.store.SampleFacts.ADA;
import static org.labharness.autograder.store.SampleFacts.LAB;
import static org.labharness.autograder.store.SampleFacts.ada;
import static org.labharness.autograder.store.SampleFacts.evaluation;
import static org.labharness.autograder.store.SampleFacts.run;
import static org.labharness.autograder.store.SampleFacts.submission;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.store.DecisionStore.NewMark;
import org.labharness.lab.CheckId;
import org.labharness.lab.Place;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.CourseId;

/** What every database must do; each kind runs it. */
abstract class StoreContract extends OnDatabase {
    @BeforeEach
    void noteTheCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
    }

    private Ledger ledger() {
        return new LedgerStore(database()).read(COURSE);
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
    void theStateOfARosterIsAnotherOneWheneverTheRosterIs() {
        RosterStore store = new RosterStore(database());
        String empty = store.state(COURSE);
        assertThat(store.state(COURSE)).isEqualTo(empty);

        Roster roster = new Roster(List.of(ada(), Student.named("s02", "Bo")));
        store.apply(COURSE, RosterChange.between(Roster.EMPTY, roster), "roster.csv", "staff", NOON);
        String imported = store.state(COURSE);
        assertThat(imported).isNotEqualTo(empty);

        PersonStore people = new PersonStore(database());
        people.forget(people.find(COURSE, StudentId.parse("s02")).orElseThrow(), StudentId.parse("forgotten-2"));
        assertThat(store.state(COURSE)).isNotEqualTo(imported);
    }

    @Test
    void whatASubmitterSeesIsOfTheirOwnLastGradingUntilTheLabIsReleased() {
        SubmissionStore store = new SubmissionStore(database());
        VerdictStore verdicts = new VerdictStore(database());
        GradingStore gradings = new GradingStore(database());
        long submission = store.submission(COURSE, submission("c1"), NOON);
        long run = store.run(submission, run(RunFact.End.GRADED, 1));
        store.stands(submission, store.evaluation(run, evaluation("batch", "1")), "staff", "", NOON);
        long batch =
                gradings.ask(submission, Way.BATCH, "staff", "", false, 0, NOON).grading();
        gradings.done(batch, "", "", NOON);
        assertThat(verdicts.shown(submission))
                .as("nobody but staff asked for it")
                .isEmpty();

        long own = gradings.ask(submission, Way.PUSH, "s01", "", false, 0, NOON).grading();
        store.stands(submission, store.evaluation(run, evaluation("own", "2")), "s01", "", NOON.plusSeconds(10));
        gradings.done(own, "", "", NOON.plusSeconds(11));
        store.stands(submission, store.evaluation(run, evaluation("later", "3")), "staff", "", NOON.plusSeconds(20));
        assertThat(verdicts.shown(submission).orElseThrow().points()).isEqualTo(Points.of(2));
        assertThat(verdicts.current(submission).orElseThrow().points()).isEqualTo(Points.of(3));

        new ReleaseStore(database())
                .release(COURSE, submission("c1").lab().value(), "staff", "", NOON.plusSeconds(30), Map.of());
        assertThat(verdicts.shown(submission).orElseThrow().points()).isEqualTo(Points.of(3));
        store.stands(submission, store.evaluation(run, evaluation("last", "4")), "staff", "", NOON.plusSeconds(40));
        assertThat(verdicts.shown(submission).orElseThrow().points()).isEqualTo(Points.of(3));
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
        assertThat(attempt.state())
                .isEqualTo(new Attempt.Judged(Points.parse("44.5"), Points.of(50), Points.of(3), false));
        assertThat(attempt.history()).extracting(Attempt.Judgement::why).containsExactly("", "a fairer rubric");
        assertThat(attempt.received()).isEqualTo(NOON);

        store.stands(submission, first, "staff", "back again", NOON.plusSeconds(3));
        assertThat(ledger().attempts().getFirst().state())
                .isEqualTo(new Attempt.Judged(Points.of(40), Points.of(50), Points.of(3), false));
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
    void whatTheHarnessFailedAtIsSparedHoweverItEnds() {
        SubmissionStore store = new SubmissionStore(database());
        long fine = store.submission(COURSE, submission("c1"), NOON);
        long broken = store.submission(COURSE, submission("c2"), NOON);
        store.stands(
                fine,
                store.evaluation(store.run(fine, run(RunFact.End.GRADED, 1)), evaluation("r", "40")),
                "h",
                "",
                NOON);
        store.run(broken, run(RunFact.End.BROKEN, 1));
        store.stands(
                broken,
                store.evaluation(store.run(broken, run(RunFact.End.GRADED, 2)), evaluation("r", "30")),
                "h",
                "",
                NOON);

        assertThat(ledger().attempts()).extracting(Attempt::spared).containsExactly(false, true);
        assertThat(ledger().attempts().getLast().state())
                .isEqualTo(new Attempt.Judged(Points.of(30), Points.of(50), Points.of(3), false));
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

    @Test
    void overridesOfOneMomentHaveNumbersOfTheirOwn() {
        DecisionStore store = new DecisionStore(database());

        long first = store.override(COURSE, ADA, LAB, Kind.COMMENT, null, "chief", "one", NOON);
        long second = store.override(COURSE, ADA, LAB, Kind.COMMENT, null, "chief", "two", NOON);

        assertThat(ledger().overrides()).extracting(GradeOverride::id).containsExactly(first, second);
    }

    @Test
    void aBatchOfMarksWithOneThatCannotBeKeptIsNotKeptAtAll() {
        DecisionStore store = new DecisionStore(database());
        Owner owner = new Owner.OfStudent(ADA);
        NewMark good = new NewMark(LAB, owner, "tools", "grader", false, Points.of(1), "");
        NewMark bad = new NewMark(LAB, owner, "x".repeat(41), "grader", false, Points.of(1), "");

        assertThatThrownBy(() -> store.marks(COURSE, List.of(good, bad), NOON)).isInstanceOf(RuntimeException.class);

        assertThat(ledger().marks()).isEmpty();
        store.marks(COURSE, List.of(), NOON);
        assertThat(ledger().marks()).isEmpty();
    }

    @Test
    void anImportThatCannotBeKeptChangesNobody() {
        RosterStore store = new RosterStore(database());
        Roster before = new Roster(List.of(ada()));
        store.apply(COURSE, RosterChange.between(Roster.EMPTY, before), "roster.csv", "staff", NOON);
        Student tooLong = new Student(
                StudentId.parse("s09"), "Lo", null, null, null, "x".repeat(2_001), Map.of(), Map.of(), Set.of(), false);
        Roster after = new Roster(List.of(Student.named("s01", "Renamed"), tooLong));

        assertThatThrownBy(() -> store.apply(COURSE, RosterChange.between(before, after), "roster.csv", "staff", NOON))
                .isInstanceOf(RuntimeException.class);

        assertThat(store.read(COURSE)).isEqualTo(before);
    }

    @Test
    void textsThatADatabaseWouldNotTakeAreKeptAsFarAsTheyCan() {
        SubmissionStore store = new SubmissionStore(database());
        SubmissionFact odd = new SubmissionFact(
                LAB, new Owner.OfStudent(ADA), "C:\\work\\a\0b", "feature/" + "ü".repeat(600), "c1", "r", NOON, null);
        long submission = store.submission(COURSE, odd, NOON);
        long run = store.run(
                submission,
                new RunFact(
                        "d",
                        "i",
                        1,
                        RunFact.End.BROKEN,
                        "code",
                        "a\0b\ud83d " + "x".repeat(5_000),
                        null,
                        List.of(),
                        NOON));
        store.evaluation(run, evaluation("rubric", "1", "smile \ud83d\ude00 half \ud83d nul \0"));

        assertThat(ledger().attempts().getFirst().state())
                .isEqualTo(new Attempt.Waiting("a\ufffdb\ufffd " + "x".repeat(4_000 - 6) + "…"));
        assertThat(database()
                        .client()
                        .sql("select message from verdict")
                        .query(String.class)
                        .single())
                .isEqualTo("smile \ud83d\ude00 half \ufffd nul \ufffd");
        assertThat(store.submission(COURSE, odd, NOON)).isEqualTo(submission);
    }

    @Test
    void aMomentIsNeverRoundedPastADeadline() {
        Instant justInTime = Instant.parse("2026-09-10T11:59:59.999999999Z");
        SubmissionFact late =
                new SubmissionFact(LAB, new Owner.OfStudent(ADA), "repo", "main", "c1", "refs", justInTime, null);

        new SubmissionStore(database()).submission(COURSE, late, NOON);

        assertThat(ledger().attempts().getFirst().received()).isEqualTo("2026-09-10T11:59:59.999999Z");
    }

    @Test
    void aSubmissionWithoutATrustedTimeHasNone() {
        SubmissionFact untimed =
                new SubmissionFact(LAB, new Owner.OfStudent(ADA), "repo", "main", "c1", "refs", null, "b".repeat(64));

        new SubmissionStore(database()).submission(COURSE, untimed, NOON);

        assertThat(ledger().attempts().getFirst().received()).isNull();
    }

    @Test
    void aSubmissionComesBackAsItWasNotedAndItsBundleMayComeLater() {
        SubmissionStore store = new SubmissionStore(database());
        SubmissionFact kept = new SubmissionFact(
                LAB, new Owner.OfTeam(TeamId.parse("alpha 7")), "repo", "main", "c1", "refs", NOON, "b".repeat(64));
        SubmissionFact bare =
                new SubmissionFact(LAB, kept.owner(), "repo", "main", "c1", "refs", NOON.plusSeconds(9), null);
        SubmissionFact other = new SubmissionFact(
                LAB, kept.owner(), "repo", "main", "c1", "refs", NOON.plusSeconds(9), "c".repeat(64));

        long number = store.submission(COURSE, kept, NOON);
        assertThat(store.submission(COURSE, other, NOON)).isEqualTo(number);
        assertThat(store.fact(COURSE, number)).contains(kept);
        assertThat(store.fact(CourseId.parse("other"), number)).isEmpty();

        new RosterStore(database()).note(SampleCourse.named("other"), NOON);
        CourseId course = CourseId.parse("other");
        long later = store.submission(course, bare, NOON);
        store.submission(course, other, NOON);
        assertThat(store.fact(course, later).orElseThrow().bundle()).isEqualTo(other.bundle());
        assertThat(store.fact(course, later).orElseThrow().received()).isEqualTo(bare.received());
    }

    @Test
    void coursesDoNotSeeEachOther() {
        new RosterStore(database()).note(SampleCourse.named("other"), NOON);
        new RosterStore(database()).note(SampleCourse.named("other"), NOON.plusSeconds(1));
        CourseId other = CourseId.parse("other");
        SubmissionStore store = new SubmissionStore(database());

        assertThat(store.submission(other, submission("c1"), NOON))
                .isNotEqualTo(store.submission(COURSE, submission("c1"), NOON));
        new DecisionStore(database()).override(other, ADA, LAB, Kind.COMMENT, null, "chief", "hm", NOON);

        assertThat(ledger().attempts()).hasSize(1);
        assertThat(ledger().overrides()).isEmpty();
        assertThat(new LedgerStore(database()).read(CourseId.parse("none"))).isEqualTo(Ledger.EMPTY);
        assertThat(new RosterStore(database()).read(other)).isEqualTo(Roster.EMPTY);
    }

    @Test
    void whatIsKeptIsThereWhenTheDatabaseIsOpenedAgain() {
        new SubmissionStore(database()).submission(COURSE, submission("c1"), NOON);
        Ledger before = ledger();

        close();

        assertThat(new LedgerStore(another(address())).read(COURSE)).isEqualTo(before);
    }

    @Test
    void theVerdictsOfTheEvaluationThatCountsComeBackAsTheyWereGiven() {
        SubmissionStore store = new SubmissionStore(database());
        Verdict held = new Verdict(
                CheckId.parse("model"),
                "A model",
                Points.parse("2.5"),
                Points.of(5),
                Support.UNTESTABLE,
                Untestable.OURS,
                "No image.",
                "Nothing to do.",
                new Place("src/a:b.py", 7));
        Verdict aside = new Verdict(
                CheckId.parse("gpu"),
                "Not here",
                Points.ZERO,
                Points.ZERO,
                Support.UNTESTABLE,
                Untestable.NOT_APPLICABLE,
                "",
                "",
                Place.of("dvc.yaml"));
        long submission = store.submission(COURSE, submission("c1"), NOON);
        long run = store.run(submission, run(RunFact.End.GRADED, 1));
        long first = store.evaluation(run, evaluation("rubric", "40"));
        long second = store.evaluation(
                run,
                new EvaluationFact(
                        "other",
                        "0.1",
                        Points.parse("2.5"),
                        Points.of(5),
                        Points.ZERO,
                        true,
                        List.of(held, aside),
                        NOON));
        long waiting = store.submission(COURSE, submission("c2"), NOON);
        store.stands(submission, first, "harness", "", NOON);
        store.stands(submission, second, "staff", "a fairer rubric", NOON);

        LedgerStore.Facts facts = new LedgerStore(database()).facts(COURSE);
        VerdictStore verdicts = new VerdictStore(database());

        assertThat(facts.ledger()).isEqualTo(ledger());
        assertThat(facts.current().of(submission)).hasValue(second);
        assertThat(facts.current().of(waiting)).isEmpty();
        assertThat(verdicts.verdicts(new long[] {second})).isEqualTo(Map.of(second, List.of(held, aside)));
        assertThat(verdicts.verdicts(new long[0])).isEmpty();
        Map<Long, List<VerdictStore.CheckPoints>> points = new HashMap<>();
        verdicts.points(new long[] {second, first, 9_999}, points::put);
        assertThat(points).containsOnlyKeys(first, second);
        assertThat(points.get(second))
                .extracting(VerdictStore.CheckPoints::check)
                .containsExactlyInAnyOrder("gpu", "model");
        verdicts.points(new long[] {first}, points::put);
        assertThat(Objects.requireNonNull(points.get(first)).getFirst().points())
                .isEqualByComparingTo("40");
    }

    @Test
    void manySubmissionsComeInTheOrderInWhichTheyBecameKnown() {
        SubmissionStore store = new SubmissionStore(database());
        List<Long> noted = new ArrayList<>();
        for (String commit : List.of("f", "a", "e", "b", "d", "c")) {
            long submission = store.submission(COURSE, submission(commit), NOON);
            noted.add(submission);
            long run = store.run(submission, run(RunFact.End.GRADED, 1));
            store.stands(submission, store.evaluation(run, evaluation("rubric", "10")), "harness", "", NOON);
        }

        assertThat(ledger().attempts()).extracting(Attempt::submission).isEqualTo(noted);
    }
}

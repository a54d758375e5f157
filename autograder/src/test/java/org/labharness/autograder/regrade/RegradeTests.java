package org.labharness.autograder.regrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.check.Checks;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.SampleLab;
import org.labharness.autograder.sample.WayOfGoingWrong;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.GradedRun;
import org.labharness.lab.Check;
import org.labharness.lab.CheckId;
import org.labharness.lab.DvcCheck;
import org.labharness.lab.Form;
import org.labharness.lab.InterventionCheck;
import org.labharness.lab.Lab;
import org.labharness.lab.Points;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.Rounding;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.Evidence;

class RegradeTests {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private final Lab before = SampleLab.of(SampleLab.everyCheck(), false);
    private final Map<String, Evidence> kept = new HashMap<>();
    private final List<GradedRun> runs = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Student> students = new ArrayList<>();

    private void submitted(String student, Evidence evidence) {
        List<Verdict> verdicts = Checks.evaluate(before, evidence);
        Scorecard scorecard = Scorecard.of(before, verdicts);
        long number = runs.size() + 1L;
        kept.put("digest-" + number, evidence);
        Owner owner = new Owner.OfStudent(Student.named(student, student).id());
        students.add(Student.named(student, "Student " + student));
        runs.add(new GradedRun(
                number,
                owner,
                "c0ffee" + number,
                number,
                "digest-" + number,
                before.checks().stream()
                        .flatMap(check -> Facts.requests(check).stream())
                        .distinct()
                        .toList(),
                verdicts.stream().collect(Collectors.toMap(Verdict::id, Verdict::points))));
        attempts.add(new Attempt(
                number,
                before.id(),
                owner,
                "c0ffee" + number,
                NOW,
                new Attempt.Judged(scorecard.points(), scorecard.of(), scorecard.bonus(), false),
                false,
                List.of(new Attempt.Judgement(
                        scorecard.points(), scorecard.of(), scorecard.bonus(), NOW, "harness", ""))));
    }

    private Evidence evidence(String digest) {
        Evidence evidence = kept.get(digest);
        if (evidence == null) {
            throw new SystemBroke(Breakdown.INTERNAL, "There is no evidence " + digest + ".");
        }
        return evidence;
    }

    private static Course course(Lab lab) {
        CourseLab offered = new CourseLab(
                lab.id(),
                lab.title(),
                lab.points(),
                Form.NONE,
                lab.folder(),
                CourseLab.Schedule.ALWAYS,
                LatePolicy.REFUSED,
                AttemptPolicy.DEFAULT,
                false,
                null);
        Component all = new Component(
                ComponentId.parse("labs"),
                "Labs",
                BigDecimal.valueOf(100),
                null,
                1,
                Component.Scale.EQUAL,
                Component.Bonus.LAB,
                List.of(offered));
        return new Course(
                CourseId.parse("mlops"),
                "MLOps",
                ZoneOffset.UTC,
                null,
                Rounding.DEFAULT,
                List.of(),
                false,
                0,
                List.of(all),
                Path.of("").toAbsolutePath());
    }

    private Regrade by(Lab rubric) {
        return Regrade.of(
                course(rubric),
                rubric.id(),
                new Roster(students),
                new Ledger(attempts, List.of(), List.of()),
                new Reevaluator(rubric, this::evidence).all(runs),
                "staff",
                "the lock is worth less",
                NOW);
    }

    /** The same rubric, where the lock is worth five and the second run fifteen. */
    private static Lab reweighted() {
        return weighing(5, 15);
    }

    private static Lab weighing(int lock, int secondRun) {
        return SampleLab.of(
                SampleLab.everyCheck().stream()
                        .map(check -> switch (check.id().value()) {
                            case "lock" -> worth(check, lock);
                            case "second-run" -> worth(check, secondRun);
                            default -> check;
                        })
                        .toList(),
                false);
    }

    private static Check worth(Check check, long points) {
        return new Check(check.id(), check.title(), Points.of(points), check.spec(), check.hint());
    }

    @Test
    void theSameRubricChangesNobody() {
        submitted("s01", WayOfGoingWrong.NONE.evidence());

        Regrade regrade = by(before);

        assertThat(regrade.changed()).isEmpty();
        assertThat(regrade.effects()).isEmpty();
        assertThat(RegradeText.of(regrade)).contains("0 with other points", "No student's points for sample change.");
    }

    @Test
    void thePreviewSaysWhoChangesByHowMuchAndWhy() {
        submitted("s01", WayOfGoingWrong.NONE.evidence());
        submitted("s02", WayOfGoingWrong.STALE_LOCK.evidence());
        submitted("s03", WayOfGoingWrong.SECOND_RUN_RUNS_AGAIN.evidence());

        Golden.check("regrade/preview.txt", RegradeText.of(by(reweighted())));
    }

    @Test
    void whatWasNotCollectedIsNamedAndStaysAsItIs() {
        submitted("s01", WayOfGoingWrong.NONE.evidence());
        List<Check> checks = new ArrayList<>(SampleLab.everyCheck());
        checks.add(new Check(
                CheckId.parse("rebuilt"),
                "Outputs are rebuilt",
                Points.of(10),
                new InterventionCheck.OutputsRebuilt(List.of("models/model.pkl")),
                null));

        Regrade regrade = by(SampleLab.of(checks, false));

        assertThat(regrade.effects()).isEmpty();
        assertThat(RegradeText.of(regrade))
                .contains(
                        "1 submission would need evidence that was not collected when it ran",
                        "s01 at c0ffee1: rebuilt",
                        "--rerun runs exactly these again");
    }

    @Test
    void evidenceThatIsGoneIsNamedAndNobodyLosesForIt() {
        submitted("s01", WayOfGoingWrong.NONE.evidence());
        kept.clear();

        Regrade regrade = by(reweighted());

        assertThat(regrade.effects()).isEmpty();
        assertThat(RegradeText.of(regrade))
                .contains("s01 at c0ffee1: There is no evidence digest-1.", "--rerun runs exactly these again");
        assertThat(regrade.unjudged()).hasSize(1);
    }

    @Test
    void aCheckLessIsNamed() {
        submitted("s01", WayOfGoingWrong.STALE_LOCK.evidence());
        Lab without = SampleLab.of(
                SampleLab.everyCheck().stream()
                        .filter(check -> !(check.spec() instanceof DvcCheck.LockAgrees))
                        .toList(),
                false);

        assertThat(RegradeText.of(by(without))).contains("lock -6.67 (no check any more)");
    }

    @Test
    void ofSeveralSubmissionsTheOneThatCountsSaysWhatChanges() {
        submitted("s01", WayOfGoingWrong.STALE_LOCK.evidence());
        submitted("s01", WayOfGoingWrong.SECOND_RUN_RUNS_AGAIN.evidence());
        students.removeLast();

        Regrade regrade = by(reweighted());

        assertThat(regrade.effects()).hasSize(1);
        assertThat(RegradeText.of(regrade)).contains("course 97.78 -> 98.89  lock -3.34, second-run +5\n");
        assertThat(RegradeText.of(by(weighing(18, 2))))
                .contains("146.67 -> 148 of 150, course 97.78 -> 98.67  now c0ffee2 counts, lock +8\n");
    }
}

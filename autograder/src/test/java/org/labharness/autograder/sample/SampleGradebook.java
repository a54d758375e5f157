package org.labharness.autograder.sample;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.gradebook.Gradebook;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.Attempt.Judgement;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.lab.CheckId;
import org.labharness.lab.Form;
import org.labharness.lab.Form.Combine;
import org.labharness.lab.FormItem;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.Support;
import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;
import org.labharness.lab.course.AttemptPolicy;
import org.labharness.lab.course.AttemptPolicy.Counts;
import org.labharness.lab.course.Component;
import org.labharness.lab.course.Component.Bonus;
import org.labharness.lab.course.Component.Scale;
import org.labharness.lab.course.ComponentId;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.course.CourseLab.Schedule;
import org.labharness.lab.course.LatePolicy;
import org.labharness.lab.course.LetterBand;
import org.labharness.lab.course.Rounding;

/** A course of six students in which everything happens that can, and whose people have names that try to become something else. */
public final class SampleGradebook {
    public static final Instant AS_OF = Instant.parse("2026-11-20T06:30:00Z");
    public static final String FORMULA = "=HYPERLINK(\"http://evil.example\",\"Dee\")";
    public static final String SCRIPT = "Cy <script>alert('x')</script>";
    private static final Instant DUE = Instant.parse("2026-09-11T18:30:00Z");
    private static final TeamId ALPHA = TeamId.parse("alpha & beta".replace('&', '+'));

    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<GradeOverride> overrides = new ArrayList<>();
    private final Map<Long, List<Verdict>> verdicts = new HashMap<>();
    private final Course course = describe();

    private SampleGradebook() {
        ada();
        bo();
        cy();
        dee();
        eli();
        team();
    }

    /** The gradebook, and the verdicts of its submissions by their numbers. */
    public record Sample(Gradebook book, Map<Long, List<Verdict>> verdicts) {
        public List<Verdict> verdictsOf(long submission) {
            return verdicts.getOrDefault(submission, List.of());
        }
    }

    public static Sample everything() {
        SampleGradebook sample = new SampleGradebook();
        Ledger ledger = new Ledger(sample.attempts, sample.marks, sample.overrides);
        return new Sample(Gradebook.of(sample.course, roster(), ledger, AS_OF), sample.verdicts);
    }

    private static Course describe() {
        LatePolicy late = new LatePolicy(
                Duration.ofMinutes(15), BigDecimal.TEN, BigDecimal.valueOf(50), true, Duration.ofDays(6));
        AttemptPolicy best = new AttemptPolicy(4, Duration.ofMinutes(10), Counts.BEST);
        Form form = new Form(
                2,
                Combine.MEDIAN,
                List.of(
                        item("explain", "Abilities", "Explains the pipeline", "4"),
                        item("mend", "Abilities", "Mends a bug while watched", "4")));
        Form project = new Form(
                1,
                Combine.AVERAGE,
                List.of(
                        new FormItem("usable", "Demo", "Usable", Points.of(8), Points.parse("0.5"), false, false),
                        new FormItem("own", "Viva", "Own part", Points.of(5), Points.parse("0.5"), true, false),
                        new FormItem("extra", "Bonus", "A manual", Points.of(3), Points.of(1), false, true)));
        return new Course(
                CourseId.parse("mlops-2026"),
                "MLOps \"2026\" & <friends>",
                ZoneId.of("Asia/Kolkata"),
                BigDecimal.valueOf(40),
                Rounding.DEFAULT,
                List.of(
                        new LetterBand("A+", BigDecimal.valueOf(85)),
                        new LetterBand("B", BigDecimal.valueOf(65)),
                        new LetterBand("C", BigDecimal.valueOf(40))),
                true,
                3,
                List.of(
                        new Component(
                                new ComponentId("assignments"),
                                "Assignments",
                                BigDecimal.valueOf(60),
                                2,
                                3,
                                Scale.EQUAL,
                                Bonus.LAB,
                                List.of(
                                        lab("a1", "A1: versions & data", "50", Form.NONE, DUE, late, best, false, null),
                                        lab(
                                                "a2",
                                                "A2: =tracking()",
                                                "40",
                                                Form.NONE,
                                                DUE.plus(Duration.ofDays(14)),
                                                late,
                                                best,
                                                false,
                                                null),
                                        lab(
                                                "a3",
                                                "A3: serving",
                                                "30",
                                                Form.NONE,
                                                DUE.plus(Duration.ofDays(28)),
                                                LatePolicy.REFUSED,
                                                AttemptPolicy.DEFAULT,
                                                false,
                                                null),
                                        lab(
                                                "a4",
                                                "A4: Spark",
                                                "50",
                                                Form.NONE,
                                                DUE.plus(Duration.ofDays(42)),
                                                late,
                                                best,
                                                false,
                                                "the cluster was down"))),
                        new Component(
                                new ComponentId("project"),
                                "Project",
                                new BigDecimal("22.5"),
                                null,
                                1,
                                Scale.POINTS,
                                Bonus.COMPONENT,
                                List.of(lab(
                                        "uat",
                                        "UAT project",
                                        "12",
                                        project,
                                        DUE.plus(Duration.ofDays(56)),
                                        LatePolicy.ACCEPTED,
                                        new AttemptPolicy(null, Duration.ZERO, Counts.LAST),
                                        true,
                                        null))),
                        new Component(
                                new ComponentId("viva"),
                                "Viva",
                                new BigDecimal("17.5"),
                                null,
                                1,
                                Scale.EQUAL,
                                Bonus.LAB,
                                List.of(lab(
                                        "viva",
                                        "Viva",
                                        "0",
                                        form,
                                        DUE.plus(Duration.ofDays(60)),
                                        LatePolicy.REFUSED,
                                        AttemptPolicy.DEFAULT,
                                        false,
                                        null)))),
                Path.of("").toAbsolutePath());
    }

    private static FormItem item(String id, String block, String title, String points) {
        return new FormItem(id, block, title, Points.parse(points), Points.parse("0.5"), true, false);
    }

    private static CourseLab lab(
            String id,
            String title,
            String machine,
            Form form,
            Instant due,
            LatePolicy late,
            AttemptPolicy policy,
            boolean team,
            @Nullable String cancelled) {
        return new CourseLab(
                LabId.parse(id),
                title,
                Points.parse(machine),
                form,
                null,
                new Schedule(null, due, null),
                late,
                policy,
                team,
                cancelled);
    }

    private static Roster roster() {
        Map<LabId, Extension> more = Map.of(LabId.parse("a1"), new Extension.Span(Duration.ofDays(3)));
        return new Roster(List.of(
                student("cs26b001", "Ada Ünlü", "ada@example.org", null, "S1", Map.of(), Set.of()),
                student("cs26b002", "Bo \"the\" O'Neill, jr.", "@bo.example.org", null, "-S2", more, Set.of()),
                student("cs26b003", SCRIPT, null, null, "S1", Map.of(), Set.of(LabId.parse("a1"))),
                student("cs26b004", FORMULA, "dee@example.org", ALPHA, "S2", Map.of(), Set.of()),
                student(
                        "cs26b005",
                        "ליאור \u202Etxt.exe\nNext line",
                        "eli@example.org",
                        ALPHA,
                        null,
                        Map.of(),
                        Set.of()),
                student("cs26b006", "+49 Fay", "fay@example.org", null, null, Map.of(), Set.of())));
    }

    private static Student student(
            String id,
            String name,
            @Nullable String mail,
            @Nullable TeamId team,
            @Nullable String section,
            Map<LabId, Extension> extensions,
            Set<LabId> excused) {
        return new Student(
                StudentId.parse(id),
                name,
                mail,
                team,
                section,
                "https://git.example.org/x",
                Map.of(),
                extensions,
                excused,
                false);
    }

    /** Three attempts, the best one late and paid by late days; judged again, better. */
    private void ada() {
        Owner ada = owner(1);
        attempt(ada, "a1", hours(-30), "20", "50");
        attempt(ada, "a1", hours(-2), "35.5", "50");
        long third = attempt(ada, "a1", hours(26), "44", "50");
        again(third, "46.5", "50", "a fairer rubric");
        attempt(ada, "a2", hours(14 * 24 - 5), "36", "36");
        attempt(ada, "a3", hours(28 * 24 - 1), "12", "30");
        viva(ada, "3.5", "4", "2", "3");
        attempt(ada, "uat", hours(50 * 24), "10", "12");
        mark(ada, "uat", "usable", "chief", "7.5", "quick");
        mark(ada, "uat", "own", "chief", "4", "");
        mark(ada, "uat", "extra", "chief", "2", "");
    }

    /** More time for one lab, days late that cost, an attempt too soon after another, one after the close, one refused. */
    private void bo() {
        Owner bo = owner(2);
        attempt(bo, "a1", hours(70), "30", "50");
        attempt(bo, "a1", hours(70).plusSeconds(60), "50", "50");
        attempt(bo, "a2", hours(14 * 24 + 100), "33.33", "40");
        attempt(bo, "a3", hours(28 * 24 + 1), "30", "30");
        refused(bo, "a3", hours(27 * 24));
        viva(bo, "1", "1.5", "0", "0.5");
        mark(bo, "uat", "own", "chief", "2.5", "staff: copied from the neighbour?");
    }

    /** Excused from one lab, another waits for staff, a viva that only one grader has marked. */
    private void cy() {
        Owner cy = owner(3);
        attempt(cy, "a2", hours(14 * 24 - 100), "4", "40");
        waiting(cy, "a2", hours(14 * 24 - 90), "The engine of host lab-7 had no memory left.");
        attempt(cy, "a3", hours(28 * 24 - 100), "0", "30");
        mark(cy, "viva", "explain", "asha", "2", "=1+1");
    }

    /** Decisions of staff of every kind, one of them taken back. */
    private void dee() {
        Owner dee = owner(4);
        attempt(dee, "a1", hours(-5), "41", "50");
        attempt(dee, "a2", hours(14 * 24 - 5), "40", "40");
        decide(4, "a1", Kind.ADD, "-2.5", "named after a neighbour's file", false);
        decide(4, "a1", Kind.COMMENT, null, "staff: seen by the board", false);
        decide(4, "a1", Kind.COMMENT, null, "Well documented", false);
        decide(4, "a2", Kind.IN_TIME, null, "was ill", true);
        decide(4, "a3", Kind.SET, "27.25", "oral exam instead", false);
        decide(4, "uat", Kind.FACTOR, "1.1", "did most of it", false);
        viva(dee, "4", "4", "4", "3.5");
    }

    /** A held attempt, and verdicts of every kind. */
    private void eli() {
        Owner eli = owner(5);
        long held = attempt(eli, "a1", hours(-1), "32.25", "45", true);
        verdicts.put(
                held,
                List.of(
                        verdict(
                                "stages",
                                "Four stages <b>with</b> deps",
                                "10",
                                "10",
                                Support.REPRODUCED,
                                null,
                                "All | four ran.",
                                ""),
                        verdict(
                                "lock",
                                "The lock is consistent",
                                "5",
                                "10",
                                Support.REPORTED,
                                null,
                                "dvc.lock says so; nobody ran it.",
                                "Run `dvc repro`, @all, and push https://example.org"),
                        verdict(
                                "models",
                                "A model is registered",
                                "0",
                                "15",
                                Support.ABSENT,
                                null,
                                "No model.",
                                "Register one."),
                        verdict(
                                "data",
                                "Data can be fetched",
                                "2.25",
                                "5",
                                Support.UNTESTABLE,
                                Untestable.THEIRS,
                                "The remote C:\\data is on your own disk.",
                                "Push the data to a remote that others reach."),
                        verdict(
                                "serving",
                                "It answers",
                                "15",
                                "15",
                                Support.UNTESTABLE,
                                Untestable.OURS,
                                "There is no image for Python 3.14 yet.",
                                ""),
                        verdict(
                                "gpu",
                                "It uses the accelerator",
                                "0",
                                "0",
                                Support.UNTESTABLE,
                                Untestable.NOT_APPLICABLE,
                                "It asks for none.",
                                "")));
        attempt(eli, "a2", hours(14 * 24 + 3), "20", "40");
        attempt(eli, "a3", null, "30", "30");
        viva(eli, "2", "2", "2", "2");
    }

    private void team() {
        Owner team = new Owner.OfTeam(ALPHA);
        attempt(team, "uat", hours(40 * 24), "12", "12");
        attempt(team, "uat", hours(57 * 24), "9", "12");
        mark(team, "uat", "usable", "chief", "6", "");
        mark(owner(4), "uat", "own", "chief", "5", "");
        mark(owner(5), "uat", "own", "chief", "3", "");
    }

    private static Owner owner(int student) {
        return new Owner.OfStudent(StudentId.parse("cs26b00" + student));
    }

    private static Instant hours(long afterTheFirstDeadline) {
        return DUE.plus(Duration.ofHours(afterTheFirstDeadline));
    }

    private long attempt(Owner owner, String lab, @Nullable Instant received, String points, String of) {
        return attempt(owner, lab, received, points, of, false);
    }

    private long attempt(Owner owner, String lab, @Nullable Instant received, String points, String of, boolean held) {
        Judgement first = new Judgement(
                Points.parse(points),
                Points.parse(of),
                Points.ZERO,
                received == null ? DUE : received.plusSeconds(90),
                "harness",
                "");
        long number = note(
                owner,
                lab,
                received,
                new Attempt.Judged(Points.parse(points), Points.parse(of), Points.ZERO, held),
                List.of(first));
        verdicts.put(number, halves(points, of));
        return number;
    }

    private void waiting(Owner owner, String lab, Instant received, String why) {
        note(owner, lab, received, new Attempt.Waiting(why), List.of());
    }

    private void refused(Owner owner, String lab, Instant received) {
        note(owner, lab, received, new Attempt.Refused("nothing-to-grade"), List.of());
    }

    private long note(
            Owner owner, String lab, @Nullable Instant received, Attempt.State state, List<Judgement> history) {
        long number = attempts.size() + 1L;
        attempts.add(new Attempt(
                number,
                LabId.parse(lab),
                owner,
                "%010x%030x".formatted(number * 46_919_777_777L, number),
                received,
                state,
                false,
                history));
        return number;
    }

    private void again(long submission, String points, String of, String why) {
        Attempt before = attempts.get((int) submission - 1);
        List<Judgement> history = new ArrayList<>(before.history());
        history.add(new Judgement(
                Points.parse(points), Points.parse(of), Points.ZERO, DUE.plus(Duration.ofDays(20)), "prof", why));
        attempts.set(
                (int) submission - 1,
                new Attempt(
                        submission,
                        before.lab(),
                        before.owner(),
                        before.commit(),
                        before.received(),
                        new Attempt.Judged(Points.parse(points), Points.parse(of), Points.ZERO, false),
                        before.spared(),
                        history));
        verdicts.put(submission, halves(points, of));
    }

    /** Two checks that share the points. */
    private static List<Verdict> halves(String points, String of) {
        BigDecimal half = new BigDecimal(of).divide(BigDecimal.TWO);
        BigDecimal first = new BigDecimal(points).min(half);
        BigDecimal second = new BigDecimal(points).subtract(first);
        return List.of(
                verdict(
                        "runs",
                        "It runs from a clean clone",
                        first.toString(),
                        half.toString(),
                        Support.REPRODUCED,
                        null,
                        "It ran.",
                        ""),
                verdict(
                        "quality",
                        "Quality on data that nobody has seen",
                        second.toString(),
                        half.toString(),
                        Support.REPRODUCED,
                        null,
                        "Macro F1 is 0.81.",
                        second.compareTo(half) < 0 ? "Try a deeper tree." : ""));
    }

    private static Verdict verdict(
            String id,
            String title,
            String points,
            String of,
            Support support,
            @Nullable Untestable untestable,
            String message,
            String hint) {
        return new Verdict(
                CheckId.parse(id),
                title,
                Points.parse(points),
                Points.parse(of),
                support,
                untestable,
                message,
                hint,
                null);
    }

    private void viva(Owner owner, String explainA, String explainB, String mendA, String mendB) {
        mark(owner, "viva", "explain", "asha", explainA, "");
        mark(owner, "viva", "explain", "björn", explainB, "hesitant");
        mark(owner, "viva", "mend", "asha", mendA, "");
        mark(owner, "viva", "mend", "björn", mendB, "");
    }

    private void mark(Owner owner, String lab, String item, String grader, String points, String comment) {
        marks.add(new Mark(
                marks.size() + 1L,
                LabId.parse(lab),
                owner,
                item,
                grader,
                false,
                Points.parse(points),
                comment,
                DUE.plus(Duration.ofDays(61))));
    }

    private void decide(int student, String lab, Kind kind, @Nullable String value, String why, boolean takenBack) {
        overrides.add(new GradeOverride(
                overrides.size() + 1L,
                StudentId.parse("cs26b00" + student),
                LabId.parse(lab),
                kind,
                value == null ? null : new BigDecimal(value),
                "prof",
                why,
                DUE.plus(Duration.ofDays(62)),
                takenBack
                        ? new GradeOverride.TakenBack(
                                "prof", "the certificate was another's", DUE.plus(Duration.ofDays(63)))
                        : null));
    }
}

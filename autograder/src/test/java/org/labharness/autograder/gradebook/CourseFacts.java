package org.labharness.autograder.gradebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.GradeOverride.Kind;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Look;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.NotTaken;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Readings;
import org.labharness.autograder.roster.Extension;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.roster.TeamId;
import org.labharness.autograder.sample.SampleStudent;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.CourseLoader;

/** A course with facts, written down as people tell them. Times are the course's. */
public final class CourseFacts {
    private final Course course;
    private final List<Student> students = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<GradeOverride> overrides = new ArrayList<>();
    private final List<NotTaken> notTaken = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final Set<Long> atLatest = new HashSet<>();

    public CourseFacts(Course course) {
        this.course = course;
    }

    /**
     * A course whose labs have one check each.
     *
     * @param labs points by id, of those that have a {@code lab.yaml}
     */
    public static CourseFacts of(Path folder, String yaml, Map<String, Integer> labs) {
        try {
            for (Map.Entry<String, Integer> lab : labs.entrySet()) {
                Path place = Files.createDirectories(folder.resolve(lab.getKey()));
                Files.writeString(
                        place.resolve("lab.yaml"),
                        "{id: %s, title: Lab %s, points: %d, run: dvc, checks: [{id: c, title: C, points: %d, lock-agrees: true}]}"
                                .formatted(lab.getKey(), lab.getKey(), lab.getValue(), lab.getValue()));
            }
            Files.writeString(folder.resolve("course.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CourseFacts(CourseLoader.load(folder.resolve("course.yaml"), name -> Optional.empty()));
    }

    public Course course() {
        return course;
    }

    public CourseFacts student(String id, String name) {
        students.add(Student.named(id, name));
        return this;
    }

    public CourseFacts student(
            String id, String name, @Nullable String team, Map<String, String> extensions, Set<String> excused) {
        students.add(new Student(
                StudentId.parse(id),
                name,
                null,
                team == null ? null : TeamId.parse(team),
                null,
                null,
                Map.of(),
                extensions.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                one -> LabId.parse(one.getKey()), one -> Extension.parse(one.getValue()))),
                excused.stream().map(LabId::parse).collect(java.util.stream.Collectors.toSet()),
                false));
        return this;
    }

    public Instant at(String time) {
        return LocalDateTime.parse(time.replace(' ', 'T')).atZone(course.zone()).toInstant();
    }

    /** An attempt that was judged, of all points of the lab's checks. */
    public CourseFacts attempt(String owner, String lab, String at, String points) {
        return attempt(owner, lab, at, points, machine(lab), false, false);
    }

    public CourseFacts attempt(
            String owner, String lab, String at, String points, String of, boolean held, boolean spared) {
        Points earned = Points.parse(points);
        Points most = Points.parse(of);
        Instant received = at(at);
        attempts.add(new Attempt(
                attempts.size() + 1L,
                LabId.parse(lab),
                owner(owner),
                commit(),
                received,
                new Attempt.Judged(earned, most, Points.ZERO, held),
                held || spared,
                List.of(new Attempt.Judgement(earned, most, Points.ZERO, received.plusSeconds(600), "harness", ""))));
        return this;
    }

    /** The last attempt earned something on top. */
    public CourseFacts onTop(String bonus) {
        Attempt last = attempts.removeLast();
        Attempt.Judged judged = (Attempt.Judged) last.state();
        attempts.add(new Attempt(
                last.submission(),
                last.lab(),
                last.owner(),
                last.commit(),
                last.received(),
                new Attempt.Judged(judged.points(), judged.of(), Points.parse(bonus), judged.held()),
                last.spared(),
                last.history()));
        return this;
    }

    /** The last attempt is judged again. */
    public CourseFacts again(String points, String by, String at, String why) {
        Attempt last = attempts.removeLast();
        Points of = ((Attempt.Judged) last.state()).of();
        List<Attempt.Judgement> history = new ArrayList<>(last.history());
        history.add(new Attempt.Judgement(Points.parse(points), of, Points.ZERO, at(at), by, why));
        attempts.add(new Attempt(
                last.submission(),
                last.lab(),
                last.owner(),
                last.commit(),
                last.received(),
                new Attempt.Judged(Points.parse(points), of, Points.ZERO, false),
                last.spared(),
                history));
        return this;
    }

    public CourseFacts waiting(String owner, String lab, @Nullable String at, String why) {
        return unjudged(owner, lab, at, new Attempt.Waiting(why), true);
    }

    public CourseFacts refused(String owner, String lab, String at, String code) {
        return unjudged(owner, lab, at, new Attempt.Refused(code), false);
    }

    private CourseFacts unjudged(String owner, String lab, @Nullable String at, Attempt.State state, boolean spared) {
        attempts.add(new Attempt(
                attempts.size() + 1L,
                LabId.parse(lab),
                owner(owner),
                commit(),
                at == null ? null : at(at),
                state,
                spared,
                List.of()));
        return this;
    }

    /** A student where no kind is named. */
    private static Owner owner(String text) {
        return Owner.parse(text.contains(":") ? text : "student:" + text);
    }

    private String commit() {
        return "%040x".formatted(0xabcdef0123L * (attempts.size() + 1)).substring(28) + "0".repeat(28);
    }

    private String machine(String lab) {
        return course.lab(LabId.parse(lab))
                .map(CourseLab::machine)
                .orElseThrow()
                .toString();
    }

    public CourseFacts mark(
            String owner,
            String lab,
            String item,
            @Nullable String points,
            String grader,
            boolean chief,
            String comment) {
        marks.add(new Mark(
                marks.size() + 1L,
                LabId.parse(lab),
                owner(owner),
                item,
                grader,
                chief,
                points == null ? null : Points.parse(points),
                comment,
                Instant.EPOCH));
        return this;
    }

    public CourseFacts mark(String owner, String lab, String item, String points) {
        return mark(owner, lab, item, points, "asha", false, "");
    }

    public CourseFacts override(
            String student, String lab, Kind kind, @Nullable String value, String by, String at, String why) {
        overrides.add(new GradeOverride(
                overrides.size() + 1L,
                StudentId.parse(student),
                LabId.parse(lab),
                kind,
                value == null ? null : new BigDecimal(value),
                by,
                why,
                at(at),
                null));
        return this;
    }

    /** The last decision is taken back. */
    public CourseFacts takenBack(String by, String at, String why) {
        GradeOverride last = overrides.removeLast();
        overrides.add(new GradeOverride(
                last.id(),
                last.student(),
                last.lab(),
                last.kind(),
                last.value(),
                last.by(),
                last.why(),
                last.at(),
                new GradeOverride.TakenBack(by, why, at(at))));
        return this;
    }

    /** @param commit that was pushed; null where the repository was read */
    public CourseFacts notTaken(
            String owner,
            String lab,
            String at,
            @Nullable String commit,
            boolean excuses,
            String message,
            @Nullable String taken) {
        notTaken.add(new NotTaken(
                LabId.parse(lab), owner(owner), at(at), commit, excuses, message, taken == null ? null : at(taken)));
        return this;
    }

    /** A student whose repository the roster names. */
    public CourseFacts student(String id, String repository, @Nullable String team) {
        students.add(SampleStudent.student(id, team, repository));
        return this;
    }

    /** The last attempt was found in the repository at that time. */
    public CourseFacts found() {
        atLatest.add(attempts.getLast().submission());
        return this;
    }

    /** The repository was read. */
    public CourseFacts look(String owner, String lab, String at) {
        looks.add(new Look(LabId.parse(lab), owner(owner), at(at)));
        return this;
    }

    public Gradebook book(String asOf) {
        return Gradebook.of(
                course,
                new Roster(students),
                new Ledger(attempts, marks, overrides, new Readings(notTaken, looks, atLatest)),
                at(asOf));
    }

    public CourseGrade grade(String student, String asOf) {
        return book(asOf).grade(StudentId.parse(student)).orElseThrow();
    }

    public LabGrade lab(String student, String lab, String asOf) {
        return grade(student, asOf).lab(lab).orElseThrow();
    }
}

package org.labharness.autograder.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.check.Checks;
import org.labharness.autograder.grading.Facts;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.score.Scorecard;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.Lab;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseLab;
import org.labharness.lab.load.LabLoader;
import org.labharness.pipeline.evidence.Evidence;

/** A class in which everybody hands in every lab once; of the first lab the evidence is kept, each of its own. */
final class LargeClass {
    private static final String BY = "bench";
    private static final Instant BEGAN = Instant.parse("2026-09-09T18:30:00Z");

    private final Course course;
    private final Database database;
    private final SubmissionStore store;
    private final Archive archive;
    private final int students;

    LargeClass(Course course, Database database, Archive archive, int students) {
        this.course = course;
        this.database = database;
        this.store = new SubmissionStore(database);
        this.archive = archive;
        this.students = students;
    }

    /** @param good evidence of which some is made worse, so that points differ */
    void handIn(Evidence good) {
        RosterStore roster = new RosterStore(database);
        roster.note(course, BEGAN);
        Roster all = new Roster(IntStream.range(0, students)
                .mapToObj(number -> Student.named(student(number), "Student Number " + number))
                .toList());
        roster.apply(course.id(), RosterChange.between(Roster.EMPTY, all), BY, BY, BEGAN);
        for (int number = 0; number < course.labs().size(); number++) {
            CourseLab offered = course.labs().get(number);
            Lab lab = LabLoader.load(Objects.requireNonNull(offered.lab()));
            int which = number;
            database.inTransaction(() -> handIn(lab, which, good));
        }
    }

    private static String student(int number) {
        return String.format(Locale.ROOT, "CS26B%04d", number);
    }

    /** @param which 0 for the first lab of the course */
    private int handIn(Lab lab, int which, Evidence good) {
        Instant due = BEGAN.plus(Duration.ofDays(which + 1L));
        List<String> requests = lab.checks().stream()
                .flatMap(check -> Facts.requests(check).stream())
                .distinct()
                .toList();
        List<Scorecard> scorecards = IntStream.range(0, Worse.KINDS)
                .mapToObj(kind -> Scorecard.of(lab, Checks.evaluate(lab, Worse.of(good, kind, 0))))
                .toList();
        String shared = archive.keep(good);
        for (int number = 0; number < students; number++) {
            Instant at = due.minus(Duration.ofMinutes(number * 7L % 4_000)).plus(Duration.ofMinutes(1_000));
            int kind = (number / 3 + which * number) % Worse.KINDS;
            String evidence = which == 0 ? archive.keep(Worse.of(good, kind, number)) : shared;
            handIn(lab, number, at, requests, evidence, scorecards.get(kind));
        }
        return students;
    }

    private void handIn(Lab lab, int number, Instant at, List<String> requests, String evidence, Scorecard scorecard) {
        String commit = String.format(Locale.ROOT, "%040x", number + 1);
        long submission = store.submission(
                course.id(),
                new SubmissionFact(
                        lab.id(),
                        new Owner.OfStudent(Student.named(student(number), "").id()),
                        "https://git.example.org/" + student(number) + ".git",
                        "main",
                        commit,
                        commit,
                        at,
                        null),
                at);
        long run = store.run(
                submission, new RunFact(lab.digest(), "images", 1, RunFact.End.GRADED, "", "", evidence, requests, at));
        EvaluationFact evaluation = Facts.evaluation(scorecard, lab, BY, at);
        store.stands(submission, store.evaluation(run, evaluation), BY, "", at);
    }
}

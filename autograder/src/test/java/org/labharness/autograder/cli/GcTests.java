package org.labharness.autograder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.archive.Kept;
import org.labharness.autograder.cli.Cli.Result;
import org.labharness.autograder.ledger.EvaluationFact;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.RunFact;
import org.labharness.autograder.ledger.SubmissionFact;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.sample.SampleEvidence;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.labharness.autograder.store.RosterStore;
import org.labharness.autograder.store.SubmissionStore;
import org.labharness.lab.LabId;
import org.labharness.lab.Points;
import org.labharness.lab.course.Course;
import org.labharness.lab.course.CourseId;
import org.labharness.lab.course.Rounding;
import org.labharness.pipeline.ThrowawayFolder;

class GcTests {
    private static final CourseId COURSE = CourseId.parse("mlops");
    private final Instant longAgo = Instant.now().minus(Duration.ofDays(100));

    @TempDir
    Path home;

    private Archive archive;
    private String first;
    private String second;
    private String judged;
    private String refused;
    private String waiting;

    /** One submission graded twice, one refused, one that waits; everything from long ago. */
    @BeforeEach
    void grade() {
        archive = new Archive(home, () -> longAgo);
        first = evidence("one");
        second = evidence("two");
        judged = bundle("judged");
        refused = bundle("refused");
        waiting = bundle("waiting");
        bundle("of nobody");
        try (Database database = Database.open(DatabaseAddress.file(home))) {
            new RosterStore(database).note(course(), longAgo);
            SubmissionStore store = new SubmissionStore(database);
            long submission = store.submission(COURSE, fact("c1", judged), longAgo);
            for (String evidence : List.of(first, second)) {
                long run = store.run(submission, run(RunFact.End.GRADED, evidence));
                long evaluation = store.evaluation(
                        run,
                        new EvaluationFact(
                                "r", "1", Points.of(5), Points.of(9), Points.ZERO, false, List.of(), longAgo));
                store.stands(submission, evaluation, "harness", "", longAgo);
            }
            store.run(store.submission(COURSE, fact("c2", refused), longAgo), run(RunFact.End.REFUSED, null));
            store.submission(COURSE, fact("c3", waiting), longAgo);
        }
    }

    private String evidence(String different) {
        SampleEvidence evidence = new SampleEvidence();
        evidence.notRun = different;
        return archive.keep(evidence.build());
    }

    private static Course course() {
        return new Course(
                COURSE, "MLOps", ZoneOffset.UTC, null, Rounding.DEFAULT, List.of(), false, 0, List.of(), Path.of("/"));
    }

    private SubmissionFact fact(String commit, String bundle) {
        return new SubmissionFact(
                LabId.parse("a"), new Owner.OfStudent(StudentId.parse("s")), "r", "main", commit, "d", longAgo, bundle);
    }

    private RunFact run(RunFact.End end, @org.jspecify.annotations.Nullable String evidence) {
        return new RunFact(evidence == null ? "d" : evidence, "i", 1, end, "", "", evidence, List.of(), longAgo);
    }

    private String bundle(String content) {
        try (ThrowawayFolder scratch = archive.scratch()) {
            return archive.keepBundle(Files.writeString(scratch.path().resolve("b"), content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> kept() {
        return archive.list().stream().map(Kept::digest).toList();
    }

    @Test
    void a_preview_says_what_would_go_and_removes_nothing() {
        Result result = new Cli(home).run("gc", "--preview");

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .startsWith(archive.folder() + ":\n")
                .containsPattern("needed by current facts +2 bundles, 13B; 1 of evidence, [0-9.]+KiB\n")
                .containsPattern("not needed, younger than 90d +nothing\n")
                .containsPattern("would be removed +2 bundles, 16B; 1 of evidence, [0-9.]+KiB\n");
        assertThat(kept()).hasSize(6);
    }

    @Test
    void what_grades_stand_on_or_waits_stays_and_what_is_young_too() {
        assertThat(new Cli(home).run("gc", "--keep", "120d").out())
                .containsPattern("not needed, younger than 120d +2 bundles, 16B; 1 of evidence")
                .containsPattern("removed +nothing");
        assertThat(kept()).hasSize(6);

        assertThat(new Cli(home).run("gc").out()).containsPattern("removed +2 bundles, 16B; 1 of evidence");

        assertThat(kept()).containsExactlyInAnyOrder(second, judged, waiting);
        assertThat(new Cli(home).run("gc").out()).containsPattern("removed +nothing");
    }

    @Test
    void the_files_of_another_database_are_not_taken_for_unneeded() throws IOException {
        ThrowawayFolder.delete(home.resolve("database"));

        Result result = new Cli(home).run("gc");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("names any of the 6 files in " + archive.folder(), "--database", "courses.mv.db")
                .contains("courses.mv.db was not there and begins anew", "holds files of an earlier one (6)")
                .hasLineCount(2);
        assertThat(kept()).hasSize(6);
    }

    @Test
    void a_span_that_is_none_is_named() {
        Result result = new Cli(home).run("gc", "--keep", "3 weeks");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--keep takes a span such as 12h or 90d, not '3 weeks'");
    }
}

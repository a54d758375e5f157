package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.labharness.autograder.archive.Archive;
import org.labharness.autograder.ledger.Attempt;
import org.labharness.autograder.ledger.GradeOverride;
import org.labharness.autograder.ledger.Ledger;
import org.labharness.autograder.ledger.Mark;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.PersonStore.Forgotten;
import org.labharness.autograder.store.PersonStore.Person;

/** Forgetting, in every kind of database. */
abstract class PersonContract extends OnDatabase {
    private static final StudentId TOKEN = StudentId.parse("forgotten-1234");

    @TempDir
    Path store;

    private Archive archive;

    @BeforeEach
    void fill() {
        archive = new Archive(store, () -> NOON);
        FullCourse.fill(database(), archive);
    }

    private Person person(StudentId id) {
        return new PersonStore(database()).find(COURSE, id).orElseThrow();
    }

    private Forgotten forget(StudentId id) {
        return new PersonStore(database()).forget(person(id), TOKEN);
    }

    /** Every text of every table. */
    private List<String> texts() {
        TableStore tables = new TableStore(database());
        List<String> texts = new ArrayList<>();
        for (Table table : tables.tables()) {
            tables.reading(() -> tables.rows(table, row -> {
                for (int i = 0; i < row.size(); i++) {
                    if (table.columns().get(i).type() == Table.Type.TEXT && row.get(i) != null) {
                        texts.add(table.name() + "." + table.columns().get(i).name() + " " + row.get(i));
                    }
                }
            }));
        }
        return texts;
    }

    private Ledger ledger() {
        return new LedgerStore(database()).read(COURSE);
    }

    @Test
    void nothingLeadsBackToTheStudentAndPointsStay() {
        Ledger before = ledger();

        Forgotten forgotten = forget(FullCourse.ADA);

        assertThat(texts())
                .noneMatch(text -> text.toLowerCase(java.util.Locale.ROOT).contains("ada"))
                .noneMatch(text -> text.contains("CS21B001") && !text.contains("CS21B0012"))
                .anyMatch(text -> text.contains("Cy copied from " + TOKEN + ", not from CS21B0012"));
        assertThat(forgotten.submissions()).containsExactly(new PersonStore.Handed("dvc-pipeline", "ada", "refs"));
        assertThat(forgotten.rows()).containsEntry("other texts that named the student", 1);
        Ledger after = ledger();
        assertThat(after.attempts())
                .extracting(Attempt::state)
                .isEqualTo(before.attempts().stream().map(Attempt::state).toList());
        assertThat(after.attempts())
                .extracting(Attempt::received)
                .isEqualTo(before.attempts().stream().map(Attempt::received).toList());
        assertThat(after.attempts().getFirst().owner()).isEqualTo(new Owner.OfStudent(TOKEN));
        assertThat(after.marks())
                .extracting(Mark::points)
                .isEqualTo(before.marks().stream().map(Mark::points).toList());
        assertThat(after.overrides().stream()
                        .filter(one -> one.student().equals(TOKEN))
                        .map(GradeOverride::kind))
                .containsExactly(GradeOverride.Kind.EXCUSE);
        assertThat(database()
                        .client()
                        .sql("select count(*) from released_grade")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whoseWorkIsBeingGradedIsForgottenWhenThatIsOverAndWhatWaitsIsNotGraded() {
        state("running");

        assertThatThrownBy(() -> forget(FullCourse.ADA)).isInstanceOf(PersonStore.BeingGraded.class);
        assertThat(person(FullCourse.ADA).name()).isEqualTo("Ada Ünlü");

        state("waiting");
        forget(FullCourse.ADA);
        assertThat(database()
                        .client()
                        .sql("select g.state from grading g join submission b on b.id = g.submission where b.owner = ?")
                        .param("student:" + TOKEN)
                        .query(String.class)
                        .list())
                .containsExactly("cancelled");
    }

    private void state(String state) {
        database()
                .client()
                .sql("update grading set state = ? where submission in (select id from submission where owner = ?)")
                .params(state, "student:" + FullCourse.ADA)
                .update();
    }

    @Test
    void noForgeIsToldOfPushesOfTheForgotten() {
        WebhookStore receipts = new WebhookStore(database());
        receipts.accept(
                new WebhookStore.Delivery(COURSE, "github", "another", null, NOON),
                List.of(new WebhookStore.Pushed(
                        FullCourse.LAB,
                        new Owner.OfStudent(FullCourse.ADA),
                        "https://git.example.org/ada",
                        "refs/heads/main",
                        "c1",
                        true)));

        forget(FullCourse.ADA);

        assertThat(receipts.unreported(NOON.minusSeconds(60), 9)).isEmpty();
        assertThat(new ForgeReportStore(database()).claim("here/1", NOON.plusSeconds(99), NOON.plusSeconds(100)))
                .hasValueSatisfying(one -> assertThat(one.report().owner()).isEqualTo(FullCourse.TEAM));
    }

    @Test
    void othersAndTheTeamKeepEverything() {
        Roster before = new RosterStore(database()).read(COURSE);

        Forgotten forgotten = forget(FullCourse.ADA);

        Roster after = new RosterStore(database()).read(COURSE);
        for (StudentId other : List.of(FullCourse.BO, FullCourse.CY)) {
            assertThat(after.student(other)).isEqualTo(before.student(other));
        }
        Student token = after.student(TOKEN).orElseThrow();
        assertThat(token.team())
                .isEqualTo(before.student(FullCourse.ADA).orElseThrow().team());
        assertThat(token.extensions()).hasSize(1);
        assertThat(token.repositories()).isEmpty();
        assertThat(new SubmissionStore(database()).fact(COURSE, 3).orElseThrow().repository())
                .isEqualTo("/home/team/work");
        Set<String> named = new ReferenceStore(database()).read().named();
        assertThat(forgotten.digests()).hasSize(2).doesNotContainAnyElementsOf(named);
        assertThat(named).hasSize(5);
    }

    @Test
    void theWorkOfATeamGoesWithItsLastMember() {
        forget(FullCourse.ADA);

        assertThat(person(FullCourse.BO).teammates()).isZero();
        StudentId second = StudentId.parse("forgotten-5678");
        new PersonStore(database()).forget(person(FullCourse.BO), second);

        assertThat(texts()).noneMatch(text -> text.contains("alpha")).noneMatch(text -> text.contains("/home/team"));
        assertThat(ledger().attempts())
                .extracting(one -> one.owner().toString())
                .contains("team:" + second);
    }

    @Test
    void whoIsGoneFromTheRosterIsForgottenTooAndNobodyElse() {
        database()
                .client()
                .sql("update student set gone = true where id = ?")
                .param(FullCourse.CY.value())
                .update();

        Forgotten forgotten = forget(FullCourse.CY);

        assertThat(forgotten.submissions()).hasSize(1);
        assertThat(texts()).noneMatch(text -> text.contains("cy@example.org") || text.contains("O'Neil"));
        assertThat(new PersonStore(database()).find(COURSE, FullCourse.CY)).isEmpty();
    }

    @Test
    void aPreviewSaysTheSameAndChangesNothing() {
        List<String> before = texts();

        Forgotten preview = new PersonStore(database()).preview(person(FullCourse.ADA), TOKEN);

        assertThat(texts()).isEqualTo(before);
        assertThat(forget(FullCourse.ADA)).isEqualTo(preview);
    }

    @Test
    void anotherCourseOfTheSameStudentIsLeftAloneAndTold() {
        new RosterStore(database()).note(FullCourse.other(), NOON);
        database()
                .client()
                .sql("insert into student (course, id, name, gone) values ('other', ?, 'Ada Ünlü', false)")
                .param(FullCourse.ADA.value())
                .update();
        database()
                .client()
                .sql(
                        "insert into release (id, course, lab, by_whom, why, at) values (900, 'other', 'a1', 'asha', ?, now())")
                .param("asked for by " + FullCourse.ADA)
                .update();
        database()
                .client()
                .sql("insert into released_grade (release, student, document) values (900, ?, ?)")
                .params(FullCourse.ADA.value(), "shown to " + FullCourse.ADA)
                .update();
        assertThat(person(FullCourse.ADA).otherCourses()).containsExactly("other");

        forget(FullCourse.ADA);

        assertThat(texts())
                .contains("released_grade.document shown to " + FullCourse.ADA)
                .contains("release.why asked for by " + FullCourse.ADA);

        assertThat(new RosterStore(database()).read(FullCourse.other().id()).student(FullCourse.ADA))
                .isPresent();
    }

    @Test
    void everyColumnOfTextIsSearchedForNamesOrKnownToHoldNone() {
        Set<String> texts =
                Set.of("title", "message", "hint", "place", "why", "remark", "source", "document", "file_name");
        Set<String> unknown = new TableStore(database())
                .tables().stream()
                        .flatMap(table -> table.columns().stream())
                        .filter(column -> column.type() == Table.Type.TEXT)
                        .map(Table.Column::name)
                        .filter(name -> !NamedTexts.NO_TEXTS.contains(name) && !texts.contains(name))
                        .collect(Collectors.toSet());

        assertThat(unknown)
                .as("new columns: add those without free text to NamedTexts.NO_TEXTS, all others here")
                .isEmpty();
    }
}

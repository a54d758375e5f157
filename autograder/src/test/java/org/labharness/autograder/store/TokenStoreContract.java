package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.PushFact;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.roster.RosterChange;
import org.labharness.autograder.roster.Student;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.token.AccessToken;
import org.labharness.autograder.token.Scope;
import org.labharness.autograder.token.TokenText;

/** What every database must do for tokens and pushes. */
abstract class TokenStoreContract extends OnDatabase {
    private static final StudentId ADA = StudentId.parse("s01");
    private static final Roster ROSTER = new Roster(List.of(Student.named("s01", "Ada"), Student.named("s02", "Bo")));

    @BeforeEach
    void aCourse() {
        RosterStore rosters = new RosterStore(database());
        rosters.note(SampleCourse.named("mlops"), NOON);
        rosters.apply(COURSE, RosterChange.between(Roster.EMPTY, ROSTER), "roster.csv", "staff", NOON);
    }

    private TokenStore store() {
        return new TokenStore(database());
    }

    private TokenText issue(@Nullable StudentId student, Scope scope, @Nullable Instant expires) {
        TokenText text = TokenText.random();
        store().issue(Map.of(
                new AccessToken(text.id(), COURSE, student, scope, "for a test", "asha", NOON, expires, null, null),
                text));
        return text;
    }

    @Test
    void whoeverShowsATokenIsWhomItWasIssuedFor() {
        TokenText ada = issue(ADA, Scope.STUDENT, null);
        TokenText staff = issue(null, Scope.STAFF, null);

        AccessToken found = store().check(ada, NOON).orElseThrow();

        assertThat(found.student()).isEqualTo(ADA);
        assertThat(found.scope()).isEqualTo(Scope.STUDENT);
        assertThat(found.course()).isEqualTo(COURSE);
        assertThat(store().check(staff, NOON).orElseThrow().scope()).isEqualTo(Scope.STAFF);
        assertThat(store().list(COURSE))
                .hasSize(2)
                .allMatch(token -> token.remark().equals("for a test"));
    }

    @Test
    void anotherSecretOfTheSameIdIsNoToken() {
        TokenText ada = issue(ADA, Scope.STUDENT, null);
        TokenText forged =
                TokenText.parse("lab_" + ada.id() + "_" + "0".repeat(52)).orElseThrow();

        assertThat(store().check(forged, NOON)).isEmpty();
        assertThat(store().check(TokenText.random(), NOON)).isEmpty();
        assertThat(store().list(COURSE)).allMatch(token -> token.used() == null);
    }

    @Test
    void noSecretIsInTheDatabase() {
        TokenText ada = issue(ADA, Scope.STUDENT, null);
        String secret = ada.reveal().substring(ada.reveal().lastIndexOf('_') + 1);
        TableStore tables = new TableStore(database());

        for (Table table : tables.tables()) {
            tables.reading(() ->
                    tables.rows(table, row -> assertThat(String.valueOf(row)).doesNotContain(secret)));
        }
    }

    @Test
    void aTokenIsGoodUntilItExpires() {
        TokenText ada = issue(ADA, Scope.STUDENT, NOON.plusSeconds(60));

        assertThat(store().check(ada, NOON.plusSeconds(59))).isPresent();
        assertThat(store().check(ada, NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void whatIsRevokedIsGoodNoMoreAndRevokedOnce() {
        TokenText ada = issue(ADA, Scope.STUDENT, null);

        assertThat(store().revoke(COURSE, ada.id(), "asha", NOON)).isTrue();
        assertThat(store().revoke(COURSE, ada.id(), "asha", NOON)).isFalse();
        assertThat(store().revoke(SampleCourse.named("other").id(), ada.id(), "asha", NOON))
                .isFalse();
        assertThat(store().check(ada, NOON)).isEmpty();
        assertThat(store().list(COURSE).getFirst().revoked()).isEqualTo(NOON);
    }

    @Test
    void whoIsGoneFromTheRosterHasNoTokenUntilTheyAreBack() {
        TokenText ada = issue(ADA, Scope.STUDENT, null);
        Roster without = new Roster(List.of(Student.named("s02", "Bo")));
        RosterStore rosters = new RosterStore(database());

        rosters.apply(COURSE, RosterChange.between(ROSTER, without), "roster.csv", "staff", NOON);
        assertThat(store().check(ada, NOON)).isEmpty();

        rosters.apply(COURSE, RosterChange.between(without, ROSTER), "roster.csv", "staff", NOON);
        assertThat(store().check(ada, NOON)).isPresent();
    }

    @Test
    void whenItWasUsedIsNotedToTheHour() {
        TokenText ada = issue(ADA, Scope.STUDENT, null);

        store().check(ada, NOON.plus(Duration.ofMinutes(5)));
        store().check(ada, NOON.plus(Duration.ofMinutes(50)));
        assertThat(store().list(COURSE).getFirst().used()).isEqualTo(NOON);

        store().check(ada, NOON.plus(Duration.ofMinutes(70)));
        assertThat(store().list(COURSE).getFirst().used()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void pushesOfTheLastHourAreCountedByOwnerAndLab() {
        PushStore pushes = new PushStore(database(), COURSE);
        Owner owner = new Owner.OfStudent(ADA);
        pushes.note(new PushFact(SampleFacts.LAB, owner, ADA, "k7f3m2qd", NOON, "closed", null));
        pushes.note(new PushFact(
                SampleFacts.LAB, owner, null, "k7f3m2qd", NOON.plusSeconds(9), PushFact.ACCEPTED, submission()));
        pushes.note(new PushFact(
                SampleFacts.LAB, new Owner.OfStudent(StudentId.parse("s02")), null, "k7f3m2qd", NOON, "closed", null));

        assertThat(pushes.since(SampleFacts.LAB, owner, NOON)).containsExactly(NOON, NOON.plusSeconds(9));
        assertThat(pushes.since(SampleFacts.LAB, owner, NOON.plusSeconds(1))).containsExactly(NOON.plusSeconds(9));
        assertThat(pushes.all(SampleFacts.LAB))
                .hasSize(3)
                .first()
                .isEqualTo(new PushFact(SampleFacts.LAB, owner, ADA, "k7f3m2qd", NOON, "closed", null));
    }

    private long submission() {
        return new SubmissionStore(database()).submission(COURSE, SampleFacts.submission("c1"), NOON);
    }
}

package org.labharness.autograder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.labharness.autograder.ledger.Owner;
import org.labharness.autograder.ledger.Way;
import org.labharness.autograder.roster.StudentId;
import org.labharness.autograder.store.ApiRequestStore.Answer;
import org.labharness.autograder.store.ApiRequestStore.Earlier;
import org.labharness.autograder.store.ApiRequestStore.RequestKey;

/** What every database must do for requests that bear a key. */
abstract class ApiRequestStoreContract extends OnDatabase {
    private static final Owner ADA = new Owner.OfStudent(StudentId.parse("s01"));
    private static final RequestKey KEY = new RequestKey("aaaaaaaa", "run-1");
    private static final Answer CLOSED = new Answer(409, "closed", "It is closed.", null, null);

    @BeforeEach
    void aCourse() {
        new RosterStore(database()).note(SampleCourse.named("mlops"), NOON);
    }

    private ApiRequestStore store() {
        return new ApiRequestStore(database());
    }

    private Optional<Earlier> claim(RequestKey key, Instant at) {
        return store().claim(COURSE, ADA, key, "digest", at, at.minus(Duration.ofMinutes(10)));
    }

    @Test
    void aKeyIsClaimedOnceAndAnsweredTheSame() {
        assertThat(claim(KEY, NOON)).isEmpty();
        assertThat(claim(KEY, NOON.plusSeconds(1)).orElseThrow().answer()).isNull();

        store().answered(KEY, CLOSED);

        Earlier earlier = claim(KEY, NOON.plusSeconds(2)).orElseThrow();
        assertThat(earlier.answer()).isEqualTo(CLOSED);
        assertThat(earlier.bodyDigest()).isEqualTo("digest");
        assertThat(earlier.at()).isEqualTo(NOON);
        assertThat(claim(new RequestKey("bbbbbbbb", "run-1"), NOON))
                .as("the same key of another token")
                .isEmpty();
    }

    @Test
    void whatWasLostWithItsProcessIsBegunAnewAndWhatWasAnsweredIsNot() {
        claim(KEY, NOON);
        assertThat(claim(KEY, NOON.plus(Duration.ofMinutes(11)))).isEmpty();
        store().answered(KEY, CLOSED);
        assertThat(claim(KEY, NOON.plus(Duration.ofHours(1)))).isPresent();
    }

    @Test
    void whatAnotherServerLeftWithoutAnAnswerComesAgainAtOnce() {
        RequestKey taken = new RequestKey("aaaaaaaa", "run-2");
        long submission = new SubmissionStore(database()).submission(COURSE, SampleFacts.submission("c1"), NOON);
        long grading = new GradingStore(database())
                .ask(submission, Way.API, "s01", "", false, 0, NOON)
                .grading();
        claim(KEY, NOON);
        claim(taken, NOON);
        store().answered(taken, new Answer(202, "", "", submission, grading));

        assertThat(store().abandon(NOON)).isZero();
        assertThat(store().abandon(NOON.plusSeconds(1))).isEqualTo(1);

        assertThat(claim(KEY, NOON.plusSeconds(2))).isEmpty();
        assertThat(claim(taken, NOON.plusSeconds(2))).isPresent();
    }

    @Test
    void whatMayBeOtherwiseLaterIsReleased() {
        claim(KEY, NOON);
        store().released(KEY);
        assertThat(claim(KEY, NOON)).isEmpty();
        store().answered(KEY, CLOSED);
        store().released(KEY);
        assertThat(claim(KEY, NOON)).isPresent();
    }

    @Test
    void oldOnesAreForgotten() {
        claim(KEY, NOON);
        store().answered(KEY, CLOSED);
        assertThat(store().forget(NOON)).isZero();
        assertThat(store().forget(NOON.plusSeconds(1))).isEqualTo(1);
        assertThat(List.of(claim(KEY, NOON))).containsExactly(Optional.empty());
    }
}

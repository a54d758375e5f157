package org.labharness.autograder.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.labharness.lab.course.CourseId;

@Timeout(60)
class DeadlineRoundsTests {
    private static final CourseId ONE = CourseId.parse("one");
    private static final CourseId TWO = CourseId.parse("two");

    private final BlockingQueue<CourseId> looked = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void eachIsLookedAtAndThenNotBeforeItSaidSo() throws InterruptedException {
        try (DeadlineRounds rounds = rounds(Duration.ofDays(3))) {
            rounds.start();

            assertThat(List.of(looked.take(), looked.take())).containsExactlyInAnyOrder(ONE, TWO);
            assertThat(looked.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    private DeadlineRounds rounds(Duration pause) {
        return new DeadlineRounds(
                List.of(ONE, TWO),
                course -> {
                    looked.add(course);
                    return pause;
                },
                log::add);
    }

    @Test
    void oneWhoseDeadlinesMovedIsLookedAtAtOnceAndNoOther() throws InterruptedException {
        try (DeadlineRounds rounds = rounds(Duration.ofDays(3))) {
            rounds.start();
            looked.take();
            looked.take();

            rounds.sooner(TWO);

            assertThat(looked.poll(30, TimeUnit.SECONDS)).isEqualTo(TWO);
            assertThat(looked.poll(200, TimeUnit.MILLISECONDS)).isNull();
            rounds.sooner(CourseId.parse("another"));
        }
    }

    @Test
    void oneThatIsBeingLookedAtIsLookedAtOnceMoreAndNeverTwiceAtOnce() throws InterruptedException {
        Semaphore go = new Semaphore(0);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (DeadlineRounds rounds = new DeadlineRounds(
                List.of(ONE, TWO),
                course -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    looked.add(course);
                    go.acquireUninterruptibly();
                    atOnce.decrementAndGet();
                    return Duration.ofDays(3);
                },
                log::add)) {
            rounds.sooner(ONE);
            assertThat(looked.take()).isEqualTo(ONE);
            rounds.sooner(ONE);
            rounds.sooner(ONE);
            assertThat(looked.poll(100, TimeUnit.MILLISECONDS)).isNull();
            go.release();

            assertThat(looked.take()).isEqualTo(ONE);
            go.release(2);
            assertThat(looked.poll(200, TimeUnit.MILLISECONDS))
                    .as("nothing was asked for since")
                    .isNull();
            assertThat(most).hasValue(1);
        }
    }

    @Test
    void whatWentWrongIsSaidAndTheNextLookComes() throws InterruptedException {
        try (DeadlineRounds rounds = new DeadlineRounds(
                List.of(ONE),
                course -> {
                    looked.add(course);
                    throw new IllegalStateException("the database is away");
                },
                log::add)) {
            rounds.sooner(ONE);
            looked.take();
            rounds.sooner(ONE);

            assertThat(looked.take()).isEqualTo(ONE);
            assertThat(log).first().isEqualTo("deadlines of one were not looked at: the database is away");
        }
    }
}

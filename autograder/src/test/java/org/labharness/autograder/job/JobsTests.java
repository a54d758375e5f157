package org.labharness.autograder.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.DatabaseAddress;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

class JobsTests {
    private static final JobParameters ONE =
            new JobParametersBuilder().addLong("job", 1L).toJobParameters();

    @TempDir
    Path folder;

    private static Step step(Jobs jobs, String name, Runnable work) {
        return new StepBuilder(name, jobs.repository())
                .tasklet((contribution, chunk) -> {
                    work.run();
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    @Test
    void aProcessThatEndedBetweenTheEndOfAJobAndItsNoteIsNotInTheWay() throws Exception {
        try (Database database = Database.open(DatabaseAddress.file(folder))) {
            Jobs jobs = Jobs.in(database);
            AtomicInteger runs = new AtomicInteger();
            Job job = new JobBuilder("job", jobs.repository())
                    .start(step(jobs, "only", runs::incrementAndGet))
                    .build();
            assertThat(jobs.run(job, ONE)).isEmpty();

            assertThat(Jobs.in(database).run(job, ONE)).isEmpty();

            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void whatFailedGoesOnWithTheStepThatItWasIn() throws Exception {
        try (Database database = Database.open(DatabaseAddress.file(folder))) {
            Jobs jobs = Jobs.in(database);
            AtomicInteger first = new AtomicInteger();
            AtomicInteger second = new AtomicInteger();
            Job job = new JobBuilder("job", jobs.repository())
                    .start(step(jobs, "first", first::incrementAndGet))
                    .next(step(jobs, "second", () -> {
                        if (second.incrementAndGet() == 1) {
                            throw new IllegalStateException("ended");
                        }
                    }))
                    .build();
            List<Throwable> failures = jobs.run(job, ONE);
            assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);

            assertThat(jobs.run(job, ONE)).isEmpty();

            assertThat(first).hasValue(1);
            assertThat(second).hasValue(2);
        }
    }

    /** @param status as Spring Batch leaves it where the transaction of a step's end fails, or nobody could note its end at all */
    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "STARTED"})
    void aStepWhoseEndCouldNotBeNotedIsBegunAnew(String status) throws Exception {
        try (Database database = Database.open(DatabaseAddress.file(folder))) {
            Jobs jobs = Jobs.in(database);
            AtomicInteger runs = new AtomicInteger();
            Job job = new JobBuilder("job", jobs.repository())
                    .start(step(jobs, "only", () -> {
                        if (runs.incrementAndGet() == 1) {
                            throw new IllegalStateException("ended");
                        }
                    }))
                    .build();
            assertThat(jobs.run(job, ONE)).hasSize(1);
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("update batch_step_execution set status = '" + status + "'"))
                        .isEqualTo(1);
            }

            assertThat(jobs.run(job, ONE)).isEmpty();

            assertThat(runs).hasValue(2);
        }
    }
}

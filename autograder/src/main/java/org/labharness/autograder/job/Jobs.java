package org.labharness.autograder.job;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.labharness.autograder.store.Database;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Starts jobs and takes them up again where they were ended in the middle. Safe for use by several threads. */
final class Jobs {
    private final JobRepository repository;
    private final JobOperator operator;

    private Jobs(JobRepository repository, JobOperator operator) {
        this.repository = repository;
        this.operator = operator;
    }

    static Jobs in(Database database) {
        DataSource data = database.dataSource();
        try {
            BatchTables.make(data);
            JdbcJobRepositoryFactoryBean made = new JdbcJobRepositoryFactoryBean();
            made.setDataSource(data);
            made.setTransactionManager(new JdbcTransactionManager(data));
            made.setIsolationLevelForCreate("ISOLATION_READ_COMMITTED");
            made.afterPropertiesSet();
            JobRepository repository = Objects.requireNonNull(made.getObject());
            TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
            operator.setJobRepository(repository);
            operator.setJobRegistry(new MapJobRegistry());
            operator.setTaskExecutor(new SyncTaskExecutor());
            operator.afterPropertiesSet();
            return new Jobs(repository, operator);
        } catch (SQLException problem) {
            throw new SystemBroke(
                    Breakdown.DATABASE, "The tables of jobs cannot be made: " + problem.getMessage(), problem);
        } catch (RuntimeException problem) {
            throw problem;
        } catch (Exception problem) { // what Spring's factories declare
            throw new IllegalStateException("Spring Batch cannot be set up", problem);
        }
    }

    JobRepository repository() {
        return repository;
    }

    /**
     * Runs a job to its end, from where it was ended before.
     *
     * @param parameters which of its instances
     * @return what its steps failed of; empty where it has come to its end
     */
    List<Throwable> run(Job job, JobParameters parameters) throws JobExecutionException {
        JobInstance instance = repository.getJobInstance(job.getName(), parameters);
        JobExecution last = instance == null ? null : repository.getLastJobExecution(instance);
        if (instance != null && last != null) {
            switch (last.getStatus()) {
                // Whoever ran it has ended, or its lease has.
                case STARTING, STARTED, STOPPING -> operator.recover(last);
                // Ended between its last step and the moment at which that was noted, or nobody knows how: each step
                // looks for what is done already.
                case COMPLETED, ABANDONED, UNKNOWN -> repository.deleteJobInstance(instance);
                case STOPPED, FAILED -> {
                    // it goes on with the step that it was in
                }
            }
        }
        JobExecution execution = started(job, parameters);
        return execution.getStatus().isUnsuccessful() ? execution.getAllFailureExceptions() : List.of();
    }

    /** A step whose end could not be noted, because the database was away, say, cannot be taken up: the job begins anew then. */
    private JobExecution started(Job job, JobParameters parameters) throws JobExecutionException {
        try {
            return operator.start(job, parameters);
        } catch (JobRestartException | JobExecutionAlreadyRunningException inTheWay) {
            repository.deleteJobInstance(Objects.requireNonNull(repository.getJobInstance(job.getName(), parameters)));
            return operator.start(job, parameters);
        }
    }

    /** Forgets how far a job had come that is over: what it did is noted elsewhere. */
    void forget(Job job, JobParameters parameters) {
        JobInstance instance = repository.getJobInstance(job.getName(), parameters);
        if (instance != null) {
            repository.deleteJobInstance(instance);
        }
    }
}

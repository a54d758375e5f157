package org.labharness.autograder.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.labharness.autograder.queue.GradingEvent;
import org.labharness.autograder.queue.Worker;
import org.labharness.autograder.store.Database;
import org.labharness.autograder.store.QueueStore;
import org.labharness.autograder.store.QueueStore.Load;
import org.labharness.pipeline.Progress;
import org.labharness.pipeline.SystemBroke;

/** What Prometheus is told: the queue, seconds of steps, how gradings end, and the process itself. */
final class ServerMeters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final QueueStore gradings;
    private final InstantSource clock;

    /**
     * @param containers how many there are; answers at once
     * @param refused how many courses go on by what was read of them before an edit
     */
    ServerMeters(Database database, Worker worker, IntSupplier containers, IntSupplier refused, InstantSource clock) {
        this.gradings = new QueueStore(database);
        this.clock = clock;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        queue("lab.gradings.waiting", "Gradings that wait", Load::waiting);
        queue("lab.gradings.running", "Gradings that run", Load::running);
        queue(
                "lab.gradings.oldest.seconds",
                "Age of the grading that waits longest",
                load -> load.oldest().map(this::age).orElse(0.0));
        Gauge.builder("lab.gradings.stopped", worker, one -> one.stopped().isPresent() ? 1 : 0)
                .description("1 while nothing is graded because something is broken")
                .register(registry);
        Gauge.builder("lab.containers.alive", containers, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Containers of this process that are not removed yet")
                .register(registry);
        Gauge.builder("lab.courses.refused", refused, IntSupplier::getAsInt)
                .strongReference(true)
                .description("Courses whose edited files cannot be used, so that they go on by what was read before")
                .register(registry);
        environments(true); // both are there from the first scrape on, so that a rate can be drawn
        environments(false);
        worker.listen((id, event) -> on(event));
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** A binder that has to be closed. */
    AutoCloseable garbage() {
        JvmGcMetrics garbage = new JvmGcMetrics();
        garbage.bindTo(registry);
        return garbage;
    }

    private void queue(String name, String description, ToDoubleFunction<Load> value) {
        Gauge.builder(name, this, self -> self.load().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .register(registry);
    }

    private Optional<Load> load() {
        try {
            return Optional.of(gradings.load());
        } catch (SystemBroke down) {
            return Optional.empty();
        }
    }

    private double age(Instant asked) {
        return Duration.between(asked, clock.instant()).toMillis() / 1000.0;
    }

    private void on(GradingEvent event) {
        switch (event) {
            case GradingEvent.Begun begun -> counter("begun", "");
            case GradingEvent.Back back -> counter("back", back.code());
            case GradingEvent.Ended ended ->
                counter(ended.grading().state().code(), ended.grading().code());
            case GradingEvent.Stepped stepped -> {
                // another process has its own numbers
            }
            case GradingEvent.Progressed progressed -> {
                if (progressed.event() instanceof Progress.Event.EnvironmentFound(boolean cached)) {
                    environments(cached).increment();
                }
                if (progressed.event() instanceof Progress.Event.StepEnded step) {
                    Timer.builder("lab.step")
                            .description("Seconds of the steps of gradings")
                            .tag("step", step.step().title())
                            .publishPercentileHistogram()
                            .minimumExpectedValue(Duration.ofMillis(100))
                            .maximumExpectedValue(Duration.ofMinutes(30))
                            .register(registry)
                            .record(Duration.ofMillis((long) (step.seconds() * 1000)));
                }
            }
        }
    }

    private Counter environments(boolean cached) {
        return Counter.builder("lab.environments")
                .description("Environments that gradings of this process asked for: whether the cache had them")
                .tag("cache", cached ? "hit" : "miss")
                .register(registry);
    }

    private void counter(String what, String code) {
        Counter.builder("lab.gradings")
                .description("What happened to gradings in this process")
                .tag("event", what)
                .tag("code", code)
                .register(registry)
                .increment();
    }
}

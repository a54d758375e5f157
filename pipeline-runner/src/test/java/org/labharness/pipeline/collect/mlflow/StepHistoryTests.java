package org.labharness.pipeline.collect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.labharness.pipeline.evidence.TrackingStore.Step;

class StepHistoryTests {
    private final StepHistory history = new StepHistory(10);

    @Test
    void linesThatMlflowWroteOnceMoreAreNoStepsOfTheirOwn() {
        history.add(0, 100, 1.0);
        history.add(1, 101, 0.5);
        history.add(0, 100, 1.0);
        history.add(1, 101, 0.5);

        assertThat(history.steps()).containsExactly(new Step(0, 1.0), new Step(1, 0.5));
        assertThat(history.latest()).isEqualTo(0.5);
    }

    @Test
    void theValueIsThatOfTheHighestStepWheneverItWasLogged() {
        history.add(5, 100, 0.9);
        history.add(1, 101, 0.1);

        assertThat(history.latest()).isEqualTo(0.9);
    }

    @Test
    void aMetricLoggedAgainAtTheSameStepHasItsLaterValue() {
        history.add(0, 100, 0.1);
        history.add(0, 101, 0.2);

        assertThat(history.steps()).hasSize(2);
        assertThat(history.latest()).isEqualTo(0.2);
    }
}

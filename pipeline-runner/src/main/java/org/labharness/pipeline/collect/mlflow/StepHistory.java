package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayList;
import java.util.List;
import org.labharness.pipeline.evidence.TrackingStore.Step;

/**
 * Keeps a metric's steps in the order in which they were logged, thinned evenly so that never more than twice the cap are held; the
 * last one is always kept. MLflow 3's file store writes lines once more when a model is logged: what is older than what was seen, or
 * the very same, is such a line.
 */
final class StepHistory {
    private final int cap;
    private final List<Step> kept = new ArrayList<>();
    private long seen;
    private long stride = 1;
    private Step last = new Step(0, 0);
    private long lastTime = Long.MIN_VALUE;
    private Step latest = new Step(Long.MIN_VALUE, 0);
    private long latestTime = Long.MIN_VALUE;

    StepHistory(int cap) {
        this.cap = Math.max(2, cap);
    }

    /** @param time in any unit, so that a later one is larger */
    void add(long step, long time, double value) {
        Step next = new Step(step, value);
        if (step > latest.step() || (step == latest.step() && time >= latestTime)) {
            latest = next;
            latestTime = time;
        }
        if (time < lastTime || (time == lastTime && next.equals(last))) {
            return;
        }
        last = next;
        lastTime = time;
        if (seen++ % stride == 0) {
            kept.add(last);
        }
        if (kept.size() >= 2 * cap) {
            thin();
        }
    }

    /** How many steps there were. */
    long seen() {
        return seen;
    }

    /** The value that MLflow shows: that of the highest step, whenever it was logged. */
    double latest() {
        return latest.value();
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>(kept);
        if (steps.size() > cap) {
            steps = everySecond(steps);
        }
        if (seen > 0 && !steps.getLast().equals(last)) {
            steps.add(last);
        }
        return steps;
    }

    private void thin() {
        List<Step> half = everySecond(kept);
        kept.clear();
        kept.addAll(half);
        stride *= 2;
    }

    private static List<Step> everySecond(List<Step> steps) {
        List<Step> half = new ArrayList<>();
        for (int i = 0; i < steps.size(); i += 2) {
            half.add(steps.get(i));
        }
        return half;
    }
}

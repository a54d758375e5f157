package org.labharness.pipeline.collect.mlflow;

import java.util.ArrayList;
import java.util.List;
import org.labharness.pipeline.evidence.TrackingStore.Step;

/** Keeps a metric's steps, thinned evenly so that never more than twice the cap are held; the last one is always kept. */
final class StepHistory {
    private final int cap;
    private final List<Step> kept = new ArrayList<>();
    private long seen;
    private long stride = 1;
    private Step last = new Step(0, 0);

    StepHistory(int cap) {
        this.cap = Math.max(2, cap);
    }

    void add(long step, double value) {
        last = new Step(step, value);
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

    Step last() {
        return last;
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

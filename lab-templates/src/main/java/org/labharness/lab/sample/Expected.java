package org.labharness.lab.sample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.labharness.lab.CheckId;
import org.labharness.lab.Points;

/** What grading a sample must give. */
public sealed interface Expected {
    /** The submission is refused: there is nothing to grade. */
    record Refused() implements Expected {}

    /** @param outcomes of every check of the lab, in its order */
    record Scored(Map<CheckId, Outcome> outcomes) implements Expected {
        public Scored {
            outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        }
    }

    /** What one check must say. */
    sealed interface Outcome {}

    /** It earns exactly this. */
    record Earns(Points points) implements Outcome {
        @Override
        public String toString() {
            return points.toString();
        }
    }

    /** It is set aside. */
    record SetAside() implements Outcome {
        @Override
        public String toString() {
            return "set aside";
        }
    }
}

package org.labharness.autograder.release;

import org.labharness.lab.LabId;

/** What is released at once: one lab, or the course's total with everything that leads to it. */
public sealed interface Shown {
    /** How releases name the total: no lab can be called so. */
    String TOTAL = "*";

    /** As releases name it. */
    String name();

    static Shown parse(String name) {
        return name.equals(TOTAL) ? new Total() : new OneLab(LabId.parse(name));
    }

    /** The points of a lab, with their reasons. */
    record OneLab(LabId lab) implements Shown {
        @Override
        public String name() {
            return lab.value();
        }

        @Override
        public String toString() {
            return lab.value();
        }
    }

    /** Components, total, standing. */
    record Total() implements Shown {
        @Override
        public String name() {
            return TOTAL;
        }

        @Override
        public String toString() {
            return "the course's total";
        }
    }
}

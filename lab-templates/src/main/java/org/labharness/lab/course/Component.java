package org.labharness.lab.course;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the course grade.
 *
 * @param weight percent of the course total, more than 0
 * @param best how many labs count, the best ones; null: all
 * @param offered how many labs the course promises to offer at least
 */
public record Component(
        ComponentId id,
        String title,
        BigDecimal weight,
        @Nullable Integer best,
        int offered,
        Scale scale,
        Bonus bonus,
        List<CourseLab> labs) {
    public Component {
        labs = List.copyOf(labs);
    }

    /** What a lab of more points is worth beside one of fewer. */
    public enum Scale {
        /** Each lab counts the same: its share of its own points. */
        EQUAL,
        /** A point is a point: the sum of what was earned over the sum of what could be. */
        POINTS
    }

    /** What points above a lab's total do. */
    public enum Bonus {
        /** Nothing beyond the lab's own total: they make up for points lost in the same lab. */
        LAB,
        /** They may lift a lab above its total, the component not above its weight. */
        COMPONENT,
        /** They lift lab, component and course without a cap. */
        ABOVE
    }
}

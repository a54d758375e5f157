package org.labharness.autograder.report;

import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;

/** A verdict at a glance. */
enum Mark {
    FULL("+", "full points"),
    PART("~", "part of the points"),
    NONE("x", "no points"),
    HELD("?", "held, no point lost"),
    SET_ASIDE("-", "set aside");

    private final String sign;
    private final String words;

    Mark(String sign, String words) {
        this.sign = sign;
        this.words = words;
    }

    static Mark of(Verdict verdict) {
        if (verdict.untestable() == Untestable.NOT_APPLICABLE) {
            return SET_ASIDE;
        }
        if (verdict.untestable() == Untestable.OURS) {
            return HELD;
        }
        return verdict.full() ? FULL : verdict.points().isZero() ? NONE : PART;
    }

    String sign() {
        return sign;
    }

    String words() {
        return words;
    }

    String paint(TerminalStyle style, String text) {
        return switch (this) {
            case FULL -> style.good(text);
            case PART, HELD -> style.middling(text);
            case NONE -> style.bad(text);
            case SET_ASIDE -> style.faint(text);
        };
    }
}

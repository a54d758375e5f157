package org.labharness.autograder.score;

import org.labharness.lab.Untestable;
import org.labharness.lab.Verdict;

/** A verdict at a glance. */
public enum Mark {
    FULL("+", "✅", "full points"),
    PART("~", "🟡", "part of the points"),
    NONE("x", "❌", "no points"),
    HELD("?", "⏳", "held, no point lost"),
    SET_ASIDE("-", "➖", "set aside");

    private final String sign;
    private final String emoji;
    private final String words;

    Mark(String sign, String emoji, String words) {
        this.sign = sign;
        this.emoji = emoji;
        this.words = words;
    }

    public static Mark of(Verdict verdict) {
        if (verdict.untestable() == Untestable.NOT_APPLICABLE) {
            return SET_ASIDE;
        }
        if (verdict.untestable() == Untestable.OURS) {
            return HELD;
        }
        return verdict.full() ? FULL : verdict.points().isZero() ? NONE : PART;
    }

    /** One ASCII letter, for terminals. */
    public String sign() {
        return sign;
    }

    /** One sign, for Markdown. */
    public String emoji() {
        return emoji;
    }

    public String words() {
        return words;
    }
}

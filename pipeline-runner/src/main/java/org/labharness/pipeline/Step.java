package org.labharness.pipeline;

import java.util.Locale;

/** The steps of a submission's way to its evidence, in their order. */
public enum Step {
    CHECKOUT,
    PREFLIGHT,
    ENVIRONMENT,
    FETCH,
    RUN,
    COLLECT,
    PREDICT,
    SERVE,
    CUSTOM,
    INTERVENE;

    /** The name as people read it: {@code checkout}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}

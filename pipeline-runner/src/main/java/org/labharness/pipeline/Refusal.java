package org.labharness.pipeline;

import java.util.Locale;

/** Why a submission was refused. */
public enum Refusal {
    REPOSITORY_NOT_FOUND,
    NOT_A_REPOSITORY,
    ACCESS_DENIED,
    REF_NOT_FOUND,
    EMPTY_REPOSITORY,
    TOO_LARGE,
    UNSAFE_CONTENT,
    NOTHING_TO_GRADE;

    /** The code as reports show it: {@code ref-not-found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

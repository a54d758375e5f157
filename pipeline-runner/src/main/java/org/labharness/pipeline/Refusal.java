package org.labharness.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /** What a code names. */
    public static Optional<Refusal> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}

package org.labharness.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What broke. */
public enum Breakdown {
    ENGINE_UNREACHABLE,
    ENGINE_FAILED,
    IMAGE_MISSING,
    SANDBOX_TOO_WEAK,
    NETWORK,
    /** A login or key that staff gave the harness is not accepted. */
    LOGIN,
    PACKAGE_INDEX,
    DISK_FULL,
    TRACKING_SERVER,
    TIMED_OUT,
    INTERRUPTED,
    /** Where courses keep their facts. */
    DATABASE,
    INTERNAL;

    /** The code as reports show it: {@code engine-unreachable}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a code names. */
    public static Optional<Breakdown> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }
}

package org.labharness.autograder.ledger;

import java.util.Locale;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.Refusal;

/** Why a repository cannot be used, in the order in which a report names them. */
public enum Trouble {
    NOT_KNOWN("No repository known", "Bring the addresses in: ./lab roster F.csv, with a column repository."),
    AMBIGUOUS("Several repositories known", "Give all members of a team the one that counts."),
    UNSAFE_ADDRESS("Unsafe address", "Correct the address in the roster."),
    NOT_FOUND("Not found", "Correct the address in the roster, or let the student make the repository."),
    DENIED("Access denied", "Give the harness the right to read them, or a login that has it."),
    LOGIN("The harness's login is not accepted", "Renew the token or key that is named; no student can do that."),
    NETWORK("Not reached", "Look at the network and the host, then ask again."),
    UNUSABLE("Not usable", "What is said of each has to be mended before it can be graded."),
    BROKEN("Not asked", "The harness itself failed; what is said of each is for staff.");

    private final String title;
    private final String remedy;

    Trouble(String title, String remedy) {
        this.title = title;
        this.remedy = remedy;
    }

    /** As the database and answers show it: {@code not-found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As a heading. */
    public String title() {
        return title;
    }

    /** What to do, in a sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether that may be no fault of the student's, so that nothing is lost for it until staff have looked. */
    public boolean excuses() {
        return switch (this) {
            case AMBIGUOUS, UNSAFE_ADDRESS, DENIED, LOGIN, NETWORK, BROKEN -> true;
            case NOT_KNOWN, NOT_FOUND, UNUSABLE -> false;
        };
    }

    /** Whether it may be gone when somebody tries again a little later. */
    public boolean mayPass() {
        return this == NETWORK;
    }

    /** The one of a code. */
    public static Trouble parse(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public static Trouble of(Refusal refusal) {
        return switch (refusal) {
            case REPOSITORY_NOT_FOUND, NOT_A_REPOSITORY -> NOT_FOUND;
            case ACCESS_DENIED -> DENIED;
            case REF_NOT_FOUND, EMPTY_REPOSITORY, TOO_LARGE, UNSAFE_CONTENT, NOTHING_TO_GRADE -> UNUSABLE;
        };
    }

    public static Trouble of(Breakdown breakdown) {
        return switch (breakdown) {
            case NETWORK, TIMED_OUT -> NETWORK;
            case LOGIN -> LOGIN;
            case ENGINE_UNREACHABLE,
                    ENGINE_FAILED,
                    IMAGE_MISSING,
                    SANDBOX_TOO_WEAK,
                    PACKAGE_INDEX,
                    DISK_FULL,
                    TRACKING_SERVER,
                    INTERRUPTED,
                    DATABASE,
                    INTERNAL -> BROKEN;
        };
    }
}

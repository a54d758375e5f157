package org.labharness.lab;

/** Whose matter it is that something could not be tested. */
public enum Untestable {
    /** The student's: data never pushed, say. Worth a capped share. */
    THEIRS,
    /** The harness's: no point is lost, the attempt is held and staff are told. */
    OURS,
    /** Does not apply to this submission; set aside. */
    NOT_APPLICABLE
}

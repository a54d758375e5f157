package org.labharness.pipeline.environment;

import org.labharness.lab.Finding;
import org.labharness.lab.Place;
import org.labharness.lab.Severity;
import org.labharness.pipeline.evidence.EnvironmentFacts.SetAside;

/**
 * A declaration that does not come out as it was written.
 *
 * @param declared what the student wrote
 * @param reason completes the sentence that begins with it
 * @param fault whether the student can be blamed
 */
record Aside(String declared, Place where, Why why, String reason, boolean fault) {
    private static final int SHOWN = 120;

    SetAside fact() {
        return new SetAside(declared, where, reason, fault, why.isOurs());
    }

    Finding finding() {
        return new Finding(why.code(), fault ? Severity.COSTS_POINTS : Severity.ADVICE, where, sentence(), why.hint());
    }

    private String sentence() {
        String shown = declared.length() > SHOWN ? declared.substring(0, SHOWN) + "…" : declared;
        return (shown.isEmpty() ? "" : "'" + shown + "'" + (why.isWholeSentence() ? ": " : " ")) + reason + ".";
    }
}

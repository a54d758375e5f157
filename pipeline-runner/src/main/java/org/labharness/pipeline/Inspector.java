package org.labharness.pipeline;

import java.nio.file.Path;
import java.util.Map;
import org.labharness.lab.Lab;
import org.labharness.pipeline.checkout.CheckedOut;
import org.labharness.pipeline.checkout.Checkout;
import org.labharness.pipeline.checkout.CheckoutLimits;
import org.labharness.pipeline.preflight.Preflight;

/** Reads submissions without running anything; needs no engine. */
public final class Inspector {
    private final Checkout checkout;
    private final Path scratch;

    /** @param scratch folder for throwaway clones; what is made there is deleted again, also when the program is interrupted */
    public Inspector(Path scratch, Map<String, String> variables) {
        this.scratch = scratch;
        this.checkout = new Checkout(variables, new SteadyClock());
    }

    /** @throws SubmissionRefused where there is nothing that can be read */
    public Inspection inspect(Source source, Lab lab) {
        try (ThrowawayFolder clone = ThrowawayFolder.in(scratch, "clone-")) {
            CheckedOut out = checkout.forReading(clone.path(), source, CheckoutLimits.DEFAULT, Preflight::isLeft);
            Reading reading = Reading.of(out, lab);
            return new Inspection(
                    out.submission(), reading.pipelines(), reading.report().findings());
        }
    }
}

package org.labharness.pipeline.environment;

import java.util.Optional;
import org.labharness.lab.Finding;
import org.labharness.lab.Severity;

/** Names one letter away from a well-known package: a slip that installs a stranger's code without any error. */
final class Misspelling {
    private Misspelling() {}

    static Optional<Finding> of(Requirement requirement) {
        return KnownPackages.get()
                .meantBy(requirement.name())
                .map(meant -> new Finding(
                        "env.misspelt-package",
                        Severity.ADVICE,
                        requirement.where(),
                        "'" + requirement.declared() + "' is one letter away from the well-known package '" + meant
                                + "'. If that is what you mean, you install a stranger's code instead.",
                        "Correct the name to " + meant + ", or leave it if you really mean " + requirement.name()
                                + "."));
    }
}

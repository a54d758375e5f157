package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.Finding;

/** A {@code challenge.yaml} that cannot be used. */
public final class InvalidChallenge extends InvalidDescription {
    private static final long serialVersionUID = 1;

    InvalidChallenge(Path file, List<Finding> findings) {
        super(file, findings);
    }
}

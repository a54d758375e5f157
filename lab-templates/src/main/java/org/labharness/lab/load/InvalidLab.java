package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.Finding;

/** A {@code lab.yaml} that cannot be used. */
public final class InvalidLab extends InvalidDescription {
    private static final long serialVersionUID = 1;

    InvalidLab(Path file, List<Finding> findings) {
        super(file, findings);
    }
}

package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.Finding;

/** A {@code course.yaml} that cannot be used. */
public final class InvalidCourse extends InvalidDescription {
    private static final long serialVersionUID = 1;

    InvalidCourse(Path file, List<Finding> findings) {
        super(file, findings);
    }
}

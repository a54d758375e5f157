package org.labharness.lab.load;

import java.nio.file.Path;
import java.util.List;
import org.labharness.lab.Service;

/**
 * What the arguments of a check may mean.
 *
 * @param folder the lab's, where a check may name files
 * @param services that the lab describes
 */
record Given(Path folder, List<Service> services) {
    Given {
        services = List.copyOf(services);
    }
}

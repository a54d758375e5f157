package org.labharness.pipeline.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.labharness.lab.Service;
import org.labharness.lab.ServiceCheck;
import org.labharness.lab.ServiceCheck.OfService;

/** What a lab wants to know of one service. */
record ServicePlan(Service service, List<OfService> checks) {
    ServicePlan {
        checks = List.copyOf(checks);
    }

    /** One for each service that a check asks about, in the order of the checks. */
    static List<ServicePlan> of(List<ServiceCheck> checks) {
        Map<String, ServicePlan> plans = new LinkedHashMap<>();
        for (ServiceCheck check : checks) {
            if (check instanceof OfService one) {
                plans.merge(
                        one.service().id(),
                        new ServicePlan(one.service(), List.of(one)),
                        (earlier, later) -> new ServicePlan(
                                earlier.service(),
                                Stream.concat(earlier.checks().stream(), later.checks().stream())
                                        .toList()));
            }
        }
        return List.copyOf(plans.values());
    }

    <T extends OfService> List<T> all(Class<T> kind) {
        return checks.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .distinct()
                .toList();
    }
}

package org.labharness.pipeline.environment;

import java.time.Instant;
import java.util.List;
import org.labharness.lab.Place;
import org.labharness.lab.PythonVersion;

/** The one environment in which every wheel is built: the build systems that projects name, each at a fixed version. */
final class Workshop {
    /** Everything below was there by then. */
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> PINS = List.of(
            "setuptools==80.9.0",
            "wheel==0.45.1",
            "hatchling==1.27.0",
            "flit-core==3.12.0",
            "poetry-core==2.1.3",
            "pdm-backend==2.4.4",
            "setuptools-scm==8.3.1",
            "uv-build==0.8.24");

    private Workshop() {}

    static Query query(PythonVersion python) {
        List<Requirement> requirements = PINS.stream()
                .map(pin -> new Requirement(pin.split("==", 2)[0], pin, pin, Place.of("(the harness)"), false))
                .toList();
        return new Query(python, requirements, List.of(), List.of(), null, DAY, false);
    }
}

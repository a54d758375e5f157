package org.labharness.lab;

import java.util.List;
import java.util.Set;

/** Checks that the lab's author wrote in Python. The YAML name of each stands in its first sentence. */
public sealed interface CustomCheck extends CheckSpec {
    @Override
    default Family family() {
        return Family.CUSTOM;
    }

    /**
     * {@code custom}: the tests of a pytest file hold for the evidence and the submission's files.
     *
     * @param file of the lab: a pytest file, or a folder with some
     * @param items the tests that count, with their points, which add up to the check's; none named: all tests count the same
     */
    record Custom(String file, List<Item> items) implements CustomCheck {
        public Custom {
            items = List.copyOf(items);
        }

        @Override
        public Set<EvidenceRequest> needs() {
            return Set.of(new EvidenceRequest.PipelineRun(), new EvidenceRequest.Custom(file));
        }
    }

    /** @param test its name as pytest gives it, {@code test_title} or {@code TestReport::test_title}, if need be after {@code file.py::} */
    record Item(String test, Points points) {}
}

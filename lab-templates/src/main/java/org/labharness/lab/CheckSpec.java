package org.labharness.lab;

import java.util.List;
import java.util.Set;

/** The arguments of a check; one record a check, one evaluator a record. */
public sealed interface CheckSpec
        permits RepositoryCheck,
                DvcCheck,
                MlflowCheck,
                InterventionCheck,
                QualityCheck,
                ServiceCheck,
                HistoryCheck,
                CustomCheck {
    Family family();

    /** What must be collected for it to be judged. */
    Set<EvidenceRequest> needs();

    /** Files of the lab that it reads, relative to the lab's folder. */
    default List<String> labFiles() {
        return List.of();
    }
}

package org.labharness.lab;

import java.util.Set;

/** The arguments of a check; one record a check, one evaluator a record. */
public sealed interface CheckSpec permits RepositoryCheck, DvcCheck, MlflowCheck, HistoryCheck, CustomCheck {
    Family family();

    /** What must be collected for it to be judged. */
    Set<EvidenceRequest> needs();
}

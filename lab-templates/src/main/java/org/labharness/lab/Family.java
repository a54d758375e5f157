package org.labharness.lab;

/** What a check is about; a lab may set aside the families that do not apply to a submission. */
public enum Family {
    REPOSITORY,
    DVC,
    MLFLOW,
    /** Whatever can be run. */
    RUN,
    /** Whatever is started to be asked. */
    SERVICE,
    CUSTOM
}
